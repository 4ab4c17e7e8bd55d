"""What somebody has put off: listed with the day on which it comes back, and called back."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.usecases.oneself import show_privately
from bot.usecases.plan import wanted, with_dates
from bot.usecases.turn import Turn
from dialogs.calendar.putting_off import is_put_off
from dialogs.messages import Composer, Press
from dialogs.model.occurrence import Occurrence
from dialogs.model.problem import Problem
from dialogs.wording.reminders import thing_title
from dialogs.wording.teller import Teller

MOST_BUTTONS = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thing that comes back on its day because its recipient asked for it."""

    teller: Teller
    thing: Occurrence

    @property
    def title(self) -> str:
        return thing_title(self.teller, self.thing)

    @property
    def name(self) -> str:
        return f"{self.thing.journey}/{self.thing.about}"


def put_off_by(turn: Turn) -> Sequence[Waiting]:
    """Return what the person has put off and hasn't heard of since, the first to come back in front."""
    found: list[Waiting] = []
    for ref in turn.uow.journeys.of_person(turn.person.id):
        if not any(one.person == turn.person.id for one in turn.uow.calendar.put_off_in(ref.id)):
            continue
        journey, pack = with_dates(turn.uow.journeys.head(ref.id), uow=turn.uow, shelf=turn.shelf)
        planned = wanted(journey, pack, uow=turn.uow, shelf=turn.shelf, today=turn.today)
        back = [one for one in planned if one.recipient == turn.person.id and is_put_off(one)]
        due = turn.uow.calendar.take([one.key for one in back])
        found += [Waiting(turn.teller(journey), one) for one in back if one.key in due]
    return sorted(found, key=lambda one: (one.thing.day, one.thing.key))


def list_them(turn: Turn, said: Composer) -> None:
    """Add what the person has put off to what they are shown of their reminders; nothing when there is none."""
    waiting = put_off_by(turn)
    if not waiting:
        return
    say = turn.words.say
    said.say(say("later-listed"))
    said.bullets(
        (
            say("later-line", title=one.title, group=one.teller.journey.group_name, day=one.thing.day)
            for one in waiting
        ),
        ordered=True,
    )
    for number, one in enumerate(waiting[:MOST_BUTTONS], start=1):
        said.button(
            turn.words.text("button-as-usual", number=number), Press("remind-as-usual", None, one.name)
        )


def call_back(turn: Turn, name: str = "") -> None:
    """Let the person hear as usual of the thing that is called `journey/about`, or of all that they have put off."""
    back = [one for one in put_off_by(turn) if name in ("", one.name)]
    if not back:
        turn.refuse(Problem("later-none"))
        return
    for one in back:
        turn.uow.calendar.forget_put_off(one.thing.journey, turn.person.id, one.thing.about)
        turn.uow.calendar.outdate(one.thing.journey)
    titles = back[0].teller.listed(one.title for one in back)
    show_privately(turn, turn.words.message("later-called-back", titles=titles))
