"""Words for how an answer came about: its revisions, its consent rounds, when it was reopened or skipped."""

from collections.abc import Iterable

from dialogs.events import (
    Event,
    Feedback,
    Reopened,
    RoundClosed,
    RoundOpened,
    Settled,
    Skipped,
    TextDisposed,
    Voiced,
)
from dialogs.messages import Composer, words
from dialogs.model.answers import Address
from dialogs.time import local_day
from dialogs.wording.teller import Teller


def history_lines(teller: Teller, address: Address, events: Iterable[Event], said: Composer) -> None:
    """Tell what happened to the answer at *address*, oldest first."""
    revision = 0
    for event in events:
        name, day = teller.name(event.by), local_day(event.at)
        match event:
            case Settled(how=how, why=why):
                revision += 1
                said.say(teller.say(f"history-{how}", n=revision, name=name, day=day))
                said.quote(words(_told(teller, address, event)))
                if why:
                    said.say(teller.say("because", why=why))
            case RoundOpened(value=value):
                said.say(teller.say("history-round", name=name, day=day))
                said.quote(words(teller.answer(address, value)))
            case Voiced(stance=stance, reason=reason):
                said.bullets(
                    [teller.say(f"voice-{stance}", name=name, reason=reason or teller.text("no-reason"))]
                )
            case RoundClosed(outcome=outcome) if outcome:
                said.say(teller.say(f"history-round-{outcome}", day=day))
            case Reopened(reason=reason):
                said.say(teller.say("history-reopened", name=name, day=day, reason=reason))
            case Feedback(text=text):
                said.say(teller.say("history-feedback", name=name, day=day)).quote(words(text))
            case TextDisposed(decision=decision):
                said.say(teller.say("history-disposed", name=name, day=day, decision=decision))
            case Skipped(reason=reason):
                said.say(teller.say("history-skipped", name=name, day=day, reason=reason))
            case _:
                continue


def _told(teller: Teller, address: Address, event: Settled) -> str:
    question = teller.question(address)
    if question.who == "each":
        return teller.text("answered-by", n=event.value)
    if question.kind == "record":
        return teller.text("record-count", n=event.value)
    return teller.answer(address, event.value)
