"""Says what a form is, by the button or the word that opens it: its fields, what is wrong with them, handing in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from bot.usecases.adding_people import AddingPeople
from bot.usecases.asking_fields import with_choices
from bot.usecases.handing_in import hand_in
from bot.usecases.oneself import OwnSettings
from bot.usecases.opening_forms import OWN
from bot.usecases.own_reminders import OwnDay
from bot.usecases.places import journeys_here
from bot.usecases.starting import Starting
from bot.usecases.turn import At, Turn
from dialogs.forms import Filling, filling_for, problem_with, values_of
from dialogs.messages import Form, FormField, Press
from dialogs.model.answers import Value
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import StoredButton

BY_WORD = "word:"
"""How the id of a form begins that a word opens, such as `start`: nothing is stored before it is handed in."""


class Opened(Protocol):
    """A form that is open before somebody."""

    @property
    def form(self) -> Form: ...
    @property
    def anonymous(self) -> bool:
        """Whether what is typed here may not be tied to whoever types it."""

    def problem(self, field: FormField, text: str, typed: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with one field as typed; *typed* holds the others, as far as they are known."""

    def hand_in(self, typed: Mapping[str, str]) -> None:
        """Let it happen; nothing is wrong with any field."""


def stored_form(turn: Turn, id: str) -> StoredButton | None:
    """Return what handing in the form under this id means."""
    if not id.startswith(BY_WORD):
        return turn.button(id)
    action = id.removeprefix(BY_WORD)
    journey = _only_journey(turn) if action == "add-person" else ""
    return StoredButton(id, Press(action), journey, turn.room.id) if action in OWN else None


def _only_journey(turn: Turn) -> str:
    """Return the one journey that lives in this room; "" when there is none, or which is meant has to be asked."""
    here = [one.id for one in journeys_here(turn)]
    return here[0] if len(here) == 1 else ""


def opened(turn: Turn, stored: StoredButton) -> Opened | None:
    """Return the form that the button opens; None when it opens none."""
    match stored.press.action:
        case "start":
            return Starting(turn)
        case "settings":
            return OwnSettings(turn)
        case "later-day":
            return OwnDay(turn, stored)
        case "add-person":
            return AddingPeople(turn, turn.uow.journeys.head(stored.journey)) if stored.journey else None
        case _:
            return InJourney.of(turn, stored)


@dataclass(frozen=True)
class InJourney:
    """A form about a journey: a question of it, or an entry in one of its registers."""

    turn: Turn
    journey: Journey
    stored: StoredButton
    filling: Filling

    @staticmethod
    def of(turn: Turn, stored: StoredButton) -> "InJourney | None":
        if not stored.journey:
            return None
        at = At(stored.journey, stored.press.address)
        journey = turn.load(at)
        meant = replace(stored, press=meant_by(turn, journey, stored.press))
        journey = with_choices(turn, journey, meant.press)
        filling = filling_for(turn.teller(journey), meant.press)
        return InJourney(turn, journey, meant, filling) if filling is not None else None

    @property
    def form(self) -> Form:
        return self.filling.form

    @property
    def anonymous(self) -> bool:
        address = self.stored.press.address
        place = self.turn.pack_of(self.journey).places.get(address.question) if address is not None else None
        return place is not None and place.question.visibility == "anonymous"

    def problem(self, field: FormField, text: str, typed: Mapping[str, str]) -> Problem | None:
        asking = self.turn.teller(self.journey).asking
        return problem_with(self.filling, field, text, asking, speaker=self.turn.person.id)

    def hand_in(self, typed: Mapping[str, str]) -> None:
        asking = self.turn.teller(self.journey).asking
        values: dict[str, Value] = values_of(self.filling, typed, asking, speaker=self.turn.person.id)
        if self.turn.draws_forms and self.stored.press.action == "change-record":
            # Whoever empties a field that stood there filled in means it; in words, `-` keeps what it held.
            emptied = (one.id for one in self.form.fields if one.value and typed.get(one.id) == "")
            values |= dict.fromkeys(emptied, "")
        hand_in(self.turn, self.journey, self.stored, values)


def meant_by(turn: Turn, journey: Journey, press: Press) -> Press:
    """Return the press that is meant: changing an answer that has several fields is filling them in anew."""
    if press.action != "change" or press.address is None:
        return press
    question = turn.pack_of(journey).places[press.address.question].question
    return replace(press, action="decision") if question.kind == "decision" else press
