"""A group whose method goes by the year: a plan for the board's meeting, a report from each trip, a talk twice a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.event import listen

from bot.usecases.rebuild import check
from content.pack import Pack
from content.phrases.book import Phrasebook
from content.schema.cycle import Checkpoint
from content.schema.files import Document
from dialogs.model.checkpoint import KeptCheckpoint, OpenCheckpoint
from dialogs.ports import ClaimedLetter
from storage.engine import open_engine
from tests.conversation.beginnings import begun_once
from tests.conversation.talk import CHANNEL, Recording, Talk, Told
from tests.dialogs.builders import a_pack, a_question, a_register, text

TUESDAY = date(2026, 9, 1)  # the day on which these conversations begin
MEETING, STOP = date(2026, 11, 24), date(2026, 11, 10)
OPENS = date(2026, 10, 20)  # three weeks before the document stop
SOON = date(2026, 11, 3)  # a week before it

TRIPS = [
    {"id": "namn", "kind": "text", "title": text("Namn"), "required": True},
    {"id": "dag", "kind": "date", "title": text("Hemma")},
    {"id": "vem", "kind": "person", "title": text("Vem")},
]
STATES = [{"id": "ny", "title": text("Ny")}, {"id": "struken", "title": text("Struken"), "closed": True}]
WINDOWS = [
    {"id": "var", "title": text("Våren"), "first": "02-01", "last": "05-31"},
    {"id": "host", "title": text("Hösten"), "first": "09-01", "last": "11-30"},
]


def a_checkpoint(id: str, when: dict[str, Any], *questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    own = {"id": id, "title": text(id.capitalize()), "why": text("Därför"), "do": text("Gör det")}
    return {**own, "when": when, "questions": list(questions), **more}


PLAN = a_checkpoint(
    "planen",
    {"kind": "meeting-in", "body": "namnd", "month": 11},
    a_question("gjort", who="each-unit", settle="direct", short=text("Gjort")),
    a_question("pengar", "number", who={"roles": ["ledning"]}, short=text("Pengar")),
    ahead=[{"weeks": 3}, {"weeks": 1}],
    document="arsplan",
)
REPORT = a_checkpoint(
    "rapporten",
    {
        "kind": "next-meeting-after", "body": "namnd",
        "date": {"register": "resor", "field": "dag", "where": {"not": {"equals": {"field": "state", "to": "struken"}}}},
    },
    a_question("larde", settle="direct", short=text("Lärde")),
    owner="vem",
    ahead=[{"working-days": 10}],
)  # fmt: skip
TALKS = a_checkpoint(
    "samtalet", {"kind": "times-per-year", "windows": WINDOWS}, who="ledning", ahead=[{"weeks": 2}]
)
LOOK = a_checkpoint(
    "blicken",
    {"kind": "rrule", "rrule": "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1"},
    a_question("framat", short=text("Framåt")),
    a_question("enas", settle="consent", short=text("Enas")),
    a_question("kansla", who="each", visibility="leader-and-coach", short=text("Känsla")),
    ahead=[{"weeks": 2}],
)  # fmt: skip
DOCUMENT = Document.model_validate({
    "id": "arsplan", "title": text("Årsplanen"),
    "headings": [
        {"title": text("Gjort"), "parts": [{"answer": "gjort"}]},
        {"title": text("Pengar"), "parts": [{"answer": "pengar"}]},
    ],
})  # fmt: skip


def a_yearly(*cycle: dict[str, Any], steps: bool = True) -> Pack:
    """Return the method; the first step asks which board it is about. Without *steps* it has none."""
    register = a_register("resor", fields=TRIPS, states=STATES, title=text("Resor"), singular=text("resa"))
    pack = a_pack(a_question("namnd", "body"), a_question("vision"), registers=(register,))
    cycle = cycle or (PLAN, REPORT, TALKS, LOOK)
    update: dict[str, Any] = {
        "cycle": tuple(Checkpoint.model_validate(one) for one in cycle),
        "documents": (DOCUMENT,) if any(one["id"] == "planen" for one in cycle) else (),
        "manifest": pack.manifest.model_copy(update={"coach": "coach"}),
    }
    if not steps:
        update |= {
            "steps": (),
            "manifest": update["manifest"].model_copy(update={"steps": (), "entries": ()}),
        }
    return pack.model_copy(update=update)


@dataclass
class Year(Talk):
    """The same over a database of any kind."""

    url: str = ""

    def __post_init__(self) -> None:
        url = self.url or f"sqlite:///{self.file}"
        self.engine = open_engine(url)
        if url.startswith("sqlite"):
            listen(
                self.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF")
            )
        self.reading = open_engine(url, read_only=True)
        self.book = Recording(Phrasebook.load())
        self.open()

    def on(self, day: date, *, seconds: int = 0) -> Told:
        """Let the clock look around a little after nine on that day; with *seconds*, later or, below 0, earlier."""
        self.book.asked_for.clear()
        self.clock.day = day
        self.clock.seconds = seconds
        self.desk.tick()
        return self.hear()

    def opened(self) -> list[OpenCheckpoint]:
        return list(self.journey().checkpoints)

    def kept(self) -> list[KeptCheckpoint]:
        with self.uow() as uow:
            return list(uow.journeys.checkpoints(self.journey().id))

    def is_what_the_journal_makes(self) -> None:
        assert check(self.journey().id, uow=self.uow(), shelf=self.shelf) == []


def begun(talk: Talk, pack: Pack, *, answers: bool = True) -> None:
    """Let Ada lead Bo and Cia of a unit each; Pia is in the management group, Karl is the coach."""
    with talk.uow() as uow:
        uow.packs.put(pack, "summa", by="test", at=talk.clock.now())
        uow.commit()
    for who in ("Ada", "Bo", "Cia", "Pia", "Karl"):
        talk.privately(who, "hjälp")
    for line in ("starta", "Kommunen", "-", "Skola; Vård; Teknik", "Kommunstyrelsen"):
        talk.says("Ada", line)
    for line in (
        "Ada, ledare, Skola", "Ada, grupp", "Bo, grupp, Vård", "Cia, grupp, Teknik", "Pia, ledning", "Karl, coach",
    ):  # fmt: skip
        talk.says("Ada", f"ny person: {line}")
    if answers and pack.steps:
        talk.says("Ada", "1.1: Kommunstyrelsen")


def a_year(tmp_path: Path, pack: Pack, *, answers: bool = True) -> Iterator[Year]:
    key = f"year {answers} {pack.model_dump_json()}"
    talk = begun_once(Year, tmp_path / "year.db", key, lambda talk: begun(talk, pack, answers=answers))
    yield talk
    talk.close()


def a_meeting(talk: Talk, day: date = MEETING, stop: date = STOP, *, room: str = CHANNEL) -> Told:
    return talk.says("Ada", f"sammanträde Kommunstyrelsen: {day}, stopp {stop}", room=room)


def a_trip(talk: Talk, home: date, *, name: str = "Wien", who: str = "Bo") -> None:
    for line in (f"ny resa: {name}", home.isoformat(), who):
        talk.says("Ada", line)


def asked(told: Told, who: str) -> list[ClaimedLetter]:
    """Return the questions that were put to somebody in private."""
    return [one for one in told.to(who).letters if one.address is not None]
