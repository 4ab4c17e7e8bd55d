"""Presses: what each button means. The button's id was looked up; rights are those of whoever presses."""

from bot.usecases import (
    adopting,
    answering,
    asking_documents,
    asking_groups,
    beginning,
    charts,
    deciding,
    decisions,
    entries,
    exercises,
    finding,
    following,
    impact,
    measures,
    notes,
    own_reminders,
    pack_upload,
    questions,
    registers,
    rehearsing,
    table_upload,
    things_put_off,
    versions,
    year,
)
from bot.usecases.adding_people import add_person
from bot.usecases.asking_fields import open_form
from bot.usecases.borders import journeys_of
from bot.usecases.commands import run
from bot.usecases.group_status import press_part
from bot.usecases.handing_out import ask_for
from bot.usecases.moving import move
from bot.usecases.oneself import open_settings
from bot.usecases.opened import meant_by
from bot.usecases.opening_forms import FORMS, why_not
from bot.usecases.overview import show_own, status_of
from bot.usecases.same_person import another_person, same_person
from bot.usecases.starting import start
from bot.usecases.turn import At, AtQuestion, Turn
from bot.usecases.words import WITHOUT_NUMBER, ask_which, hear_words
from dialogs.events import Reviewed
from dialogs.hearing.hear import Commanded, Unsure, hear
from dialogs.incoming import Said
from dialogs.messages import Press
from dialogs.model.exercise import Held
from dialogs.model.problem import Problem
from dialogs.ports import Spot, StoredButton

_OF_WORDS = frozenset({"kept-answer", "command"})
"""What may name a question and is no press about it: words that somebody wrote are heard by it."""


def press(turn: Turn, button: str) -> None:
    stored = turn.button(button)
    if stored is None:
        turn.refuse(Problem("old-button"))
    elif (hidden := _hidden(turn, stored)) is not None:
        turn.refuse(hidden)
    elif stored.press.action in FORMS:
        _open(turn, At(stored.journey, stored.press.address), stored.press)
    elif stored.press.action == "show" and stored.press.address is not None:
        show_own(turn, stored.press.argument or stored.journey, stored.press.address)
    elif stored.press.address is not None and stored.press.action not in _OF_WORDS:
        _press_about(turn, AtQuestion(stored.journey, stored.press.address), stored.press)
    else:
        _press(turn, stored)


def _hidden(turn: Turn, stored: StoredButton) -> Problem | None:
    """Return why nothing is shown: the button is about a group that whoever presses isn't in, nor talks in its room.

    Who has left a group still has its messages in private, and is told so; anybody else learns nothing of it.
    """
    for journey in journeys_of(stored):
        try:
            head = turn.uow.journeys.head(journey)
        except KeyError:
            return Problem("old-button")  # what was practised, and is gone
        here = any(one.id == journey for one in turn.uow.journeys.in_room(turn.room.id))
        if not here and head.roster.member(turn.person.id) is None:
            own = turn.room.private and stored.room == turn.room.id
            return Problem("not-a-member", {"group": head.group_name}) if own else Problem("old-button")
    return None


def _press(turn: Turn, stored: StoredButton) -> None:
    """A button that is about no question in particular."""
    what = stored.press
    match what.action:
        case "kept-answer":
            _answer_with_kept(turn, stored)
        case "drop-kept":
            turn.uow.drafts.drop(turn.person.id, turn.room.id)
            turn.say("kept-dropped")
        case "choose-journey":
            _choose_journey(turn, what.argument)
        case "command":
            _do_command(turn, stored)
        case "sign":
            deciding.sign_step(turn, At(stored.journey), what.argument)
        case "start":
            start(turn, Commanded("start"), None)
        case "settings":
            open_settings(turn)
        case "add-person":
            add_person(turn, Commanded("add-person"), Spot(stored.journey, None))
        case "help" | "mine" | "practice":
            run(turn, Commanded(what.action), None)
        case "get-file":
            ask_for(turn, stored)
        case "status":
            status_of(turn, what.argument or stored.journey)
        case "overview":
            following.show_page(turn, what.argument)
        case "impact-organisation":
            impact.press_organisation(turn, what.argument)
        case "overview-mondays":
            following.on_mondays(turn, wanted=True)
        case "install-pack":
            pack_upload.install(turn, what.argument)
        case "ask-groups":
            asking_groups.begin(turn, what.argument)
        case "show-groups":
            asking_groups.show_of(turn, what.argument)
        case "rehearse-pack":
            rehearsing.ask_for_waiting(turn, what.argument)
        case "judge-table" | "enter-table":
            table_upload.press_table(turn, what.argument)
        case "move-here":
            move(turn, what.argument)
        case "change-version":
            versions.change(turn, stored.journey, what.argument)
        case "same-person":
            same_person(turn, stored.journey, what.argument)
        case "another-person":
            another_person(turn, what.argument)
        case "why-reminder":
            own_reminders.why(turn, what.argument)
        case "remind-later":
            own_reminders.ask_when(turn, what.argument)
        case "later":
            own_reminders.later(turn, what.argument)
        case "remind-as-usual":
            things_put_off.call_back(turn, what.argument)
        case "later-day":
            own_reminders.open_day(turn, what.argument)
        case "note-remove":
            notes.remove_by_press(turn, what.argument)
        case _ if stored.journey:
            _press_reminder(turn, stored.journey, what)
        case _:
            turn.refuse(Problem("old-button"))


def _press_reminder(turn: Turn, journey: str, what: Press) -> None:
    """A button under a reminder, a nudge or a list of records."""
    match what.action:
        case "status-part":
            press_part(turn, journey, what.argument)
        case charts.SHOW:
            charts.press(turn, journey, what.argument)
        case "impact":
            impact.press_group(turn, journey, what.argument)
        case "record-due":
            measures.show_due(turn, journey, what.argument)
        case "record-done":
            measures.done(turn, journey, what.argument)
        case "record-help":
            measures.ask_for_help(turn, journey, what.argument)
        case "record-not-mine":
            measures.not_mine(turn, journey, what.argument)
        case "checkpoint-show":
            year.show(turn, journey, what.argument)
        case "checkpoint-done":
            year.done(turn, journey, what.argument)
        case "register-page":
            registers.show_page(turn, journey, what.argument)
        case "shared-record":
            finding.show_one(turn, journey, what.argument)
        case "more-examples":
            finding.show_more(turn, journey, what.argument)
        case "find-examples":
            finding.for_record(turn, journey, what.argument)
        case "begin-record":
            beginning.begin(turn, journey, what.argument)
        case "move-record":
            decisions.move_to(turn, journey, what.argument)
        case "remind-owing" | "remind-owing-now":
            year.remind_owing(turn, journey, what.argument, sure=what.action == "remind-owing-now")
        case "ask-document" | "ask-document-now":
            asking_documents.ask(turn, journey, what.argument, sure=what.action == "ask-document-now")
        case adopting.ADOPT:
            adopting.by_settled_decision(turn, journey, what.argument)
        case "entry":
            entries.choose(turn, journey, what.argument)
        case "exercise-show":
            exercises.show(turn, journey, what.argument)
        case "exercise-start":
            exercises.start(turn, journey, what.argument)
        case "exercise-room":
            exercises.start_on_paper(turn, journey, what.argument)
        case "exercise-next":
            exercise, _, phase = what.argument.partition("/")
            exercises.go_on(turn, journey, exercise, from_phase=phase)
        case "exercise-end":
            exercises.end(turn, journey, what.argument)
        case "exercise-again" | "exercise-room-again":
            exercise, _, time = what.argument.partition("/")
            held: Held = "channel" if what.action == "exercise-again" else "room"
            exercises.start_after(turn, journey, exercise, int(time), held)
        case "exercise-stop":
            exercises.stop(turn, journey, what.argument)
        case "exercise-earlier":
            exercise, _, time = what.argument.partition("/")
            exercises.show_earlier(turn, journey, exercise, int(time))
        case "exercise-unheard":
            exercises.who_is_unheard(turn, journey, what.argument)
        case "exercise-sheet":
            exercises.sheet(turn, journey, what.argument)
        case "remind-missing" | "remind-them":
            measures.remind_missing(turn, journey, sure=what.action == "remind-them")
        case _:
            turn.refuse(Problem("old-button"))


def _press_about(turn: Turn, at: AtQuestion, what: Press) -> None:
    heard = Commanded(what.action)
    spot = Spot(at.journey, at.address)
    match what.action:
        case "answer":
            answering.answer(turn, at, what.argument)
        case "not-this":
            _not_this(turn, at, what.argument)
        case "withdraw":
            answering.withdraw(turn, at, what.argument)
        case "settle":
            deciding.settle_at(turn, at)
        case "ask-group":
            deciding.round_at(turn, at, "")
        case "agree" | "concern" | "object" | "abstain":
            deciding.speak(turn, at, what.action, "")
        case "reviewed":
            turn.act(at, turn.load(at), Reviewed(by=turn.person.id, at=turn.now, address=at.address))
        case "why":
            questions.why(turn, heard, spot)
        case "example":
            questions.example(turn, heard, spot)
        case "others":
            questions.others(turn, heard, spot)
        case _:
            turn.refuse(Problem("old-button"))


def _open(turn: Turn, at: At, what: Press) -> None:
    """Open a form for whoever may hand it in; others are told why not."""
    journey = turn.load(at)
    problem = why_not(turn, journey, what)
    if problem is not None:
        turn.refuse(problem)
    else:
        open_form(turn, journey, meant_by(turn, journey, what))


def _answer_with_kept(turn: Turn, stored: StoredButton) -> None:
    """The words that were kept belong to this question."""
    draft = turn.draft()
    if draft is None or not draft.text:
        turn.refuse(Problem("nothing-kept"))
        return
    address = stored.press.address or draft.address
    journey = stored.journey or draft.journey
    if not journey:
        turn.refuse(Problem("no-journey-here"))
    elif address is None:
        ask_which(turn, journey, draft.text)
    else:
        heard = hear(draft.text)
        without = isinstance(heard, Unsure) and stored.press.argument == WITHOUT_NUMBER
        text = heard.rest if isinstance(heard, Unsure) and without else draft.text
        at = AtQuestion(journey, address)
        if turn.is_anonymous(at):
            turn.uow.drafts.drop(turn.person.id, turn.room.id)  # by now it is known to be nobody's
        answering.answer(turn, at, text, attached=draft.attached)


def _do_command(turn: Turn, stored: StoredButton) -> None:
    """Do what was meant, about the question that it was said to: another may have been put since."""
    turn.uow.drafts.drop(turn.person.id, turn.room.id)
    heard = hear(stored.press.argument)
    spot = Spot(stored.journey, stored.press.address) if stored.journey else None
    if not (isinstance(heard, Commanded) and run(turn, heard, spot)):
        hear_words(turn, Said(stored.press.argument))


def _choose_journey(turn: Turn, journey: str) -> None:
    """Say again what was kept, now that it is known which group it is about."""
    draft = turn.draft()
    if draft is None or not draft.text:
        turn.refuse(Problem("nothing-kept"))
        return
    turn.uow.drafts.drop(turn.person.id, turn.room.id)
    heard = hear(draft.text)
    if not (isinstance(heard, Commanded) and run(turn, heard, Spot(journey, None))):
        ask_which(turn, journey, draft.text)


def _not_this(turn: Turn, at: AtQuestion, contribution: str) -> None:
    """The words weren't meant for this question: take them back, and ask which they are for."""
    journey = turn.load(at)
    given = next((one for one in journey.item(at.address).contributions if one.id == contribution), None)
    if given is None:
        turn.refuse(Problem("old-button"))
    elif answering.withdraw(turn, at, contribution) and isinstance(given.value, str):
        ask_which(turn, at.journey, given.value)
