"""What a door asks of the counter: whoever stores what came in, lets it happen, and looks things up meanwhile."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from bot.usecases.replies import Speaker
from dialogs.incoming import Incoming
from dialogs.messages import Form, Message
from dialogs.ports import UnitOfWork

Read = TypeVar("Read")


class AtTheCounter(Protocol):
    """Nothing here holds the event loop up. Each may raise: then nothing was stored, or nobody knows."""

    async def take_in(self, incoming: Incoming, *, if_heard: bool = False) -> bool:
        """Return when it is stored for good; False when it was before. What comes of it comes later.

        *if_heard*, it is stored only if `is_heard` tells so of it: False when it doesn't.
        """

    async def is_heard(self, incoming: Incoming) -> bool:
        """Tell whether what nobody put to the coach belongs to something it follows."""

    async def form_of(self, button: str, speaker: Speaker) -> Form | None: ...
    async def form_for_command(self, text: str, speaker: Speaker) -> Form | None: ...
    async def problems_in(self, incoming: Incoming) -> Mapping[str, str]:
        """Return what is wrong with a form as it was filled in: field -> words. What was typed is kept."""

    async def home_of(self, tenant: str, account: str, name: str, spoken: str = "") -> Message: ...
    async def stale_homes(self) -> Sequence[tuple[str, str]]:
        """Return (tenant, account) of each personal page that would show something else by now."""

    def wake_after_turns(self, wake: Callable[[], None]) -> None:
        """Call *wake* on the event loop whenever something may have changed."""

    async def read(self, act: Callable[[UnitOfWork], Read]) -> Read: ...
    async def write(self, act: Callable[[UnitOfWork], Read]) -> Read: ...
