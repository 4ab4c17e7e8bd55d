"""Calendar files and secret addresses: the same dates, under ids that stay, for whoever may read them."""

import asyncio
from datetime import UTC, date, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from icalendar import Calendar

from bot.feeds import routes
from bot.ics import ics
from bot.usecases.feed import Feed
from content.phrases.book import Phrasebook
from dialogs.reports.entries import Entry
from storage import schema
from tests.calendar.plans import PLAN
from tests.conversation.talk import Talk, begin

NOW = datetime(2026, 9, 1, 7, tzinfo=UTC)


@pytest.fixture
def talk(tmp_path):
    file = tmp_path / "coach.db"
    schema.upgrade(f"sqlite:///{file}")
    talk = Talk(file)
    with talk.uow() as uow:
        uow.packs.put(PLAN, "summa", by="test", at=NOW)
        uow.commit()
    begin(talk)
    for line in ("ny insats: Ring Bryssel", "2026-09-15", "Bo"):
        talk.says("Ada", line)
    for line in ("ny insats: Skriv planen", "2026-10-01", "Ada"):
        talk.says("Ada", line)
    talk.says("Ada", "sammanträde Kommunstyrelsen: 2026-09-22, stopp 2026-09-10")
    yield talk
    talk.close()


def put_feed(talk: Talk, secret: str, who: str, *, group: bool = False) -> None:
    journey = talk.journey().id if group else ""
    with talk.uow() as uow:
        [person] = uow.people.named(who, None)
        uow.calendar.put_feed(secret, person.id, journey, NOW)
        uow.commit()


def fetched(talk: Talk, path: str) -> tuple[int, bytes]:
    async def read(look):
        return look(talk.uow())

    async def get() -> tuple[int, bytes]:
        app = web.Application()
        app.add_routes(
            routes(read, shelf=talk.shelf, clock=talk.clock, book=Phrasebook.load(), language="sv")
        )
        async with TestClient(TestServer(app)) as client:
            answer = await client.get(path)
            return answer.status, await answer.read()

    return asyncio.run(get())


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


def test_what_people_wrote_stays_text():
    title = "Möte; med, komman\nEND:VEVENT\nBEGIN:VEVENT"
    body = ics(Feed("Gruppen", (Entry("record-1", 3, date(2026, 9, 15), title, "x", 1),)), now=NOW)

    [(day, said, sequence)] = events(body).values()
    assert (day, sequence) == (date(2026, 9, 15), 3)
    assert said == title
    assert b"BEGIN:VALARM" in body
