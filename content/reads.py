"""What has to be at hand to know where a question or a checkpoint stands: the answers and records that it looks at."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, assert_never

from content.rules import Reads, rules_of, what_is_read
from content.schema.coverage import Coverage
from content.schema.cycle import (
    AfterDate,
    BeforeDate,
    ByRule,
    Checkpoint,
    DateOf,
    Every,
    MeetingIn,
    NextMeetingAfter,
    SinceUntil,
    TermStart,
    TimesPerYear,
    When,
)  # fmt: skip
from content.schema.questions import Question, Source


def reads_of_question(question: Question, coverage: Mapping[str, Coverage]) -> Reads:
    """Return what the question's rules, options, suggestions and subjects look at."""
    reads = what_is_read(rules_of(question), coverage)
    for source in sources_of(question):
        reads |= _named(source.question, source.register_)
    if question.for_each is not None:
        reads |= _named(None, question.for_each.register_)
    return reads | _named(None, register_of(question))


def reads_of_checkpoint(
    checkpoint: Checkpoint, questions: Iterable[Question], coverage: Mapping[str, Coverage]
) -> Reads:
    """Return what says when the checkpoint is due and if it is done, and what *questions*, put at it, look at."""
    reads = what_is_read(rules_of(checkpoint), coverage)
    for name in questions_of_when(checkpoint.when):
        reads |= _named(name, None)
    date = date_of(checkpoint.when)
    if date is not None:
        reads |= _named(date.question, date.register_)
    for question in questions:
        reads |= reads_of_question(question, coverage)
    return reads


def date_of(when: When) -> DateOf | None:
    """Return the date that the checkpoint's day is worked out from; None where it goes by the year alone."""
    match when:
        case NextMeetingAfter(date=date) | BeforeDate(date=date) | AfterDate(date=date):
            return date
        case Every(since=date) | SinceUntil(since=date):
            return date
        case ByRule() | MeetingIn() | TimesPerYear() | TermStart():
            return None
        case _:
            assert_never(when)


def questions_of_when(when: When) -> Iterator[str]:
    """Yield the questions whose answers say when: the body, the rhythm, the day that stands instead."""
    match when:
        case MeetingIn(body=body) | NextMeetingAfter(body=body):
            yield body
        case Every(rhythm=rhythm):
            yield rhythm
        case TermStart(changed_by=str(changed_by)):
            yield changed_by
        case ByRule() | BeforeDate() | AfterDate() | TimesPerYear() | SinceUntil() | TermStart():
            return
        case _:
            assert_never(when)


def sources_of(question: Any) -> tuple[Source, ...]:
    """Return where a question's or field's options and suggestions come from."""
    options_from = getattr(question, "options_from", None)
    return (*((options_from,) if options_from else ()), *getattr(question, "suggest_from", ()))


def register_of(question: Question) -> str | None:
    """Return the register that a record question adds to; None for every other kind."""
    return question.register_ if question.kind == "record" else None


def _named(question: str | None, register: str | None) -> Reads:
    return Reads(frozenset({question} if question else ()), frozenset({register} if register else ()))
