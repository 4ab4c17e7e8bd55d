"""Decides with the group: drafts, settling, consent rounds, skipping, reopening, going on, signing a step."""

from dataclasses import replace

from bot.usecases import answering
from bot.usecases.about import about_journey, about_question, about_round
from bot.usecases.asking_fields import open_form
from bot.usecases.opening_forms import why_not
from bot.usecases.places import put_now
from bot.usecases.turn import At, AtQuestion, Turn
from content.schema.questions import ChoicesSpec, Question
from dialogs.events import (
    Drafted,
    Event,
    Paused,
    Reopened,
    Resumed,
    Reviewed,
    RoundClosed,
    RoundOpened,
    Settled,
    Skipped,
    StepReopened,
    StepSigned,
    Voiced,
    WentOn,
)  # fmt: skip
from dialogs.flows.position import current_step
from dialogs.flows.rights import leads, may
from dialogs.flows.settling import mode_of
from dialogs.hearing.hear import Commanded, last_day_in, split_reason
from dialogs.messages import Press
from dialogs.model.answers import Stance, Value
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.values.days import read_day, read_later
from dialogs.values.reading import no_day, read

MOST_AT_ONCE = 10


def draft(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_question(turn, heard, spot)
    if at is not None:
        make_draft(turn, at, heard.rest)
    return True


def make_draft(turn: Turn, at: AtQuestion, text: str) -> None:
    journey = turn.load(at)
    if not text:
        press = Press("draft", at.address)
        against = why_not(turn, journey, press)
        if against is not None:  # the form shows what the members have put in
            turn.refuse(against, at=at)
            return
        open_form(turn, journey, press)
        return
    value = _read(turn, at, journey, text)
    if value is not None:
        turn.act(
            at, journey, Drafted(by=turn.person.id, at=turn.now, address=at.address, value=value), text=text
        )


def settle(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_question(turn, heard, spot)
    if at is not None:
        settle_at(turn, at, heard.rest)
    return True


def settle_at(turn: Turn, at: AtQuestion, text: str = "") -> None:
    """Settle the answer: the text given, else the proposal. A trailing `skäl: …` is kept as the reason."""
    journey = turn.load(at)
    words, why = split_reason(text)
    value: Value | None = None
    if words:
        value = _read(turn, at, journey, words)
        if value is None:
            return
    event = Settled(by=turn.person.id, at=turn.now, address=at.address, value=value, why=why)
    turn.act(at, journey, event, text=text)


def open_round(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_question(turn, heard, spot)
    if at is not None:
        round_at(turn, at, heard.rest)
    return True


def round_at(turn: Turn, at: AtQuestion, text: str) -> None:
    """Open a consent round on the proposal; *text* is the last day, or a new proposal.

    A few words after *till* or *by* that are no day are a slip: as a proposal they would take the group's place.
    """
    journey = turn.load(at)
    said = last_day_in(text)
    day = read_later(said, today=turn.today) if said else read_day(text, today=turn.today)
    if said and day is None:
        turn.refuse(no_day(said, today=turn.today), text=text, at=at)
        return
    value: Value | None = None
    if text.strip() and day is None:
        value = _read(turn, at, journey, text)
        if value is None:
            return
    turn.act(
        at,
        journey,
        RoundOpened(by=turn.person.id, at=turn.now, address=at.address, value=value, last_day=day),
    )


def voice(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_round(turn, heard, spot, "consent")
    if at is not None:
        speak(turn, at, heard.command, heard.rest)
    return True


def speak(turn: Turn, at: AtQuestion, stance: str, reason: str, *, asked: bool = False) -> None:
    """Take a stance in the round. An objection or a concern without a reason is asked for one first."""
    journey = turn.load(at)
    stances: dict[str, Stance] = {
        "agree": "agree",
        "concern": "concern",
        "object": "object",
        "abstain": "abstain",
    }
    event = Voiced(by=turn.person.id, at=turn.now, address=at.address, stance=stances[stance], reason=reason)
    in_round = journey.item(at.address).in_round
    needs_reason = stance in ("object", "concern") and not reason and not asked
    if needs_reason and in_round and may(turn.pack_of(journey), journey, turn.person.id, "consent"):
        open_form(turn, journey, Press(stance, at.address))
        return
    turn.act(at, journey, event, text=reason)


def close_round(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_round(turn, heard, spot, "settle")
    if at is not None:
        turn.act(at, turn.load(at), RoundClosed(by=turn.person.id, at=turn.now, address=at.address))
    return True


def despite(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_question(turn, heard, spot)
    if at is not None:
        settle_despite(turn, at, heard.rest)
    return True


def settle_despite(turn: Turn, at: AtQuestion, why: str) -> None:
    journey = turn.load(at)
    if not why:
        press = Press("despite", at.address)
        against = why_not(turn, journey, press)
        if against is not None:
            turn.refuse(against, at=at)
            return
        open_form(turn, journey, press)
        return
    event = Settled(by=turn.person.id, at=turn.now, address=at.address, how="despite-objection", why=why)
    turn.act(at, journey, event, text=why)


def skip(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_question(turn, heard, spot)
    if at is not None:
        skip_at(turn, at, heard.rest)
    return True


def skip_at(turn: Turn, at: AtQuestion, reason: str) -> None:
    journey = turn.load(at)
    question = turn.pack_of(journey).places[at.address.question].question
    if (
        not reason
        and not question.never_skip
        and may(turn.pack_of(journey), journey, turn.person.id, "settle")
    ):
        open_form(turn, journey, Press("skip", at.address))
        return
    turn.act(
        at, journey, Skipped(by=turn.person.id, at=turn.now, address=at.address, reason=reason), text=reason
    )


def reopen(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_question(turn, heard, spot)
    if at is not None:
        reopen_at(turn, at, heard.rest)
    return True


def reopen_at(turn: Turn, at: AtQuestion, reason: str) -> None:
    journey = turn.load(at)
    if not reason and journey.item(at.address).done:
        open_form(turn, journey, Press("reopen", at.address))
        return
    turn.act(
        at, journey, Reopened(by=turn.person.id, at=turn.now, address=at.address, reason=reason), text=reason
    )


def reviewed(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_question(turn, heard, spot)
    if at is not None and at.address is not None:
        turn.act(at, turn.load(at), Reviewed(by=turn.person.id, at=turn.now, address=at.address))
    return True


def change(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_question(turn, heard, spot)
    if at is not None:
        change_at(turn, at, heard.rest)
    return True


def change_at(turn: Turn, at: AtQuestion, text: str) -> None:
    """Change an answer: one's own contribution while it is open; the group's, for whoever may settle it."""
    journey = turn.load(at)
    question = turn.pack_of(journey).places[at.address.question].question
    item = journey.item(at.address)
    if not text:
        open_form(turn, journey, Press("decision" if question.kind == "decision" else "change", at.address))
        return
    words, why = split_reason(text)
    if item.done and mode_of(question) == "direct":
        answering.answer(turn, at, words, change=True, why=why)
    elif (
        item.done and question.who != "each" and may(turn.pack_of(journey), journey, turn.person.id, "settle")
    ):
        settle_at(turn, at, text)
    else:
        own = item.by(turn.person.id)
        answering.answer(turn, at, words, replaces=own[-1].id if own else "")


def withdraw(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_question(turn, heard, spot)
    if at is not None:
        answering.withdraw(turn, at)
    return True


def go_on(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Let the group wait for the front question and put the next; with none open, go to the step's end."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey, addresses = put_now(turn, at.journey)
    front = [one for one in addresses if not one.period and not journey.item(one).waiting]
    if front:
        turn.act(At(at.journey, front[0]), journey, WentOn(by=turn.person.id, at=turn.now, address=front[0]))
    else:
        _sign(turn, journey)
    return True


def sign(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_journey(turn, spot)
    if at is not None:
        _sign(turn, turn.load(at))
    return True


def _sign(turn: Turn, journey: Journey) -> None:
    step = current_step(turn.pack_of(journey), journey)
    if step is None:
        turn.refuse(Problem("all-steps-signed" if journey.signed else "checkpoint-how-to"))
        return
    sign_step(turn, At(journey.id), step)


def sign_step(turn: Turn, at: At, step: str) -> None:
    event: Event = StepSigned(by=turn.person.id, at=turn.now, step=step)
    turn.act(at, turn.load(at), event)


def reopen_step(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey = turn.load(at)
    pack = turn.pack_of(journey)
    number = heard.number
    if not number.isdecimal() or not 1 <= int(number) <= len(pack.steps):
        turn.refuse(Problem("name-the-step", {"of": len(pack.steps)}))
        return True
    step = pack.steps[int(number) - 1].id
    turn.act(at, journey, StepReopened(by=turn.person.id, at=turn.now, step=step, reason=heard.rest))
    return True


def at_once(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Change how many questions may stand open in the channel at once: `frågor åt gången: 2`."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    head = turn.uow.journeys.head(at.journey)
    if not leads(turn.pack_of(head), head, turn.person.id):
        turn.refuse(Problem("only-leader"))
    elif not heard.rest.isdecimal() or not 1 <= int(heard.rest) <= MOST_AT_ONCE:
        turn.refuse(Problem("at-once-how", {"most": MOST_AT_ONCE}))
    else:
        turn.uow.journeys.refresh(replace(head, at_once=int(heard.rest)))
        turn.announce(turn.words.message("at-once-is-now", n=int(heard.rest)))
    return True


def pause(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_journey(turn, spot)
    if at is not None:
        turn.act(at, turn.load(at), Paused(by=turn.person.id, at=turn.now))
    return True


def resume(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_journey(turn, spot)
    if at is not None:
        turn.act(at, turn.load(at), Resumed(by=turn.person.id, at=turn.now))
    return True


def _read(turn: Turn, at: AtQuestion, journey: Journey, text: str) -> Value | None:
    """Return the value for the group's answer; None when it was refused. A ranking is settled as a list."""
    question = turn.pack_of(journey).places[at.address.question].question
    spec: Question | ChoicesSpec = question
    if question.kind == "ranking":
        spec = ChoicesSpec(kind="choices", options=question.options, options_from=question.options_from)
    value = read(spec, text, turn.teller(journey).asking, speaker=turn.person.id)
    if isinstance(value, Problem):
        turn.refuse(value, text=text, at=at)
        return None
    return value
