"""Says when a checkpoint comes, in words, and in which months of a year where that is known beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass

from content.pack import Pack
from content.phrases.book import Phrasebook
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
)  # fmt: skip
from content.schema.rules import Offset

COUNCIL, BOARD = 10, 1  # the months in which terms begin
ALL_YEAR = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Mark:
    """A checkpoint in the year: its number, when it comes in words, and its months from 1; none where they vary."""

    number: str
    when: str
    months: tuple[int, ...] = ()


def mark_of(number: str, checkpoint: Checkpoint, pack: Pack, language: str) -> Mark:
    words = _Words(pack, language)
    when = checkpoint.when
    match when:
        case ByRule():
            said, months = words.rule(when.rrule)
        case MeetingIn():
            months = (when.month,)
            said = words.text("drawing-meeting-in", month=words.month(when.month))
        case NextMeetingAfter():
            said, months = words.text("drawing-next-meeting", date=words.date(when.date)), ()
        case BeforeDate():
            said, months = words.text("drawing-before-date", date=words.date(when.date)), ()
        case AfterDate():
            date, offset = words.date(when.date), words.offset(when.offset)
            said, months = words.text("drawing-after-date", date=date, offset=offset), ()
        case TimesPerYear():
            windows = ", ".join(one.title.said_in(language) for one in when.windows)
            said = words.text("drawing-windows", windows=windows)
            months = tuple(int(one.last[:2]) for one in when.windows)
        case Every():
            said, months = words.text("drawing-every", date=words.date(when.since)), ()
        case SinceUntil():
            date, offset = words.date(when.since), words.offset(when.every)
            said, months = words.text("drawing-since", date=date, offset=offset), ()
        case TermStart():
            said = words.text("drawing-term-start")
            months = (COUNCIL if when.of == "council" else BOARD,)
    if checkpoint.ended:
        return Mark(number, words.text("drawing-ended"))
    return Mark(number, said, tuple(sorted(set(months))))


def offset_in(offset: Offset, pack: Pack, language: str) -> str:
    """Return how long it is, as 6 weeks, whichever way it goes."""
    return _Words(pack, language).offset(offset)


@dataclass(frozen=True)
class _Words:
    pack: Pack
    language: str

    def rule(self, rrule: str) -> tuple[str, tuple[int, ...]]:
        """Return what an RFC 5545 rule says, as far as it is said in a few words."""
        parts = dict(one.split("=", 1) for one in rrule.upper().split(";"))
        named = tuple(int(one) for one in parts.get("BYMONTH", "").split(",") if one)
        day = parts.get("BYMONTHDAY", "")
        often = parts["FREQ"].lower() if parts.get("INTERVAL", "1") == "1" else "other"
        if often == "yearly" and named and day.isdecimal():
            days = ", ".join(f"{day} {self.month(month)}" for month in named)
            return self.text("drawing-days", days=days), named
        if often == "yearly" and named:
            return self.text("drawing-months", months=", ".join(map(self.month, named))), named
        if often == "monthly":
            return self.text("drawing-monthly"), named or ALL_YEAR
        return self.text(f"drawing-{often}"), named

    def date(self, date: DateOf) -> str:
        """Return where a date comes from: a question, or a register's field."""
        if date.question is not None and date.question in self.pack.places:
            question = self.pack.places[date.question].question
            return " ".join((question.short or question.ask).said_in(self.language).split()).rstrip("?")
        register = self.pack.registers.get(date.register_ or "")
        if register is None:
            return ""
        titles: Mapping[str, str] = {one.id: one.title.said_in(self.language) for one in register.fields}
        return f"{register.title.said_in(self.language)}: {titles.get(date.field or '', '')}"

    def offset(self, offset: Offset) -> str:
        for key, count in (
            ("working-days", offset.working_days),
            ("weeks", offset.weeks),
            ("months", offset.months),
        ):
            if count is not None:
                return self.text(f"drawing-n-{key}", n=abs(count))
        return ""

    def month(self, number: int) -> str:
        month = self.text(f"month-{number}")
        return month.lower() if self.language == "sv" else month

    def text(self, key: str, **args: object) -> str:
        return Phrasebook.load().text(key, self.language, **args)
