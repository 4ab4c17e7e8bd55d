"""Takes forms: handed in whole where the door draws them, else field by field as the conversation goes."""

from collections.abc import Mapping

from bot.usecases.asking_fields import ask_next, next_field, with_choices
from bot.usecases.handing_in import hand_in
from bot.usecases.starting import carry_on_starting, submit_start
from bot.usecases.turn import At, Turn
from dialogs.forms import Filling, filling_for, problem_with, values_of
from dialogs.hearing.hear import Answered, Commanded, hear
from dialogs.messages import Composer
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import DraftText, StoredButton


def carry_on(turn: Turn, draft: DraftText, text: str) -> bool:
    """Take *text* as the next field of the form that this person is filling in here; False when it is none."""
    stored = turn.uow.buttons.get(draft.form)
    heard = hear(text)
    if stored is None or (isinstance(heard, Commanded) and heard.command == "cancel"):
        turn.uow.drafts.drop(turn.person.id, turn.room.id, form=True)
        turn.say("form-cancelled")
        return True
    if isinstance(heard, Commanded) or (isinstance(heard, Answered) and (heard.number or heard.on_behalf)):
        return False
    if not stored.journey:
        carry_on_starting(turn, draft, text)
        return True
    journey = with_choices(turn, turn.load(At(stored.journey, stored.press.address)), stored.press)
    filling = filling_for(turn.teller(journey), stored.press)
    if filling is None:
        turn.uow.drafts.drop(turn.person.id, turn.room.id, form=True)
        turn.refuse(Problem("old-button"), text=text)
        return True
    field = next_field(filling, draft.fields)
    if field is None:
        return False
    problem = problem_with(filling, field, text, turn.teller(journey).asking, speaker=turn.person.id)
    if problem is not None:
        said = (
            Composer().say(turn.words.say(problem.key, **problem.args)).say(turn.words.say("form-try-again"))
        )
        turn.reply(said.done())
        return True
    typed = {**draft.fields, field.id: text.strip()}
    if not ask_next(turn, filling, stored, typed):
        _hand_in(turn, journey, filling, stored, typed)
    return True


def remind(turn: Turn) -> None:
    """Say that a half-filled form is still waiting here, after something else was said in between."""
    draft = turn.uow.drafts.get(turn.person.id, turn.room.id, form=True)
    if draft is not None and draft.form not in turn.opened:
        turn.say("form-waits")


def submit(turn: Turn, button: str, fields: Mapping[str, str]) -> None:
    """Take a form that was handed in whole. What is wrong is said, and what was typed stays as a draft."""
    stored = turn.uow.buttons.get(button)
    if stored is None:
        turn.refuse(Problem("old-button"))
        return
    if not stored.journey:
        submit_start(turn, fields)
        return
    journey = with_choices(turn, turn.load(At(stored.journey, stored.press.address)), stored.press)
    filling = filling_for(turn.teller(journey), stored.press)
    if filling is None:
        turn.refuse(Problem("old-button"))
        return
    _hand_in(turn, journey, filling, stored, fields)


def _hand_in(
    turn: Turn, journey: Journey, filling: Filling, stored: StoredButton, typed: Mapping[str, str]
) -> None:
    values = values_of(filling, typed, turn.teller(journey).asking, speaker=turn.person.id)
    wrong = {id: one for id, one in values.items() if isinstance(one, Problem)}
    if wrong:
        kept = {id: text for id, text in typed.items() if id not in wrong}
        turn.uow.drafts.keep(
            DraftText(
                turn.person.id, turn.room.id, "", stored.journey, stored.press.address, stored.id, kept
            ),
            turn.now,
        )
        said = Composer()
        for problem in wrong.values():
            said.say(turn.words.say(problem.key, **problem.args))
        turn.reply(said.say(turn.words.say("form-try-again")).done())
        return
    turn.uow.drafts.drop(turn.person.id, turn.room.id, form=True)
    hand_in(turn, journey, stored, values)
