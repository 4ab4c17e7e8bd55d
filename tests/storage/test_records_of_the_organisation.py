"""Two groups of one method in one organisation see the same records; each record is asked about by one group alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from content.pack import Pack
from content.schema.files import DateReminder
from tests.conversation.yearly import PLAN, REPORT, Year, a_meeting, a_yearly, begun

OPENS, DUE = date(2026, 10, 27), date(2026, 11, 10)  # ten working days before the document stop, and the stop
OTHER = "andra"


def of_the_organisation() -> Pack:
    pack = a_yearly(PLAN, REPORT)
    trips = pack.registers["resor"].model_copy(
        update={"scope": "organisation", "reminders": (DateReminder(date="dag", owner="vem"),)}
    )
    return pack.model_copy(update={"registers": {"resor": trips}})


@pytest.fixture
def year(engine, url: str, tmp_path: Path) -> Iterator[Year]:
    """Wien is the first group's trip, Rom the second's; both groups see both."""
    talk = Year(tmp_path / "unused.db", url=url)
    begun(talk, of_the_organisation())
    for line in ("starta", "Kommunen", "Andra gruppen", "-", "-"):
        talk.says("Ada", line, room=OTHER)
    for line in ("Ada, ledare", "Ada, grupp", "Bo, grupp", "Cia, grupp"):
        talk.says("Ada", f"ny person: {line}", room=OTHER)
    talk.says("Ada", "1.1: Kommunstyrelsen", room=OTHER)
    a_meeting(talk)
    for room, name, who in (("", "Wien", "Bo"), (OTHER, "Rom", "Cia")):
        for line in (f"ny resa: {name}", "2026-10-02", who):
            talk.says("Ada", line, **({"room": room} if room else {}))
    yield talk
    talk.close()


def opened(year: Year) -> set[tuple[object, object]]:
    """Return which group's journey has which trip's report open: by its name and the trip's."""
    rows = year.rows(
        "select g.name, r.content from checkpoint c join journey j on j.id = c.journey"
        " join working_group g on g.id = j.group_id join record r on 'record:' || r.id = c.subject"
        " where c.state = 'open'"
    )
    return {(group, "Wien" if "Wien" in str(content) else "Rom") for group, content in rows}


def end(year: Year, group: str) -> None:
    """Let the group be closed."""
    [[journey]] = year.rows(
        "select j.id from journey j join working_group g on g.id = j.group_id where g.name = :group",
        group=group,
    )
    with year.uow() as uow:
        uow.journeys.refresh(replace(uow.journeys.head(str(journey)), state="closed"))
        uow.commit()


def test_each_trip_s_report_is_opened_once_by_the_group_that_entered_the_trip(year: Year):
    told = year.on(OPENS)

    assert opened(year) == {("Arbetsgruppen", "Wien"), ("Andra gruppen", "Rom")}
    for room, own, others in (("", "Wien", "Rom"), (OTHER, "Rom", "Wien")):
        text = (told.in_room(room) if room else told.in_room()).text
        assert own in text
        assert others not in text


def test_a_group_lists_only_its_own_trips_reports_as_to_come(year: Year):
    assert "Rom" not in year.says("Ada", "hållpunkter").text
    assert "Wien" in year.says("Ada", "hållpunkter").text


def test_when_that_group_has_ended_the_oldest_running_one_takes_over(year: Year):
    year.on(OPENS)

    end(year, "Andra gruppen")
    year.on(date(2026, 10, 28))

    assert ("Arbetsgruppen", "Rom") in opened(year)


def test_what_that_group_had_done_is_not_asked_for_again(year: Year):
    year.on(OPENS)
    [[key]] = year.rows(
        "select subject from checkpoint c join record r on 'record:' || r.id = c.subject where r.content like '%Rom%'"
    )
    year.says("Cia", "H2.1.2: Romarna bygger väl", room=OTHER)
    assert ("Andra gruppen", "Rom") not in opened(year)

    end(year, "Andra gruppen")
    year.on(date(2026, 10, 28))
    year.on(date(2026, 10, 29))

    assert year.rows("select count(*) from checkpoint where subject = :key", key=key) == [(1,)]


def test_a_record_s_date_is_reminded_of_by_its_group_alone(year: Year):
    year.on(date(2026, 9, 14))

    told = year.on(date(2026, 10, 2))

    for who, trip in (("Bo", "Wien"), ("Cia", "Rom")):
        assert told.to(who).text.count(trip) == 1
    rows = year.rows(
        "select about, count(distinct journey) from occurrence where rule = 'record' group by about"
    )
    assert [journeys for _, journeys in rows] == [1, 1]
