"""Cycles with good defaults, the answers and records that their days come of, and what comes of them in one word."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from content.pack import Pack
from content.schema.cycle import Checkpoint
from dialogs.calendar.checkpoints import coming
from dialogs.calendar.workdays import WorkDays
from dialogs.model.answers import Address, Answer, Item, Value
from dialogs.model.checkpoint import Held, OpenCheckpoint
from dialogs.model.journey import Journey
from dialogs.model.occurrence import MeetingDay
from dialogs.model.records import Record
from tests.dialogs.builders import ADA, a_journey, a_pack, a_question, a_register, options, text

WORK = WorkDays()
BEGAN = date(2026, 1, 2)
FIELDS = [
    {"id": "namn", "kind": "text", "title": text("Namn"), "required": True},
    {"id": "dag", "kind": "date", "title": text("Dag")},
    {"id": "vem", "kind": "person", "title": text("Vem")},
    {"id": "typ", "kind": "choice", "title": text("Typ"), "options": options("mote", "resa")},
]
QUESTIONS = (
    a_question("namnd", "body"),
    a_question("beslut", "decision"),
    a_question("start", "date"),
    a_question("takt", "choice", options=options("kvartal", "manad", "sexveckor")),
    a_question("ny-start", "date"),
)
OF_RECORDS = {"register": "resor", "field": "dag"}
OF_START = {"question": "start"}
PACES = [
    {"option": "kvartal", "offset": {"months": 3}},
    {"option": "manad", "offset": {"months": 1}},
    {"option": "sexveckor", "offset": {"weeks": 6}},
]
WINDOWS = [
    {"id": "var", "title": text("Vår"), "first": "02-01", "last": "05-31"},
    {"id": "host", "title": text("Höst"), "first": "09-01", "last": "11-30"},
]


def a_checkpoint(kind: str, *, id: str = "punkt", **more: Any) -> dict[str, Any]:
    """Return a checkpoint as `cycle.yaml` has it; what isn't its own belongs to its `when`."""
    own = {name: more.pop(name) for name in ("who", "owner", "ahead", "questions", "done") if name in more}
    when = {"kind": kind, **{name.replace("_", "-"): value for name, value in more.items()}}
    return {"id": id, "title": text("Punkt"), "why": text("Därför"), "do": text("Gör"), "when": when, **own}


def a_cycle(
    *checkpoints: Mapping[str, Any], register: Mapping[str, Any] | None = None, **manifest: Any
) -> Pack:
    """Return a pack with these checkpoints, the questions that they go by, and a register of trips."""
    trips = a_register("resor", fields=FIELDS, **(register or {}))
    pack = a_pack(*QUESTIONS, registers=(trips,))
    head = type(pack.manifest).model_validate(
        {**pack.manifest.model_dump(by_alias=True), "coach": "coach", **manifest}
    )
    cycle = tuple(Checkpoint.model_validate(one) for one in checkpoints)
    return pack.model_copy(update={"cycle": cycle, "manifest": head})


def a_trip(id: str = "wien", day: date | None = None, *, by: str = ADA.id, **fields: Any) -> Record:
    known = {"namn": id.capitalize(), "dag": day.isoformat() if day else "", **fields}
    return Record(id, "resor", known, "ny", ADA.id if by == ADA.id else type(ADA.id)(by), _at(BEGAN))  # type: ignore[arg-type]


def a_year(
    pack: Pack, *records: Record, answers: Mapping[str, Value] | None = None, opened: Sequence[OpenCheckpoint] = (),
    began: date = BEGAN, **more: Any,
) -> Journey:  # fmt: skip
    """Return a journey that has these answers, records and open checkpoints."""
    known = {"namnd": "ks", **(answers or {})}
    items = {
        Address(question): Item(Address(question), answer=Answer(1, value, ADA.id, _at(began), "direct"))
        for question, value in known.items()
        if value is not None
    }
    journey = a_journey(pack, today=began, **more)
    return replace(journey, items=items, records={"resor": records}, checkpoints=tuple(opened))


def a_meeting(day: date, stop: date | None = None, *, body: str = "ks") -> MeetingDay:
    return MeetingDay(body, day, stop)


def held(
    checkpoint: Mapping[str, Any], *records: Record, today: date, meetings: Sequence[MeetingDay] = (),
    closed: Mapping[str, date] | None = None, work: WorkDays = WORK, **journey: Any,
) -> tuple[Held, ...]:  # fmt: skip
    """Return what comes of one checkpoint, looked at on *today*."""
    pack = a_cycle(checkpoint)
    return coming(pack, a_year(pack, *records, **journey), meetings, work, today=today, closed=closed or {})


def opened(one: Held, on: date | None = None) -> OpenCheckpoint:
    """Return it as it is open in the journey, since *on*."""
    return OpenCheckpoint(one.checkpoint, one.subject, one.period, one.due, on or one.opens, one.meeting)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
