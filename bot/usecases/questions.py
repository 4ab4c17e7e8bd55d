"""Shows questions again: what is asked and why, an example, what others said, how the answer came about."""

from bot.usecases import finding
from bot.usecases.about import about_journey, about_question
from bot.usecases.at_hand import put_at_hand
from bot.usecases.places import asked_now, open_for, put_now
from bot.usecases.turn import AtQuestion, Turn
from content.schema.questions import Question
from content.shapes import shape_of
from dialogs.effects import Ask
from dialogs.events import Event, VersionChanged
from dialogs.flows.asked_next import opening
from dialogs.flows.checkpoints import is_asked_privately
from dialogs.flows.position import current_step, is_asked, put_in_step
from dialogs.flows.rights import follows, may_see
from dialogs.hearing.hear import Commanded
from dialogs.letters import Aside, How, Letter, ToRoom
from dialogs.messages import Composer, Message, Press, marked, words
from dialogs.model.answers import Address
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.wording.answers import picture, settled_message
from dialogs.wording.checkpoints import open_line
from dialogs.wording.history import history_lines
from dialogs.wording.questions import question_message
from dialogs.wording.teller import Teller


def question(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Show a question again, with its answer if it has one. In the channel it becomes the thread to answer in."""
    at = about_question(turn, heard, spot)
    if at is not None:
        show_question(turn, at)
    return True


def show_question(turn: Turn, at: AtQuestion, *, openly: bool = False) -> None:
    """Show the question where it was asked for. In a channel its message stands in no thread: it begins one.

    Before somebody alone it is only shown, unless it is to be put *openly*.
    """
    teller = turn.teller(turn.load(at))
    message = question_message(teller, at.address)
    asked = is_asked(teller.pack, teller.journey, at.address, today=turn.today)
    if not asked and teller.journey.item(at.address).answer is None:
        turn.refuse(Problem("question-not-asked", {"number": teller.number(at.address)}))
        return
    item = teller.journey.item(at.address)
    if item.done:
        change = Press("change", at.address)
        button = Composer().button(turn.words.text("button-change"), change).buttons
        message = Message(message.text, message.blocks, (*button, *message.buttons))
    aside = isinstance(turn.here, Aside) and not openly
    how: How = "note" if turn.room.private or aside else "question"
    to = turn.here if aside else ToRoom(room=turn.room.id)
    turn.letters.append(Letter(turn.key(), to, message, how, at.journey, at.address))
    if turn.room.private and not item.done:
        put_at_hand(turn.person.id, at.journey, at.address, uow=turn.uow, at=turn.now)


def open_questions(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Put the questions again that are before the group."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey, addresses = put_now(turn, at.journey)
    if not addresses:
        effects = opening(turn.pack_of(journey), journey, today=turn.today)
        turn.word(journey, tuple(one for one in effects if not isinstance(one, Ask)))
        return True
    pack = turn.pack_of(journey)
    mine = open_for(turn, journey)
    for address in addresses:
        if address in mine or not is_asked_privately(pack, address):
            show_question(turn, AtQuestion(at.journey, address))
    for open in journey.checkpoints if not turn.room.private else ():
        teller = turn.teller(journey)
        turn.reply_about(Composer().say(open_line(teller, open)).done(), at.journey)
    return True


def why(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_question(turn, heard, spot)
    if at is not None and at.address is not None:
        teller = turn.teller(turn.load(at))
        asked = teller.question(at.address)
        said = teller.composer().say(teller.say("why-is", title=teller.title(at.address)))
        said.say(words(teller.words(asked.why)))
        said.say(teller.say(f"seen-{asked.visibility}"))
        turn.reply_about(said.done(), at.journey)
    return True


def example(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`exempel 1.2` shows how a question may be answered; `exempel: stölder` what has helped others with that."""
    if heard.rest:
        return not heard.number and finding.examples(turn, heard, spot)
    at = about_question(turn, heard, spot)
    if at is not None and at.address is not None:
        teller = turn.teller(turn.load(at))
        asked = teller.question(at.address)
        said = teller.composer().say(teller.say("example-is", title=teller.title(at.address)))
        said.quote(marked(teller.words(asked.example) or teller.text("no-example")))
        turn.reply_about(said.done(), at.journey)
    return True


def back(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Show the question that was put before the one at hand."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    whole = turn.whole(at.journey)
    pack = turn.pack_of(whole)
    step = current_step(pack, whole)
    behind = pack.steps[: pack.step_number[step]] if step is not None else pack.steps
    earlier = [address for one in behind for address in asked_now(turn, whole, one.id)]
    front = (put_in_step(pack, whole, today=turn.today) or (None,))[-1]
    here = spot.address if spot is not None and spot.address in earlier else front
    index = earlier.index(here) if here in earlier else len(earlier)
    if index == 0:
        turn.refuse(Problem("nothing-before"))
        return True
    show_question(turn, AtQuestion(at.journey, earlier[index - 1]))
    return True


def others(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Show what the members have put in, as far as this person may see it, and the answer if there is one."""
    at = about_question(turn, heard, spot)
    if at is None or at.address is None:
        return True
    journey = turn.load(at)
    if turn.pack_of(journey).places[at.address.question].question.kind == "decision":
        journey = turn.whole(at.journey)  # its registration number is known then
    teller = turn.teller(journey)
    asked = teller.question(at.address)
    item = journey.item(at.address)
    if item.answer is not None:
        turn.reply_about(settled_message(teller, at.address), at.journey)
    said = teller.composer().say(teller.say("contributions-to", title=teller.title(at.address)))
    if asked.visibility == "anonymous":
        picture(teller, at.address, said)
    elif not may_see(teller.pack, journey, asked, item, turn.person.id):
        own = item.by(turn.person.id)
        key = "round-is-hidden" if asked.visibility == "after-round" else "not-yours-to-see"
        said.say(teller.say(key, n=len(item.contributors())))
        said.bullets(words(teller.answer(at.address, one.value)) for one in own)
    elif not item.contributions:
        said.say(teller.say("nobody-yet"))
    else:
        for one in item.contributions:
            line = teller.answer(at.address, one.value)
            key = "contribution-entered-by" if one.entered_by else "contribution-by"
            entered = teller.name(one.entered_by) if one.entered_by else ""
            said.say(teller.say(key, name=teller.name(one.by or ""), entered=entered)).quote(words(line))
        _note_reading(turn, journey, at.address, asked)
    if turn.room.private and follows(teller.pack, journey, turn.person.id):
        said.button(teller.text("button-feedback"), Press("feedback", at.address))
    private = asked.visibility != "group" and not turn.room.private
    turn.tell(turn.person.id, said.done()) if private else turn.reply_about(said.done(), at.journey)
    return True


def _note_reading(turn: Turn, journey: Journey, address: Address, asked: Question) -> None:
    """Note who reads what isn't for all; and each time that somebody from outside reads what members have put in."""
    private = asked.visibility == "leader-and-coach"
    if private or follows(turn.pack_of(journey), journey, turn.person.id):
        turn.uow.audit.note(
            "private-answers-read" if private else "answers-read", organisation=journey.organisation,
            by=turn.person.id, about=f"{journey.id}/{address.key}", at=turn.now,
        )  # fmt: skip


def _events_of(turn: Turn, teller: Teller, address: Address) -> list[Event]:
    """Return what happened to the answer, under every name that its question has had, oldest first."""
    journey, place = teller.journey, teller.pack.places[address.question]
    found = list(turn.uow.journeys.events(journey.id, address))
    for earlier in place.question.was:
        told = list(turn.uow.journeys.events(journey.id, address._replace(question=earlier)))
        if told and _was_alike(turn, journey, earlier, shape_of(place)):
            found += told
    return sorted(found, key=lambda event: event.at)


def _was_alike(turn: Turn, journey: Journey, earlier: str, shape: str) -> bool:
    """Say whether the question was answered in the same way under its earlier name."""
    changes = [one for one in turn.uow.journeys.events(journey.id) if isinstance(one, VersionChanged)]
    packs = (turn.shelf.pack(journey.pack, one.before) for one in changes)
    return any(earlier in pack.places and shape_of(pack.places[earlier]) == shape for pack in packs)


def history(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Show every settled revision of an answer, with its rounds: who, when, what and why."""
    at = about_question(turn, heard, spot)
    if at is None or at.address is None:
        return True
    teller = turn.teller(turn.load(at))
    said = teller.composer().say(teller.say("history-of", title=teller.title(at.address)))
    history_lines(teller, at.address, _events_of(turn, teller, at.address), said)
    if len(said.blocks) == 1:
        said.say(teller.say("nobody-yet"))
    turn.reply_about(said.done(), at.journey)
    return True
