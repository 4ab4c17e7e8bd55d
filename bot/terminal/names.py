"""Who can be meant by a name in the window: who has spoken there, and who is known from before."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bot.terminal.clean import one_line

LONGEST = 60
_WORD = r"[^\W\d_][^\W\d_'’.-]*(?:['’.-][^\W\d_]*)*"
_ANY_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{0,4}}")
_SMALL_WORDS = frozenset({"af", "av", "da", "de", "den", "der", "di", "du", "la", "le", "van", "von", "y"})


def may_be_name(text: str) -> bool:
    """Return whether somebody could be called *text*: one to five words of letters."""
    return len(text) <= LONGEST and _ANY_NAME.fullmatch(text) is not None


def looks_like_name(text: str) -> bool:
    """Return whether *text* is written as names are: each word with a capital, but for "von" and its like."""
    words = text.split(" ")
    return (
        may_be_name(text)
        and words[0][0].isupper()
        and all(word[0].isupper() or word in _SMALL_WORDS for word in words)
    )


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody at the window: the account is what the name is whatever its case."""

    name: str

    @property
    def account(self) -> str:
        return self.name.casefold()


@dataclass(slots=True)
class Speakers:
    """The people of one window. *from_before* is asked when a name is new here; it may ask the database."""

    from_before: Callable[[], Iterable[str]] = tuple
    _here: dict[str, Speaker] = field(default_factory=dict)

    def introduce(self, name: str) -> Speaker:
        """Take somebody in; who is known keeps the name as it was first typed."""
        tidy = one_line(name)
        found = self.find(tidy)
        speaker = found[0] if len(found) == 1 else Speaker(tidy)
        return self._here.setdefault(speaker.account, speaker)

    def find(self, name: str) -> Sequence[Speaker]:
        """Return who is meant: one, nobody, or several who share the first name. A full name goes before all."""
        wanted = one_line(name).casefold()
        if not wanted:
            return ()
        if wanted in self._here:
            return (self._here[wanted],)
        known = self.known()
        if wanted in known:
            return (known[wanted],)
        if " " in wanted:
            return ()
        return tuple(speaker for account, speaker in known.items() if account.split(" ")[0] == wanted)

    def known(self) -> dict[str, Speaker]:
        """Return everybody by account; who has spoken here goes first."""
        before = (Speaker(one_line(name)) for name in self.from_before())
        return {**{speaker.account: speaker for speaker in before}, **self._here}

    def name_of(self, account: str) -> str:
        """Return how the account's owner is called; the account itself where nobody has said."""
        speaker = self._here.get(account) or self.known().get(account)
        return speaker.name if speaker else account
