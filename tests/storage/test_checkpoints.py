"""A year of checkpoints in either database: opened, moved, answered, left and retired, and told again from the journal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.usecases.rebuild import check, kept_checkpoints, rebuild
from tests.conversation.yearly import (
    OPENS,
    PLAN,
    REPORT,
    SOON,
    TALKS,
    Year,
    a_meeting,
    a_trip,
    a_yearly,
    begun,
)


@pytest.fixture
def year(engine, url: str, tmp_path: Path) -> Iterator[Year]:
    """A conversation over the database that `engine` empties afterwards."""
    talk = Year(tmp_path / "unused.db", url=url)
    begun(talk, a_yearly(PLAN, REPORT, TALKS))
    yield talk
    talk.close()


def test_a_year_is_kept_as_it_went(year: Year):
    a_meeting(year)
    a_trip(year, date(2026, 9, 16))
    year.on(OPENS)
    year.privately("Bo", "Vården har sparat")
    year.on(SOON)
    year.says("Ada", "hållpunkt lämna H1: De hinner inte")
    year.privately("Cia", "H1.1: Tekniken kom sent")
    year.says("Ada", "markera resor 1: struken")
    year.on(date(2026, 11, 16))
    year.says("Pia", "hållpunkt klar H3")

    became = {one.checkpoint: (one.period, one.state, one.note) for one in year.kept()}

    assert became == {
        "planen": ("2026", "left", "De hinner inte"), "rapporten": ("2026-09-16", "retired", ""),
        "samtalet": ("2026-host", "done", ""),
    }  # fmt: skip
    assert not year.opened()
    year.is_what_the_journal_makes()


def test_what_is_open_is_read_with_the_head(year: Year):
    a_meeting(year)
    year.on(OPENS)

    with year.uow() as uow:
        head = uow.journeys.head(year.journey().id)

    assert [one.key for one in head.checkpoints] == ["planen||2026"]
    assert head.checkpoints == year.journey().checkpoints


def test_a_table_that_is_lost_is_made_again_from_the_journal(year: Year):
    a_meeting(year)
    year.on(OPENS)
    year.says("Ada", "hållpunkt lämna H1: De hinner inte")
    journey = year.journey()
    kept = year.kept()
    with year.uow() as uow:
        uow.journeys.put_checkpoints(journey, [])
        uow.journeys.refresh(replace(journey, checkpoints=(), pages={}, items={}))
        uow.commit()
    assert check(journey.id, uow=year.uow(), shelf=year.shelf)

    with year.uow() as uow:
        again = rebuild(journey.id, uow=uow, shelf=year.shelf)
        uow.journeys.refresh(replace(again, records=journey.records))
        uow.journeys.put_checkpoints(again, kept_checkpoints(uow.journeys.events(journey.id)))
        uow.commit()

    assert year.kept() == kept
    assert check(journey.id, uow=year.uow(), shelf=year.shelf) == []


def test_two_clocks_open_it_once(year: Year):
    a_meeting(year)
    year.clock.day = OPENS
    other = Year(year.file, clock=year.clock, url=year.url)

    year.desk.tick()
    other.desk.tick()
    told = year.hear()
    other.close()

    assert len([one for one in told.in_room().letters if one.how == "question"]) == 1
    assert len(year.opened()) == 1


def test_what_opened_while_the_day_went_by_is_said_on_the_next(year: Year):
    a_meeting(year)

    told = year.on(OPENS + timedelta(days=1), seconds=-int(timedelta(hours=3).total_seconds()))
    assert not told.letters  # six in the morning

    assert year.on(OPENS + timedelta(days=1)).in_room().letters
