"""What a workshop needs in hand: the invitation with all times, the agenda, and the sheets of its exercises."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.invitation_file import invitation_file
from bot.made_files import MadeFiles
from bot.packs.on_disk import built_in_packs
from bot.sheet_pdf import sheet_pdf
from bot.stage import DeskStage
from bot.usecases.file_kinds import EXERCISE_SHEET, EXERCISE_TEXT, INVITATION
from bot.walking import Walker
from bot.wiring import World
from content.loader import Loaded, load_all
from dialogs.files import Recipe
from dialogs.reports.exercise_sheet import Sheet, SheetPhase
from dialogs.reports.invitations import Invitation
from dialogs.time import HOME

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)


@dataclass
class Held:
    """The whole walkthrough, played."""

    world: World
    stage: DeskStage

    def make(
        self, kind: str, about: str = "", *, who: str = "Facilitatorn", language: str = "sv"
    ) -> bytes | None:
        kept = self.stage.journey()
        assert kept is not None
        _, journey = kept
        person = next(one.person.id for one in journey.roster.members if one.person.name == who)
        files = MadeFiles(self.world.shelf, self.stage.clock, self.world.book)
        return files.make(Recipe(kind, person, journey.id, about, language), self.world.uow())


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    loaded = load_all(built_in_packs())["samverkan-processtod"]
    assert isinstance(loaded, Loaded)
    [walkthrough] = [one for one in loaded.walkthroughs if one.id == "samverkan-hela-processen"]
    folder: Path = tmp_path_factory.mktemp("workshops")
    walker = Walker(loaded, folder)
    walker.prepare()
    with walker.played(walkthrough) as (played, stage, world):
        assert played.as_written
        yield Held(world, stage)


def events(content: bytes | None) -> list:
    assert content is not None
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_one_invitation_holds_all_the_times(held: Held):
    found = events(held.make(INVITATION))
    assert [str(one["SUMMARY"]) for one in found] == [
        "Workshop 1: nuläge och förståelse",
        "Workshop 2: analysera och prioritera",
        "Workshop 3: idéer och plan",
        "Uppföljning",
    ]
    first, *_, follow_up = found
    assert first["DTSTART"].dt == datetime(2027, 4, 14, 9, tzinfo=HOME)
    assert first["DTEND"].dt == datetime(2027, 4, 14, 12, tzinfo=HOME)
    assert str(first["LOCATION"]) == "Stora salen"
    assert "09:35 Kollegiala intervjuer" in str(first["DESCRIPTION"])
    assert follow_up["DTSTART"].dt.date() == date(2027, 10, 12)
    assert len({str(one["UID"]) for one in found}) == 4


def test_whoever_is_not_in_the_group_gets_no_invitation(held: Held):
    kept = held.stage.journey()
    assert kept is not None
    files = MadeFiles(held.world.shelf, held.stage.clock, held.world.book)
    stranger = Recipe(INVITATION, "nobody", kept[1].id, "", "sv")
    assert files.make(stranger, held.world.uow()) is None


def test_the_sheet_has_what_to_do_and_room_to_write_and_no_answers(held: Held):
    sheet = (held.make(EXERCISE_TEXT, "fem-ganger-varfor") or b"").decode()
    assert sheet.startswith("# 5 gånger varför\n")
    assert "## Moment 2: Fråga varför (25 minuter)" in sheet
    assert sheet.count("\\_" * 60) == 24
    assert "Ingen ansvarar för underlaget" not in sheet
    english = (held.make(EXERCISE_TEXT, "kollegiala-intervjuer", language="en") or b"").decode()
    assert english.startswith("# Peer interviews\n")
    assert "## The pairs" in english
    assert "Fråga aldrig" not in english


def test_a_sheet_of_an_exercise_that_is_not_there_is_not_made(held: Held):
    assert held.make(EXERCISE_TEXT, "finns-inte") is None
    assert held.make(EXERCISE_SHEET, "finns-inte") is None


def an_invitation(**more: object) -> Invitation:
    told: dict = {
        "uid": "a", "title": "Workshop", "day": date(2027, 1, 11), "begins": None, "ends": None, "place": "", "text": "Text",
        "sequence": 2, "changed": NOW,
    }  # fmt: skip
    return Invitation(**(told | more))


def test_an_occasion_without_a_time_takes_the_whole_day():
    [one] = events(invitation_file([an_invitation()], now=NOW))
    assert one["DTSTART"].dt == date(2027, 1, 11)
    assert "LOCATION" not in one


@pytest.mark.parametrize(
    ("day", "begins"), [(date(2027, 6, 14), "20270614T070000Z"), (date(2027, 12, 13), "20271213T080000Z")]
)
def test_a_time_is_told_in_utc_which_every_calendar_knows(day: date, begins: str):
    made = invitation_file([an_invitation(day=day, begins=time(9), ends=time(11))], now=NOW).decode()
    assert f"DTSTART:{begins}\r\n" in made
    assert "TZID" not in made


def test_a_cancelled_occasion_says_so():
    [one] = events(invitation_file([an_invitation(called_off=True)], now=NOW))
    assert str(one["STATUS"]) == "CANCELLED"


@pytest.mark.parametrize(
    "nasty", ["a\r\nBEGIN:VEVENT", "\x00\x1f", "x" * 3000, "semi;komma,\\", "\ud83d\ude00"]
)
def test_what_people_wrote_stays_text(nasty: str):
    text = nasty.encode("utf-16", "surrogatepass").decode("utf-16")
    found = events(invitation_file([an_invitation(title=text, place=text, text=text)], now=NOW))
    assert len(found) == 1


def test_the_sheet_to_print_is_a_pdf_for_screen_readers_too(held: Held):
    made = held.make(EXERCISE_SHEET, "kollegiala-intervjuer") or b""
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid" in made
    assert b"/Lang" in made


@pytest.mark.parametrize("name", ["王伟", "नेहा", "Ada\x00", "Bo\udc00"])
def test_a_sheet_is_made_whatever_somebody_is_called(name: str):
    phase = SheetPhase("Fråga", "Fråga varför.", ("Varför?",))
    sheet = Sheet(
        "sv", "Par", "Därför.", "", "20 minuter", "Par", (f"{name} och Bo",), (phase,), 3, "Lämna den."
    )
    made = sheet_pdf(sheet)
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made


@pytest.mark.parametrize(
    "nasty", ["#panic()", "= rubrik", "$x$", "*fet* _kursiv_", "`kod`", '" }) #read("x")', "@ref <a>", "å\nä"]
)
def test_what_stands_on_the_sheet_is_never_markup(nasty: str):
    phase = SheetPhase(nasty, nasty, (nasty,))
    sheet = Sheet("sv", nasty, nasty, nasty, nasty, nasty, (nasty,), (phase,), 3, nasty)
    assert sheet_pdf(sheet).startswith(b"%PDF-")
