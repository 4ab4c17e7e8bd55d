"""Asks for the fields of a form, one at a time, and keeps what has been filled in as a draft."""

from collections.abc import Mapping
from dataclasses import replace

from bot.usecases.turn import Turn
from content.pack import register_of
from dialogs.forms import Filling, filling_for
from dialogs.messages import Composer, FormField, Press, words
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import DraftText, Needs, StoredButton


def open_form(turn: Turn, journey: Journey, press: Press, *, title: str = "") -> None:
    """Begin to fill in the form that *press* opens; *title* is its first field, filled in already.

    A form that is half filled in here is not pushed aside: the person is told to finish or leave it first.
    """
    half_filled = turn.uow.drafts.get(turn.person.id, turn.room.id, form=True)
    if half_filled is not None:
        turn.opened.append(half_filled.form)
        turn.refuse(Problem("form-is-open"), text=title)
        return
    loaded = with_choices(turn, journey, press)
    filling = filling_for(turn.teller(loaded), press)
    if filling is None:
        turn.refuse(Problem("old-button"))
        return
    first, *others = filling.form.fields
    typed = {first.id: title} if title and others else {}
    button = turn.uow.buttons.put(press, journey=journey.id, room=turn.room.id, at=turn.now)
    stored = StoredButton(button, press, journey.id, turn.room.id)
    turn.opened.append(button)
    ask_next(turn, filling, stored, typed, intro=True)


def ask_next(
    turn: Turn, filling: Filling, stored: StoredButton, typed: Mapping[str, str], *, intro: bool = False
) -> bool:
    """Ask for the first field that isn't filled in. Returns False when all are."""
    field = next_field(filling, typed)
    if field is None:
        return False
    turn.uow.drafts.keep(
        DraftText(turn.person.id, turn.room.id, "", stored.journey, stored.press.address, stored.id, typed),
        turn.now,
    )
    said = Composer()
    if intro:
        said.say(words(filling.form.title, strong=True))
        if len(filling.form.fields) > 1:
            said.say(turn.words.say("form-how", n=len(filling.form.fields)))
    ask_field(turn, said, field, position=filling.form.fields.index(field) + 1, of=len(filling.form.fields))
    whole = replace(filling.form, press=stored.press) if intro else None
    turn.reply_about(said.done(whole), stored.journey)
    return True


def ask_field(turn: Turn, said: Composer, field: FormField, *, position: int, of: int) -> None:
    """Ask for one field: what it is, what may be chosen, what it holds already, and how to leave it."""
    said.say(turn.words.say("form-field", number=position, of=of, field=field.label))
    if field.help:
        said.say(words(field.help))
    said.bullets((words(label) for _, label in field.options), ordered=True)
    if field.many:
        said.say(turn.words.say("form-many"))
    if field.kind == "date":
        said.say(turn.words.say("form-date"))
    if field.value:
        said.say(turn.words.say("form-filled")).quote(words(field.value))
    elif not field.required:
        said.say(turn.words.say("form-optional"))


def next_field(filling: Filling, typed: Mapping[str, str]) -> FormField | None:
    return next((field for field in filling.form.fields if field.id not in typed), None)


def with_choices(turn: Turn, journey: Journey, press: Press) -> Journey:
    """Return the journey with the registers that the form's fields refer to."""
    pack = turn.pack_of(journey)
    registers: set[str] = set()
    if press.address is not None:
        registers.add(register_of(pack.places[press.address.question].question) or "")
    if press.action == "add-record":
        registers.add(press.argument.partition(":")[0])
    if press.action == "change-record":
        registers |= set(pack.registers)
    for register in list(registers):
        model = pack.registers.get(register)
        if model is not None:
            registers |= {field.register_ for field in model.fields if field.kind == "reference"}
            registers |= {
                field.options_from.register_
                for field in model.fields
                if field.kind in ("choice", "choices") and field.options_from and field.options_from.register_
            }
    known = frozenset(one for one in registers if one in pack.registers)
    return turn.uow.journeys.fill(journey, Needs(registers=known))
