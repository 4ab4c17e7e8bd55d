"""Takes forms: handed in whole where the door draws them, else field by field as the conversation goes."""

from collections.abc import Mapping
from dataclasses import replace

from bot.usecases.asking_fields import ask_next, filled_in, next_field
from bot.usecases.attaching import in_a_field
from bot.usecases.opened import Opened, opened, stored_form
from bot.usecases.turn import Turn
from dialogs.hearing.hear import Commanded, Heard, hear, is_greeting
from dialogs.hearing.in_a_form import interrupts
from dialogs.incoming import Said
from dialogs.messages import Composer, FormField
from dialogs.model.problem import Problem
from dialogs.ports import DraftText, StoredButton
from dialogs.values.asking import register_named
from dialogs.values.names import find


def carry_on(turn: Turn, draft: DraftText, text: str) -> bool:
    """Take *text* as the next field of the form that this person is filling in here; False when it is none."""
    stored = stored_form(turn, draft.form)
    heard = hear(text)
    if stored is None or (isinstance(heard, Commanded) and heard.command == "cancel"):
        turn.uow.drafts.drop(turn.person.id, turn.room.id, form=True)
        turn.say("form-cancelled")
        return True
    form = opened(turn, stored)
    field = next_field(form.form, draft.fields) if form is not None else None
    if _interrupts(turn, stored, text, heard, field):
        return False
    if is_greeting(text) and (turn.room.private or turn.in_threads):
        return False  # whoever comes back after a while says hello, and has forgotten the form
    if form is None:
        turn.uow.drafts.drop(turn.person.id, turn.room.id, form=True)
        turn.refuse(Problem("old-button"), text=text)
        return True
    if field is None:
        return False
    what = turn.incoming.what
    attached = what.attached if isinstance(what, Said) else ()
    if attached and not text.strip() and field.kind != "file":
        turn.say("file-with-words", names=", ".join(one.name for one in attached))
        return True
    text = in_a_field(field.kind, text, attached)
    problem = form.problem(field, text, draft.fields)
    if problem is not None:
        said = Composer().say(turn.words.say(problem.key, **problem.args))
        turn.reply(said.say(turn.words.say("form-try-again")).done())
        return True
    typed = {**draft.fields, field.id: text.strip()}
    name = text.strip() if field.names and isinstance(heard, Commanded) else ""
    if not ask_next(turn, form.form, stored, typed, name=name):
        _hand_in(turn, form, stored, typed)
    return True


def _interrupts(turn: Turn, stored: StoredButton, text: str, heard: Heard, field: FormField | None) -> bool:
    """Say whether the words are no value of the form's: what a group has a name for is that of the form's own."""
    if not stored.journey:
        return interrupts(text, heard, field, is_register=lambda _: False, is_member=lambda _: False)
    head = turn.uow.journeys.head(stored.journey)
    pack, people = turn.pack_of(head), tuple((str(m.person.id), m.person.name) for m in head.roster.members)
    return interrupts(
        text, heard, field,
        is_register=lambda name: register_named(name, pack) is not None,
        is_member=lambda name: find(name, people, numbered=False).value is not None,
    )  # fmt: skip


def remind(turn: Turn) -> None:
    """Say that a half-filled form is still waiting here, after something else was said in between."""
    draft = turn.draft(form=True)
    if draft is not None and draft.form not in turn.opened:
        turn.say("form-waits")


def submit(turn: Turn, button: str, fields: Mapping[str, str]) -> None:
    """Take a form that was handed in whole. What is wrong is said, and what was typed stays as a draft."""
    stored = stored_form(turn, button)
    form = opened(turn, stored) if stored is not None else None
    if stored is None or form is None:
        turn.refuse(Problem("old-button"))
    else:
        _hand_in(turn, form, stored, fields)


def wrong_in(form: Opened, typed: Mapping[str, str]) -> dict[str, Problem]:
    """Return what is wrong with each field, as it was typed."""
    found = {field.id: form.problem(field, typed.get(field.id, ""), typed) for field in form.form.fields}
    return {id: problem for id, problem in found.items() if problem is not None}


def keep_typed(turn: Turn, form: Opened, stored: StoredButton, typed: Mapping[str, str]) -> bool:
    """Keep what was typed in a form that was handed in whole, for when it is opened again; say whether it was kept.

    What is said to an anonymous question is never kept under anybody's name, and a form that is being filled in word
    by word isn't pushed aside by another one.
    """
    other = turn.draft(form=True)
    if form.anonymous or (other is not None and not other.drawn and not is_the_same(turn, other, stored)):
        return False
    draft = DraftText(
        turn.person.id, turn.room.id, "", stored.journey, stored.press.address, stored.id, typed, drawn=True
    )
    turn.uow.drafts.keep(draft, turn.now)
    return True


def is_the_same(turn: Turn, draft: DraftText, stored: StoredButton) -> bool:
    """Say whether the draft is of this very form, whichever of its buttons it was opened by."""
    if draft.form == stored.id:
        return True
    other = stored_form(turn, draft.form)
    return other is not None and (other.press, other.journey) == (stored.press, stored.journey)


def _hand_in(turn: Turn, form: Opened, stored: StoredButton, typed: Mapping[str, str]) -> None:
    wrong = wrong_in(form, typed)
    if not wrong:
        draft = turn.draft(form=True)
        if draft is not None and is_the_same(turn, draft, stored):
            turn.uow.drafts.drop(turn.person.id, turn.room.id, form=True)
        form.hand_in(typed)
        return
    said = Composer()
    for problem in wrong.values():
        said.say(turn.words.say(problem.key, **problem.args))
    if turn.draws_forms:
        kept = keep_typed(turn, form, stored, typed)
        said.say(turn.words.say("form-open-again-kept" if kept else "form-open-again"))
        fields = filled_in(form.form, typed) if kept else form.form.fields
        turn.reply_about(said.done(replace(form.form, press=stored.press, fields=fields)), stored.journey)
        return
    right = {id: text for id, text in typed.items() if id not in wrong}
    turn.uow.drafts.keep(
        DraftText(turn.person.id, turn.room.id, "", stored.journey, stored.press.address, stored.id, right),
        turn.now,
    )
    turn.reply(said.say(turn.words.say("form-try-again")).done())
