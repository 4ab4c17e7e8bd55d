"""Asks for the fields of a form, one at a time, and keeps what has been filled in as a draft."""

from collections.abc import Mapping
from dataclasses import replace

from bot.usecases.turn import Turn
from content.pack import register_of
from dialogs.forms import filling_for
from dialogs.letters import Aside
from dialogs.messages import Composer, Form, FormField, Press, words
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import DraftText, Needs, StoredButton


def open_form(turn: Turn, journey: Journey, press: Press, *, title: str = "") -> None:
    """Begin to fill in the form that *press* opens; *title* is its first field, filled in already."""
    if another_is_open(turn, text=title):
        return
    loaded = with_choices(turn, journey, press)
    filling = filling_for(turn.teller(loaded), press)
    if filling is None:
        turn.refuse(Problem("old-button"))
        return
    first, *others = filling.form.fields
    begin_form(
        turn, filling.form, press, journey=journey.id, typed={first.id: title} if title and others else {}
    )


def begin_form(
    turn: Turn, form: Form, press: Press, *, journey: str = "", typed: Mapping[str, str] | None = None
) -> None:
    """Put the form: whole for a door that draws it, and its first field for whoever answers in words."""
    button = turn.uow.buttons.put(press, journey=journey, room=turn.room.id, at=turn.now)
    turn.opened.append(button)
    ask_next(turn, form, StoredButton(button, press, journey, turn.room.id), typed or {}, intro=True)


def another_is_open(turn: Turn, *, text: str = "") -> bool:
    """Say whether a form is half filled in here, and tell the person to finish or leave it first.

    Where forms are drawn, one that nothing has been filled in of gives way.
    """
    half_filled = turn.draft(form=True)
    if half_filled is None or half_filled.drawn or (turn.draws_forms and not half_filled.fields):
        return False
    turn.opened.append(half_filled.form)
    turn.refuse(Problem("form-is-open"), text=text)
    return True


def ask_next(
    turn: Turn, form: Form, stored: StoredButton, typed: Mapping[str, str], *, intro: bool = False, name: str = ""
) -> bool:  # fmt: skip
    """Ask for the first field that isn't filled in. Returns False when all are.

    *name* is what was just taken as a name though it means something else, too, which is said.
    """
    field = next_field(form, typed)
    if field is None:
        return False
    said = Composer()
    if intro:
        said.say(words(form.intro) if form.intro else words(form.title, strong=True))
    if name:
        said.say(turn.words.say("form-named", name=name))
    # Nobody can answer in words under what only they see.
    aside = isinstance(turn.here, Aside) and intro
    turn.uow.drafts.keep(
        DraftText(
            turn.person.id, turn.room.id, "", stored.journey, stored.press.address, stored.id, typed,
            thread=turn.thread, drawn=aside,
        ),
        turn.now,
    )  # fmt: skip
    if aside:
        said.say(turn.words.say("form-open"))
    else:
        if intro and len(form.fields) > 1:
            said.say(turn.words.say("form-how", n=len(form.fields)))
        ask_field(turn, said, field, position=form.fields.index(field) + 1, of=len(form.fields))
        if intro and turn.draws_forms:
            said.say(turn.words.say("form-or-open"))
    whole = replace(form, press=stored.press, fields=filled_in(form, typed)) if intro else None
    turn.reply_about(said.done(whole), stored.journey)
    return True


def ask_field(turn: Turn, said: Composer, field: FormField, *, position: int, of: int) -> None:
    """Ask for one field: what it is, what may be chosen, what it holds already, and how to leave it."""
    said.say(turn.words.say("form-field", number=position, of=of, field=field.label))
    if field.help:
        said.say(words(field.help))
    said.bullets((words(label) for _, label in field.options), ordered=True)
    if field.options and field.own:
        said.say(turn.words.say("own-words"))
    if field.many:
        said.say(turn.words.say("form-many"))
    if field.kind == "date":
        said.say(turn.words.say("form-date"))
    if field.value:
        said.say(turn.words.say("form-filled")).quote(words(field.value))
    elif not field.required:
        said.say(turn.words.say("form-optional"))


def next_field(form: Form, typed: Mapping[str, str]) -> FormField | None:
    return next((field for field in form.fields if field.id not in typed), None)


def filled_in(form: Form, typed: Mapping[str, str]) -> tuple[FormField, ...]:
    """Return the form's fields with what was typed in them to begin with."""
    return tuple(
        replace(field, value=typed[field.id]) if typed.get(field.id, "").strip() else field
        for field in form.fields
    )


def with_choices(turn: Turn, journey: Journey, press: Press) -> Journey:
    """Return the journey with the registers that the form's fields refer to."""
    pack = turn.pack_of(journey)
    registers: set[str] = set()
    if press.address is not None:
        registers.add(register_of(pack.places[press.address.question].question) or "")
    if press.action == "add-record":
        registers.add(press.argument.partition(":")[0])
    if press.action in ("change-record", "record-date", "record-decision", "guide-record", "guide-note"):
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
