"""A year rehearsed: people who don't exist answer and forget, and every message that anybody would get is told."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.cli import main
from bot.packs.on_disk import built_in_packs
from bot.rehearsing import year as rehearsing
from bot.rehearsing.told import as_lines, as_page
from bot.rehearsing.year import Heard, RehearsedYear
from content import loader
from content.loader import Loaded
from content.new_pack import new_pack

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Heard]:
    """Play Ljungby's first three months."""
    told: list[Heard] = []
    loaded = loader.load_all(built_in_packs())["ljungby-verksamhetsplan"]
    assert isinstance(loaded, Loaded)
    played = RehearsedYear(
        loaded,
        2027,
        "sv",
        tmp_path_factory.mktemp("year"),
        told.append,
        months=3,
    )
    played.play()
    assert played.stuck == []
    return told


def test_people_answer_and_the_steps_are_done(heard: Sequence[Heard]):
    said = "\n".join(one.text for one in heard)

    assert "är fastställt" in said
    assert "Veckans knuff" in said


def test_a_checkpoint_of_a_record_is_closed_on_its_day_by_its_button(heard: Sequence[Heard]):
    closed = [one for one in heard if one.text.startswith("H4 Ett dokument") and "är klar." in one.text]

    assert closed[0].at.date() == date(2027, 3, 15)
    assert [one.text for one in heard if "klart H4" in one.text] == []


def test_every_message_has_its_day_and_whom_it_goes_to(heard: Sequence[Heard]):
    assert {one.at.year for one in heard} == {2027}
    assert [one.at for one in heard] == sorted(one.at for one in heard)
    assert {"", "Alva"} <= {one.to for one in heard}


def test_the_page_tells_each_message_and_nothing_in_it_is_markup(heard: Sequence[Heard]):
    nasty = Heard(heard[0].at, "", "<script>alert(1)</script>", ("<b>",))

    page = as_page([nasty, *heard], "Ett <år>", "sv")

    assert page.count("<article>") == len(heard) + 1
    assert "<script>" not in page
    assert "Ett &lt;år&gt;" in page


def test_the_lines_tell_the_same(heard: Sequence[Heard]):
    lines = list(as_lines(heard, "sv"))

    for one in heard:
        for said in one.text.splitlines():
            assert f"    {said}" in lines


def test_a_new_pack_can_be_rehearsed(tmp_path: Path):
    files = new_pack("min-metod", title="Min metod", languages=("sv", "en"), remarks="sv")
    [loaded] = [one for one in loader.load_all({"min-metod": files}).values() if isinstance(one, Loaded)]
    told: list[Heard] = []

    played = RehearsedYear(loaded, 2027, "en", tmp_path, told.append, months=1)
    played.play()

    assert told
    assert played.stuck == []


def test_a_year_that_is_none_is_told(capsys: pytest.CaptureFixture[str]):
    assert main(["pack", "rehearse", "eu-coachmetoden", "--year", "1066"]) == 2
    assert "från 2020 till 2099" in capsys.readouterr().err


def test_registers_alone_are_no_year(capsys: pytest.CaptureFixture[str]):
    assert main(["pack", "rehearse", "gemensamt", "--year", "2027"]) == 1
    assert "ingen metod" in capsys.readouterr().err


def test_the_first_day_is_one_on_which_people_work():
    assert rehearsing.first_day(2027).isoformat() == "2027-01-04"
    assert rehearsing.first_day(2026).isoformat() == "2026-01-02"


def test_records_that_a_checkpoint_asks_for_are_entered_and_reminded_of(tmp_path: Path):
    files = new_pack("min-metod", title="Min metod", languages=("sv", "en"), remarks="sv")
    [register] = [name for name in files if name.startswith("registers/")]
    files[register] += b"reminders:\n  - date: klart-den\n"
    cycle = files["cycle.yaml"].replace(b"BYMONTH=10;BYMONTHDAY=1", b"BYMONTH=2;BYMONTHDAY=1")
    files["cycle.yaml"] = cycle.replace(b"kind: text", b"kind: record\n        register: insatser")
    loaded = loader.load(files)
    assert isinstance(loaded, Loaded), loaded
    told: list[Heard] = []

    RehearsedYear(loaded, 2027, "sv", tmp_path, told.append, months=3).play()

    said = [one.text for one in told]
    assert [one for one in said if "Klart med H1.1" in one and "Insats 3\n- Insats 4" in one]
    assert [one for one in said if "H1 Årets genomgång är klar" in one]
    assert [
        one for one in said if "Insats 3 (insats). Klart den: i dag." in one
    ]  # entered then, and reminded of later
