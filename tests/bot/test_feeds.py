"""Calendar files and secret addresses: the same dates, under ids that stay, for whoever may read them."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from unicodedata import category

import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.feeds import routes
from bot.ics import ics
from bot.metrics import Metrics
from bot.usecases.feed import Feed
from bot.web import application
from content.phrases.book import Phrasebook
from dialogs.reports.entries import Entry
from tests.calendar.cycles import a_checkpoint, a_cycle
from tests.calendar.plans import PLAN
from tests.conversation.beginnings import begun_once
from tests.conversation.talk import Talk, begin

METRICS = Metrics()
NOW = datetime(2026, 9, 1, 7, tzinfo=UTC)


@pytest.fixture
def talk(tmp_path):
    talk = begun_once(Talk, tmp_path / "coach.db", "feeds", _with_measures)
    yield talk
    talk.close()


def _with_measures(talk: Talk) -> None:
    with talk.uow() as uow:
        uow.packs.put(PLAN, "summa", by="test", at=NOW)
        uow.commit()
    begin(talk)
    for line in ("ny insats: Ring Bryssel", "2026-09-15", "Bo"):
        talk.says("Ada", line)
    for line in ("ny insats: Skriv planen", "2026-10-01", "Ada"):
        talk.says("Ada", line)
    talk.says("Ada", "sammanträde Kommunstyrelsen: 2026-09-22, stopp 2026-09-10")


def put_feed(talk: Talk, secret: str, who: str, *, group: bool = False) -> None:
    journey = talk.journey().id if group else ""
    with talk.uow() as uow:
        [person] = uow.people.named(who, None)
        uow.calendar.put_feed(secret, person.id, journey, NOW)
        uow.commit()


def fetched(talk: Talk, path: str, method: str = "GET") -> tuple[int, bytes]:
    """Ask the program's own web server, over a real socket."""

    async def read(look):
        return look(talk.uow())

    async def nothing() -> str:
        return ""

    async def ask() -> tuple[int, bytes]:
        found = routes(read, shelf=talk.shelf, clock=talk.clock, book=Phrasebook.load(), language="sv")
        app = application(why_not_ready=nothing, figures=None, metrics=METRICS, routes=found)
        async with TestClient(TestServer(app)) as client:
            answer = await client.request(method, path)
            return answer.status, await answer.read()

    return asyncio.run(ask())


def events(body: bytes) -> dict[str, tuple[date, str, int]]:
    calendar = Calendar.from_ical(body)
    return {
        str(one["UID"]): (one.decoded("DTSTART"), str(one["SUMMARY"]), int(one["SEQUENCE"]))
        for one in calendar.walk("VEVENT")
    }


SECRET = "a-secret-that-nobody-can-guess"


def test_ones_own_dates_and_the_meetings_are_there_and_nobody_elses(talk: Talk):
    put_feed(talk, SECRET, "Bo")

    status, body = fetched(talk, f"/calendar/{SECRET}.ics")

    assert status == 200
    days = sorted((day, title) for day, title, _ in events(body).values())
    assert [day for day, _ in days] == [date(2026, 9, 10), date(2026, 9, 15), date(2026, 9, 22)]
    assert days[1][1] == "Ring Bryssel"


def test_a_groups_dates_are_all_there(talk: Talk):
    put_feed(talk, SECRET, "Bo", group=True)

    _, body = fetched(talk, f"/calendar/{SECRET}.ics")

    assert len(events(body)) == 4


def test_a_moved_date_keeps_its_id_and_counts_up(talk: Talk):
    put_feed(talk, SECRET, "Bo")
    before = events(fetched(talk, f"/calendar/{SECRET}.ics")[1])
    [uid] = [uid for uid, (_, title, _) in before.items() if title == "Ring Bryssel"]
    opened = talk.says("Ada", "ändra post insatser 1")
    assert opened.letters
    for line in ("-", "2026-11-02", "-"):
        talk.says("Ada", line)

    day, _, sequence = events(fetched(talk, f"/calendar/{SECRET}.ics")[1])[uid]

    assert day == date(2026, 11, 2)
    assert sequence > before[uid][2]


@pytest.mark.parametrize(
    "path", ["/calendar/another-secret-than-the-one-there-is.ics", "/calendar/short.ics", "/calendar/"]
)
def test_whoever_has_no_secret_finds_nothing(talk: Talk, path: str):
    put_feed(talk, SECRET, "Bo")

    assert fetched(talk, path)[0] == 404


def test_an_address_that_is_taken_away_says_nothing(talk: Talk):
    put_feed(talk, SECRET, "Bo")
    with talk.uow() as uow:
        [bo] = uow.people.named("Bo", None)
        assert uow.calendar.drop_feeds(bo.id) == 1
        uow.commit()

    assert fetched(talk, f"/calendar/{SECRET}.ics")[0] == 404


def test_a_groups_address_ends_with_membership(talk: Talk):
    put_feed(talk, SECRET, "Bo", group=True)
    talk.says("Ada", "ta bort person: Bo")

    assert fetched(talk, f"/calendar/{SECRET}.ics")[0] == 404


def test_the_secret_itself_is_kept_nowhere(talk: Talk):
    put_feed(talk, SECRET, "Bo")

    assert all(SECRET not in row for rows in talk.everything().values() for row in rows)


def feed_of(talk: Talk) -> Calendar:
    body = fetched(talk, f"/calendar/{SECRET}.ics")[1]
    strictly(body)
    return Calendar.from_ical(body)


def the_event(talk: Talk, kind: str) -> Event:
    """Return the one event whose id begins and ends so."""
    begin, _, end = kind.partition("*")
    [found] = [
        one
        for one in feed_of(talk).walk("VEVENT")
        if (uid := str(one["UID"]).removesuffix("@metodcoach")).startswith(begin) and uid.endswith(end)
    ]
    return found


PROPERTY = re.compile(
    r"[A-Z0-9-]+(?:;[A-Z0-9-]+=(?:[^\x00-\x1f\";:,]+|\"[^\x00-\x1f\"]*\"))*:[^\x00-\x08\x0a-\x1f\x7f]*"
)


def strictly(body: bytes) -> None:
    """See that each line is as RFC 5545 wants it: its end, its length in octets, its shape; and text escaped."""
    assert body.endswith(b"\r\n")
    lines = body.removesuffix(b"\r\n").split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no letter is folded in two
    whole = body.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")
    for line in whole:
        assert PROPERTY.fullmatch(line), line
        name, _, value = line.partition(":")
        if name in ("SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME"):
            assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value), line
    depth = [line for line in whole if line.startswith(("BEGIN:", "END:"))]
    assert (depth[0], depth[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert len(depth) == 2 * sum(line.startswith("BEGIN:") for line in depth)


def test_every_line_and_every_event_is_as_the_standard_wants_it(talk: Talk):
    put_feed(talk, SECRET, "Bo", group=True)

    calendar = feed_of(talk)

    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "PUBLISH")
    assert calendar["REFRESH-INTERVAL"].to_ical() == calendar["X-PUBLISHED-TTL"].to_ical() == b"PT6H"
    for event in calendar.walk("VEVENT"):
        assert event.errors == []
        assert event["DTSTART"].params["VALUE"] == event["DTEND"].params["VALUE"] == "DATE"
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
        assert event["DTSTAMP"].dt.tzinfo is not None
        assert event["LAST-MODIFIED"].dt <= event["DTSTAMP"].dt
        assert (str(event["STATUS"]), str(event["TRANSP"])) == ("CONFIRMED", "TRANSPARENT")


def test_one_is_warned_at_nine_the_day_before_what_is_due_and_not_of_meetings(talk: Talk):
    put_feed(talk, SECRET, "Bo", group=True)

    alarms = {str(one["UID"]).partition("-")[0]: one.walk("VALARM") for one in feed_of(talk).walk("VEVENT")}
    [alarm] = alarms["record"]

    assert (str(alarm["ACTION"]), alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(hours=-15))
    assert str(alarm["DESCRIPTION"])
    assert len(the_event(talk, "meeting-*-stop").walk("VALARM")) == 1
    assert the_event(talk, "meeting-*2").walk("VALARM") == []


def test_a_stop_that_moves_is_the_same_event_whichever_way_it_moves(talk: Talk):
    put_feed(talk, SECRET, "Bo")
    seen = [the_event(talk, "meeting-*-stop")]

    for day in ("2026-09-08", "2026-09-09"):
        talk.says("Ada", f"sammanträde Kommunstyrelsen: 2026-09-22, stopp {day}")
        seen.append(the_event(talk, "meeting-*-stop"))

    assert [one["DTSTART"].dt.day for one in seen] == [10, 8, 9]
    assert [one["SEQUENCE"] for one in seen] == [0, 1, 2]
    assert sorted(one["LAST-MODIFIED"].dt for one in seen) == [one["LAST-MODIFIED"].dt for one in seen]
    assert len({str(one["UID"]) for one in seen}) == 1


def test_a_meeting_that_is_called_off_says_so_and_one_that_comes_back_too(talk: Talk):
    put_feed(talk, SECRET, "Bo")
    line = "sammanträde Kommunstyrelsen: 2026-09-22, stopp 2026-09-10"
    seen = [the_event(talk, "meeting-*22")]

    for _ in range(2):
        talk.says("Ada", line)
        seen.append(the_event(talk, "meeting-*22"))

    assert [str(one["STATUS"]) for one in seen] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert [one["SEQUENCE"] for one in seen] == [0, 1, 2]


def test_a_called_off_stop_warns_nobody(talk: Talk):
    put_feed(talk, SECRET, "Bo")
    talk.says("Ada", "sammanträde Kommunstyrelsen: 2026-09-22, stopp 2026-09-10")

    stop = the_event(talk, "meeting-*-stop")

    assert (str(stop["STATUS"]), stop.walk("VALARM")) == ("CANCELLED", [])


def test_what_is_done_is_there_no_more(talk: Talk):
    put_feed(talk, SECRET, "Bo")
    talk.says("Ada", "markera insatser 1: klar")

    assert not [one for one in feed_of(talk).walk("VEVENT") if str(one["UID"]).startswith("record")]


def test_the_feed_is_read_and_never_written_to(talk: Talk):
    put_feed(talk, SECRET, "Bo")

    assert fetched(talk, f"/calendar/{SECRET}.ics", "HEAD") == (200, b"")
    assert fetched(talk, f"/calendar/{SECRET}.ics", "POST")[0] == 405


def test_the_secret_is_in_no_figure(talk: Talk):
    put_feed(talk, SECRET, "Bo")
    fetched(talk, f"/calendar/{SECRET}.ics")

    assert "/calendar/{secret}.ics" in METRICS.text()
    assert SECRET not in METRICS.text()


# ------------------------------------------------------------------------------------------------ checkpoints


@pytest.fixture
def yearly(tmp_path: Path) -> Iterator[Talk]:
    """A group whose method reports to the board's meeting in December; Ada sees to it."""
    talk = begun_once(Talk, tmp_path / "yearly.db", "feeds by the year", _with_a_year)
    yield talk
    talk.close()


def _with_a_year(talk: Talk) -> None:
    report = a_checkpoint(
        "meeting-in", body="namnd", month=12, ahead=[{"working-days": 10}, {"working-days": 3}]
    )
    with talk.uow() as uow:
        uow.packs.put(a_cycle(report), "summa", by="test", at=NOW)
        uow.commit()
    begin(talk)
    talk.says("Ada", "1.1: Kommunstyrelsen")


def test_a_checkpoint_keeps_its_id_and_counts_up_as_its_meeting_moves(yearly: Talk):
    put_feed(yearly, SECRET, "Bo", group=True)
    seen = [the_event(yearly, "checkpoint-*|2026")]

    for line in (
        "sammanträde Kommunstyrelsen: 8 december, stopp 27 november",
        "sammanträde Kommunstyrelsen: 8 december, stopp 26 november",
        "stängt 26 november",
        "öppet igen 26 november",
    ):
        yearly.says("Ada", line)
        seen.append(the_event(yearly, "checkpoint-*|2026"))

    days = [one["DTSTART"].dt for one in seen]
    assert days == [date(2026, 12, 1), *(date(2026, 11, day) for day in (27, 26, 25, 26))]
    assert all(before["SEQUENCE"] < after["SEQUENCE"] for before, after in pairwise(seen))
    assert len({str(one["UID"]) for one in seen}) == 1
    [alarm] = seen[1].walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=9, days=-3)  # the last of its leads: Tuesday, for a Friday


def test_a_checkpoint_stands_in_the_calendar_of_whoever_sees_to_it(yearly: Talk):
    put_feed(yearly, SECRET, "Ada")
    put_feed(yearly, SECRET[::-1], "Bo")

    assert the_event(yearly, "checkpoint-*|2026")
    assert b"checkpoint" not in fetched(yearly, f"/calendar/{SECRET[::-1]}.ics")[1]


# ------------------------------------------------------------------------------------------------ what people wrote


def test_what_people_wrote_stays_text():
    title = "Möte; med, komman\nEND:VEVENT\nBEGIN:VEVENT"
    body = ics(Feed("Gruppen", (Entry("record-1", 3, date(2026, 9, 15), title, "x", 1),)), now=NOW)

    [(day, said, sequence)] = events(body).values()
    assert (day, sequence) == (date(2026, 9, 15), 3)
    assert said == title
    assert b"BEGIN:VALARM" in body


SIGNS = st.sampled_from(
    [
        "a",
        "å",
        "🦊",
        "\\",
        ";",
        ",",
        ":",
        '"',
        "\n",
        "\r",
        "\t",
        "\x00",
        "\u2028",
        "\x85",
        " ",
        "BEGIN:VEVENT",
        "\\n",
    ]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(SIGNS, max_size=90).map("".join))


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.booleans())
def test_whatever_people_wrote_comes_back_as_they_wrote_it(name: str, title: str, text: str, gone: bool):
    entry = Entry("record-1", 1, date(2028, 2, 29), title, text, 1, NOW, gone)
    body = ics(Feed(name, (entry,)), now=NOW)

    strictly(body)
    [event] = Calendar.from_ical(body).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event.get("DESCRIPTION", ""))) == (cleaned(title), cleaned(text))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2028, 2, 29), date(2028, 3, 1))
    assert len(event.walk("VALARM")) == (0 if gone else 1)


def cleaned(text: str) -> str:
    return "".join(
        " " if category(sign) in ("Cc", "Cs", "Zl", "Zp") and sign != "\n" else sign for sign in text
    )
