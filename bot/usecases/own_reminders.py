"""What somebody answers to their own reminders: hear of it later, and why they got it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.usecases.asking_fields import another_is_open, begin_form
from bot.usecases.oneself import show_privately
from bot.usecases.plan import terms_in, wanted, with_dates
from bot.usecases.things_put_off import call_back
from bot.usecases.turn import Turn
from dialogs.calendar.workdays import WorkDays, day_for
from dialogs.forms import SKIP_FIELD
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Form, FormField, Press
from dialogs.model.people import PersonId
from dialogs.model.problem import Problem
from dialogs.model.terms import PutOff, Terms
from dialogs.ports import Spot, StoredButton
from dialogs.values.days import read_later
from dialogs.wording.teller import Teller
from dialogs.wording.why import why_message

FURTHEST = timedelta(days=366)
_AS_USUAL = frozenset({"som vanligt", "as usual"})
NEXT_WEEK, TOMORROW = "next-week", "tomorrow"


def why(turn: Turn, keys: str) -> None:
    """Say why the person got these occurrences: the rule, their role, the day, what they have chosen."""
    things = [one for one in turn.uow.calendar.known(keys.split()) if one.recipient == turn.person.id]
    if not things:
        turn.refuse(Problem("old-button"))
        return
    tellers: dict[str, Teller] = {}
    for id in dict.fromkeys(one.journey for one in things):
        journey, _ = with_dates(turn.uow.journeys.head(id), uow=turn.uow, shelf=turn.shelf)
        tellers[id] = turn.teller(journey)
    own = turn.uow.calendar.terms([turn.person.id]).get(turn.person.id, Terms())
    show_privately(turn, why_message(turn.words, things, tellers, own))


def ask_when(turn: Turn, things: str) -> None:
    """Ask when to remind of the things again; each is `journey/about`, with spaces between."""
    text = turn.words.text
    said = Composer().say(turn.words.say("later-when"))
    said.button(text("button-tomorrow"), Press("later", None, f"{TOMORROW} {things}"), primary=True)
    said.button(text("button-next-week"), Press("later", None, f"{NEXT_WEEK} {things}"))
    said.button(text("button-another-day"), Press("later-day", None, things))
    show_privately(turn, said.done())


def later(turn: Turn, argument: str) -> None:
    """Put the things off until tomorrow or Monday next week, counted from when it is pressed."""
    when, _, things = argument.partition(" ")
    days = 7 - turn.today.weekday() if when == NEXT_WEEK else 1
    put_off(turn, things.split(), turn.today + timedelta(days=days))


def remind_me(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`påminn mig på måndag` puts off what the person was reminded of last; `som vanligt` calls back what was put off."""
    if heard.rest.strip().casefold().rstrip(".!") in _AS_USUAL:
        call_back(turn)
        return True
    day = read_later(heard.rest, today=turn.today) if heard.rest.strip() else None
    if heard.rest.strip() and day is None:
        if len(heard.rest.split()) > 3:
            return False
        turn.refuse(Problem("later-how"))
        return True
    latest = turn.uow.calendar.latest(turn.person.id)
    things = tuple(dict.fromkeys(f"{one.journey}/{one.about}" for one in latest))
    if not things:
        turn.refuse(Problem("later-nothing"))
    elif day is None:
        ask_when(turn, " ".join(things))
    elif not _within_reach(turn, day):
        turn.refuse(Problem("later-too-far"))
    else:
        put_off(turn, things, day)
    return True


def put_off(turn: Turn, things: Iterable[str], day: date) -> None:
    """Keep until when the person doesn't want to hear of the things, and say on which day they will."""
    on: list[date] = []
    for journey, abouts in _by_journey(things).items():
        loaded, pack = with_dates(turn.uow.journeys.head(journey), uow=turn.uow, shelf=turn.shelf)
        planned = wanted(loaded, pack, uow=turn.uow, shelf=turn.shelf, today=turn.today)
        theirs = {one.about for one in planned if one.recipient == turn.person.id}
        terms = terms_in(loaded, uow=turn.uow).get(turn.person.id, Terms())
        work = WorkDays(turn.uow.calendar.closed_days(loaded.organisation))
        for about in abouts:
            if about in theirs:
                turn.uow.calendar.put_off(journey, PutOff(about, PersonId(turn.person.id), day))
                turn.uow.calendar.outdate(journey)
                on.append(day_for(terms, day, work))
    if on:
        show_privately(turn, turn.words.message("later-is-kept", n=len(on), day=min(on)))
    else:
        turn.refuse(Problem("later-gone"))


def open_day(turn: Turn, things: str) -> None:
    """Open the form in which the person writes the day."""
    if not another_is_open(turn):
        press = Press("later-day", None, things)
        begin_form(turn, OwnDay(turn, StoredButton("", press, "", turn.room.id)).form, press)


@dataclass(frozen=True)
class OwnDay:
    """The form by which somebody says on which day they want to hear of things again."""

    turn: Turn
    stored: StoredButton
    anonymous: bool = False

    @property
    def form(self) -> Form:
        text = self.turn.words.text
        field = FormField("day", text("field-later-day"), "date", required=True)
        return Form(text("form-later"), (field,), self.stored.press)

    def problem(self, field: FormField, text: str, typed: Mapping[str, str]) -> Problem | None:
        day = read_later(text, today=self.turn.today) if text.strip() != SKIP_FIELD else None
        if day is None:
            return Problem("later-how")
        return None if _within_reach(self.turn, day) else Problem("later-too-far")

    def hand_in(self, typed: Mapping[str, str]) -> None:
        day = read_later(typed.get("day", ""), today=self.turn.today)
        if day is not None:
            put_off(self.turn, self.stored.press.argument.split(), day)


def _within_reach(turn: Turn, day: date) -> bool:
    return turn.today < day <= turn.today + FURTHEST


def _by_journey(things: Iterable[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for one in things:
        journey, _, about = one.partition("/")
        found.setdefault(journey, []).append(about)
    return found
