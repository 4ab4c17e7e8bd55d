"""Hears words: a command, an answer in a thread or with a number, or words that no question is known for yet."""

from collections.abc import Sequence

from bot.usecases import answering, guides, staff
from bot.usecases.at_hand import at_hand
from bot.usecases.attaching import ask_for_words, let_go, waited_in
from bot.usecases.command_or_answer import is_a_word_alone, is_option, may_be_answer
from bot.usecases.commands import run
from bot.usecases.overhearing import is_question
from bot.usecases.overview import hello
from bot.usecases.places import (
    address_of_number,
    journeys_here,
    may_be_anonymous,
    open_for,
    put_now,
    spot_of,
    which_journey,
)
from bot.usecases.taking_files import say_of_untaken
from bot.usecases.turn import At, AtQuestion, Turn
from dialogs.flows.checkpoints import is_asked_privately
from dialogs.flows.position import put
from dialogs.flows.rights import lacking
from dialogs.flows.settling import many_from_one, mode_of
from dialogs.hearing.hear import Answered, Commanded, Heard, Suggested, Unsure, hear, is_greeting, is_thanks
from dialogs.incoming import Attached, Said
from dialogs.messages import Composer, Press
from dialogs.messages import words as as_words
from dialogs.model.answers import Address
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.values.reading import clean

MOST_CANDIDATES = 10
WITHOUT_NUMBER = "rest"
"""What a button for kept words says when the figure that they begin with is the question's number."""


def hear_words(turn: Turn, said: Said) -> None:
    """Take what was said: a command when it surely is one, else words."""
    spot = spot_of(turn, said.thread_of)
    if said.attached and not said.text.strip():
        _hear_files(turn, spot, said)
        say_of_untaken(turn, said)
        return
    called = turn.draws_forms and not said.text.strip()  # by its name alone, or by the slash command alone
    if (called or is_greeting(said.text)) and hello(turn, spot):
        return
    if is_thanks(said.text) and not said.attached:
        if not is_question(spot):  # in a question's thread people thank each other
            turn.say("you-are-welcome")
        return
    heard = hear(said.text)
    if _is_bare_number(heard, said.text) and answering.fits(turn, _at_hand(turn, spot), said.text):
        heard = Answered(said.text.strip())
    elif is_a_word_alone(heard):
        if is_option(turn, _at_hand(turn, spot), heard, said.text):
            heard = Answered(said.text.strip(" .!"))
        elif not said.guessed and may_be_answer(turn, spot, heard):
            _ask_what_is_meant(turn, said.text.strip(" .?!"), spot, said)
            return
    if isinstance(heard, Commanded) and run(turn, heard, spot):
        return
    text = clean(said.text)
    if isinstance(text, Problem):
        keeps = text.key != "empty-text" and _may_be_kept(turn, spot)
        turn.refuse(text, text=said.text if keeps else "", at=_at(spot))
        return
    if isinstance(heard, Suggested) and not answering.fits(turn, spot, heard.text):
        _ask_what_is_meant(turn, heard.word, spot, said)
        return
    if isinstance(heard, Unsure):
        _answer_unsure(turn, heard, spot, said)
        return
    answered = heard if isinstance(heard, Answered) else Answered(said.text.strip())
    _answer(turn, answered, spot, said)


def _ask_what_is_meant(turn: Turn, word: str, spot: Spot | None, said: Said) -> None:
    """Keep what was said, and ask whether the command was meant or an answer was given: about what it was said to."""
    spot = spot or at_hand(turn)
    address = spot.address if spot else None
    composer = Composer().say(turn.words.say("did-you-mean", word=word))
    composer.button(turn.words.text("button-yes-command", word=word), Press("command", address, word))
    meant = _at_hand(turn, spot)
    if meant is not None and meant.address is not None and not _may_be_kept(turn, meant):
        number = turn.teller(turn.load(At(meant.journey, meant.address))).number(meant.address)
        composer.say(turn.words.say("not-kept-as-answer", number=number))
    elif not _may_be_kept(turn, meant):
        composer.say(turn.words.say("not-kept-anonymous"))
    else:
        turn.keep(said.text, at=_at(spot))
        composer.button(turn.words.text("button-my-answer"), Press("kept-answer", address))
    turn.reply_about(composer.done(), spot.journey if spot else "")


def _hear_files(turn: Turn, spot: Spot | None, said: Said) -> None:
    """Take what came without a word: as the answer where a file is asked for, else a sentence is asked for first."""
    meant = _at_hand(turn, spot)
    if meant is None or meant.address is None:
        ask_for_words(turn, None, said.attached, None)
        return
    at = AtQuestion(meant.journey, meant.address)
    question = turn.pack_of(turn.load(at)).places[at.address.question].question
    if question.kind == "file":
        answering.answer(turn, at, "", message=said.message)
    else:
        ask_for_words(turn, meant, said.attached, question)


def _is_bare_number(heard: Heard, text: str) -> bool:
    """Say whether *text* is a figure like 2.5 and nothing more: a question's number, or an answer to this question."""
    return isinstance(heard, Commanded) and heard.command == "question" and text.strip() == heard.number


def _at_hand(turn: Turn, spot: Spot | None) -> Spot | None:
    """Return the thread's question; in private the one that is put to this person."""
    spot = spot or at_hand(turn)
    found = journeys_here(turn) if spot is None and turn.room.private else ()
    if len(found) != 1:
        return spot
    loaded, _ = put_now(turn, found[0].id)
    mine = open_for(turn, loaded)
    return Spot(loaded.id, mine[0]) if mine else None


def _answer_unsure(turn: Turn, heard: Unsure, spot: Spot | None, said: Said) -> None:
    """`2.5 miljoner` may name question 2.5, or be an answer that begins with a figure: ask when both can be meant."""
    journey = which_journey(turn, spot, text=said.text)
    if journey is None:
        return
    named = address_of_number(turn, turn.uow.journeys.head(journey), heard.number)
    if named is None or not _can_be_meant(turn, journey, named) or answering.fits(turn, spot, heard.text):
        _answer(turn, Answered(heard.text), spot, said)
    elif spot is None or spot.address in (None, named) or turn.is_anonymous(At(journey, named)):
        _answer(turn, Answered(heard.rest, heard.number), spot, said)
    elif turn.is_anonymous(_at(spot)):
        _answer(turn, Answered(heard.text), spot, said)
    elif spot.address is not None:
        teller = turn.teller(turn.load(AtQuestion(journey, named)))
        turn.keep(heard.text, at=At(journey, spot.address))
        composer = Composer().say(turn.words.say("which-of-two", number=heard.number))
        composer.button(teller.title(named), Press("kept-answer", named, WITHOUT_NUMBER))
        composer.button(teller.title(spot.address), Press("kept-answer", spot.address))
        turn.reply_about(composer.done(), journey)


def _can_be_meant(turn: Turn, journey: str, address: Address) -> bool:
    """Say whether the question is before the group or has been: nobody names one that hasn't been put."""
    loaded = turn.load(AtQuestion(journey, address))
    item = loaded.item(address)
    return item.revisions > 0 or address in put(turn.pack_of(loaded), loaded, today=turn.today)


def _answer(turn: Turn, heard: Answered, spot: Spot | None, said: Said) -> None:
    if heard.on_behalf and staff.type_in(turn, heard, spot, all_of_it=said.text):
        return
    thread, alone = spot, not (heard.number or heard.on_behalf)
    if spot is None and not heard.number:
        spot = at_hand(turn)
    journey = which_journey(turn, spot, text=said.text)
    if journey is None or (alone and guides.begins(turn, journey, heard.text, thread)):
        return
    address: Address | None = spot.address if spot else None
    if heard.number:
        address = address_of_number(turn, turn.uow.journeys.head(journey), heard.number)
        if address is None:
            kept = said.text if _may_be_kept(turn, thread) else ""
            turn.refuse(Problem("number-unknown", {"number": heard.number}), text=kept)
            return
    if address is None and turn.room.private:
        loaded, _ = put_now(turn, journey)
        mine = open_for(turn, loaded)
        address = mine[0] if mine else None
    if address is None:
        ask_which(turn, journey, said.text)
        return
    answering.answer(
        turn, AtQuestion(journey, address), heard.text, on_behalf=heard.on_behalf, message=said.message
    )


def ask_which(turn: Turn, journey: str, text: str) -> None:
    """Keep words that belong to no question yet, and ask which open question they are for."""
    loaded, addresses = put_now(turn, journey)
    teller = turn.teller(loaded)
    if turn.room.private and any(turn.is_anonymous(At(journey, one)) for one in addresses):
        _ask_which_unkept(turn, loaded, addresses, text)
        return
    turn.keep(text, at=At(journey))
    if not addresses:
        turn.reply(Composer().say(turn.words.say("no-open-question")).done())
        return
    said = Composer().say(turn.words.say("which-question"))
    for address in _candidates(turn, loaded, addresses):
        said.button(teller.title(address), Press("kept-answer", address))
    said.button(turn.words.text("button-no-question"), Press("drop-kept"))
    turn.reply_about(said.done(), journey)


def _ask_which_unkept(turn: Turn, journey: Journey, addresses: Sequence[Address], text: str) -> None:
    """Ask without keeping the words, which somebody may add to what they have answered anonymously."""
    draft = turn.draft()
    if draft is not None and draft.text == text:
        turn.uow.drafts.drop(turn.person.id, turn.room.id)
    teller = turn.teller(journey)
    candidates = _candidates(turn, journey, addresses)
    number = teller.number((candidates or addresses)[0])
    said = Composer().say(turn.words.say("which-question-unkept", number=number))
    said.bullets(as_words(teller.title(address)) for address in candidates)
    turn.reply_about(said.done(), journey.id)


def _candidates(turn: Turn, journey: Journey, addresses: Sequence[Address]) -> Sequence[Address]:
    """Return the step's questions, and of a checkpoint's parts those that are this person's to answer."""
    pack = turn.pack_of(journey)
    own = {
        one for one in addresses if any(m.person.id == turn.person.id for m in lacking(pack, journey, one))
    }
    return [one for one in addresses if one in own or not is_asked_privately(pack, one)][:MOST_CANDIDATES]


def edited(turn: Turn, message: str, text: str, attached: tuple[Attached, ...] = ()) -> None:
    """Somebody edited a chat message that gave an answer: the answer becomes what the message says and holds now."""
    spot = turn.spot(message)
    if spot is None or not (spot.contribution or spot.awaits_words):
        return
    if spot.awaits_words:
        _say_of_file(turn, spot, message, text)
        return
    if spot.address is None:
        turn.refuse(Problem("question-is-gone"), text=text)
        return
    heard = hear(text)
    words = heard.text if isinstance(heard, Answered) else text
    at = AtQuestion(spot.journey, spot.address)
    _stand_by(turn, at)
    if _is_overtaken(turn, at, spot):
        turn.refuse(
            Problem("already-answered", {"number": turn.teller(turn.load(at)).number(at.address)}), at=at
        )
        return
    answering.answer(
        turn, at, words, replaces=spot.contribution, message=message, for_person=spot.person, change=True,
        attached=attached,
    )  # fmt: skip


def _say_of_file(turn: Turn, spot: Spot, message: str, text: str) -> None:
    """The sentence that a file waits for was written into its message: both are the answer now, once."""
    if spot.address is None or spot.person != turn.person.id or not text.strip():
        return
    at = AtQuestion(spot.journey, spot.address)
    files = waited_in(turn, at)
    if files:
        _stand_by(turn, at)
        answering.answer(turn, at, text, message=message, attached=files)


def _is_overtaken(turn: Turn, at: AtQuestion, spot: Spot) -> bool:
    """Say whether a later answer stands, the person's own or the group's: an edit of an old message doesn't undo it.

    Nor does it stand beside it where each has one voice.
    """
    journey = turn.load(at)
    question = turn.pack_of(journey).places[at.address.question].question
    item = journey.item(at.address)
    theirs = [one.id for one in item.by(spot.person)]
    if theirs and spot.contribution not in theirs and not many_from_one(question):
        return True
    latest = item.contributions[-1].id if item.contributions else spot.contribution
    return (
        item.done and question.who != "each" and mode_of(question) == "direct" and latest != spot.contribution
    )


def deleted(turn: Turn, message: str) -> None:
    spot = turn.spot(message)
    if spot is None or spot.address is None:
        return
    if spot.awaits_words and spot.person == turn.person.id:
        let_go(turn, AtQuestion(spot.journey, spot.address))
    elif spot.contribution:
        at = AtQuestion(spot.journey, spot.address)
        _stand_by(turn, at)
        answering.withdraw(turn, at, spot.contribution)


def _stand_by(turn: Turn, at: AtQuestion) -> None:
    """Answer in the question's thread: an edit doesn't say in which thread its message stands."""
    if turn.in_threads:
        turn.thread = turn.uow.outbox.question_message(at.journey, at.address) or ""


def _may_be_kept(turn: Turn, spot: Spot | None) -> bool:
    """Say whether words that couldn't be taken may be kept: not where they may be meant for an anonymous question."""
    meant = _at_hand(turn, spot)
    if meant is None:
        return not may_be_anonymous(turn)
    return not turn.is_anonymous(_at(meant))


def _at(spot: Spot | None) -> At | None:
    return At(spot.journey, spot.address) if spot is not None else None
