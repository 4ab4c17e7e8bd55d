"""The packs that come with the program load without a problem, and fast, and have a place for each row of their source."""

import csv
import time
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.packs.on_disk import built_in_packs
from content.loader import Loaded, Refused, load_all
from dialogs.values.asking import Asking
from dialogs.values.reading import read
from tests.content.builders import said
from tests.dialogs.builders import a_journey

ROWS = Path(__file__).parents[2] / "docs" / "reference" / "source-rows.csv"
SOURCES = {
    "eu-coachmetoden": "000",
    "ljungby-verksamhetsplan": "001",
    "kronoberg-strategi": "002",
    "benchlearning": "003",
    "samverkan-processtod": "004",
}


@cache
def loaded() -> Mapping[str, Loaded]:
    return {name: one for name, one in load_all(built_in_packs()).items() if isinstance(one, Loaded)}


def rows_of(document: str) -> list[str]:
    with ROWS.open(encoding="utf-8", newline="") as file:
        return [row["row"] for row in csv.DictReader(file) if row["document"] == document]


def test_the_programs_own_packs_load_without_a_problem():
    packs = built_in_packs()
    before = time.perf_counter()

    results = load_all(packs)

    assert {"gemensamt", *SOURCES} <= set(results)
    assert [
        line for result in results.values() if isinstance(result, Refused) for line in said(result, "sv")
    ] == []
    assert time.perf_counter() - before < 5


@pytest.mark.parametrize(("pack", "document"), SOURCES.items())
def test_each_row_of_the_source_has_its_place(pack: str, document: str):
    coverage = loaded()[pack].coverage

    assert coverage is not None
    assert coverage.document == document
    assert sorted(row.row for row in coverage.rows) == sorted(rows_of(document))


@pytest.mark.parametrize("pack", ["kronoberg-strategi", "samverkan-processtod"])
def test_no_row_of_a_completed_pack_waits(pack: str):
    coverage = loaded()[pack].coverage

    assert coverage is not None
    assert [row.row for row in coverage.rows if row.later is not None] == []


@pytest.mark.parametrize("pack", SOURCES)
def test_each_checkpoint_is_shown_in_a_walkthrough(pack: str):
    one = loaded()[pack]
    expected = [
        scene.expect for walkthrough in one.walkthroughs for scene in walkthrough.scenes if scene.expect
    ]
    shown = "\n".join(expect.shows for expect in expected if expect.shows).casefold()

    assert [
        checkpoint.id
        for checkpoint in one.pack.cycle
        if not any(title.casefold() in shown for title in checkpoint.title.root.values())
    ] == []


@pytest.mark.parametrize(
    ("pack", "asks", "day"),
    [
        ("ljungby-verksamhetsplan", "samtal-datum", "2026-11-03"),
        ("ljungby-verksamhetsplan", "resor.hemkomst", "2026-11-03"),
        ("kronoberg-strategi", "resor.hemkomst", "2026-11-03"),
        ("kronoberg-strategi", "samarbeten.utvarderad", "2026-11-03"),
        ("kronoberg-strategi", "samarbeten.slut", "2027-11-03"),
        ("eu-coachmetoden", "forsta-insats-klar", "2026-11-03"),
        ("eu-coachmetoden", "insatser.datum", "2027-11-03"),
    ],
)
def test_3_november_said_a_week_later_is_the_past_one_where_it_has_happened(pack: str, asks: str, day: str):
    own = loaded()[pack].pack
    register, _, field = asks.rpartition(".")
    fields = own.registers[register].fields if register else ()
    spec = next((one for one in fields if one.id == field), None) or own.places[field].question
    journey = a_journey(own, today=date(2026, 11, 10))

    assert read(spec, "3 november", Asking(own, journey, "sv", date(2026, 11, 10))) == day
