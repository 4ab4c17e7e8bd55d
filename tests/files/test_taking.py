"""A file that whoever leads sends in private is read by what it holds; nobody else's is, and nothing of it is kept."""

from datetime import date

import pytest

from bot.files_in import READERS, read_file
from bot.usecases.taking_files import TAKERS, to_fetch
from dialogs.files import MOST_BYTES_IN, FileIn
from dialogs.incoming import Attached, Incoming, Said
from dialogs.model.problem import Problem
from tests.conversation.talk import DAY, Told, private
from tests.conversation.workplace import Workplace, account

TABLE = b"organ;datum;handlingsstopp\nKommunstyrelsen;2026-12-08;2026-11-30\nKommunstyrelsen;2027-01-12;\n"
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260901T000000Z\r\n"
    b"DTSTART;VALUE=DATE:20261208\r\nSUMMARY:Kommunstyrelsen\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
BOOK = b"PK\x03\x04" + bytes(40)
SENT = Attached("lista.csv", "https://slack/lista", "https://files/lista")


def test_who_reads_a_kind_and_who_takes_it_know_the_same_kinds():
    assert {one.kind for one in READERS} == TAKERS.keys()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("lista.csv", TABLE, "meetings"),
        ("bild.png", TABLE, "meetings"),
        ("a.ics", CALENDAR, "meetings"),
        ("a.txt", b"\xef\xbb\xbf\n" + CALENDAR, "meetings"),
        ("lista.csv", "organ;datum\nKommunstyrelsen;2026-12-08".encode("utf-16"), "meetings"),
        ("deltagare.csv", b"namn;datum\nBo;2026-12-08\n", "table"),
        ("lista.csv", BOOK, ""),
        ("a.ics", b"\x89PNG\r\n\x1a\n", ""),
        ("tom.csv", b"", ""),
    ],
)
def test_what_a_file_is_shows_in_what_it_holds(name: str, content: bytes, kind: str):
    read = read_file(name, content, today=DAY)

    assert (read.name, read.kind, read.slip) == (name, kind, None)


def test_a_file_that_is_too_large_is_not_read():
    assert read_file("a.csv", TABLE + b" " * MOST_BYTES_IN, today=DAY).slip is not None


# ------------------------------------------------------------------------------------------------ whose are fetched


def came(work: Workplace, who: str, *, text: str = "", is_private: bool = True, sent: Attached = SENT):
    room = private(who) if is_private else "kanalen"
    said = Said(text, "m1", attached=(sent,))
    incoming = Incoming(work.door, "T1", "e", account(who), who, room, is_private, work.clock.now(), said)
    return to_fetch(incoming, uow=work.looking(), shelf=work.shelf)


def test_files_of_whoever_leads_and_of_admins_are_fetched(work: Workplace):
    organisation = work.journey().organisation
    with work.uow() as uow:
        [eva] = uow.people.named("Eva", None)
        uow.organisations.add_admin(organisation, eva.id)
        uow.commit()

    assert came(work, "Ada") == came(work, "Eva") == (SENT,)


def test_of_whoever_may_write_in_a_register_those_are_fetched_that_may_be_tables(work: Workplace):
    assert came(work, "Bo") == (SENT,)
    assert came(work, "Karl") == ()


def test_nobody_elses_are_and_none_that_comes_with_words_or_among_others(work: Workplace):
    assert came(work, "Bo", sent=Attached("bild.png", "https://slack/b", "https://files/b")) == ()
    assert came(work, "Eva") == ()
    assert came(work, "Okänd") == ()
    assert came(work, "Ada", text="Vårt svar") == ()
    assert came(work, "Ada", is_private=False) == ()
    assert came(work, "Ada", sent=Attached("a", "https://a")) == ()


# ------------------------------------------------------------------------------------------------ what comes of them


def sends(work: Workplace, who: str, file: FileIn, sent: Attached = SENT) -> Told:
    work.files = {sent.fetch: file}
    return work._take(who, Said("", "m1", attached=(sent,)), private(who), is_private=True)


def meetings(work: Workplace) -> list[tuple[date, date | None]]:
    organisation = work.journey().organisation
    with work.uow() as uow:
        found = uow.calendar.meetings(organisation, since=DAY)
    return [(one.day, one.document_stop) for one in found]


@pytest.mark.parametrize("content", [TABLE, CALENDAR])
def test_meetings_are_entered(work: Workplace, content: bytes):
    told = sends(work, "Ada", read_file("lista.csv", content, today=DAY))

    assert {"meetings-imported", "meetings-of"} <= told.keys
    assert (date(2026, 12, 8), date(2026, 11, 30) if content == TABLE else None) in meetings(work)
    assert "meetings-kept" in [kind for (kind,) in work.rows("select kind from audit")]


def test_all_of_a_file_is_entered_or_nothing(work: Workplace):
    told = sends(work, "Ada", read_file("a.csv", TABLE + b"Okand;2026-12-09;\n", today=DAY))

    assert "file-nothing-taken" in told.keys
    assert meetings(work) == []


def test_the_same_file_again_changes_nothing(work: Workplace):
    file = read_file("a.csv", TABLE, today=DAY)
    sends(work, "Ada", file)
    before = meetings(work)

    sends(work, "Ada", file)

    assert meetings(work) == before


def test_whoever_does_not_lead_enters_none(work: Workplace):
    told = sends(work, "Bo", read_file("a.csv", TABLE, today=DAY))

    assert "only-leader-or-admin" in told.keys
    assert meetings(work) == []


def test_whoever_looks_after_several_organisations_is_asked_to_say_which(work: Workplace):
    ada = work.member("Ada").person.id
    with work.uow() as uow:
        uow.organisations.add_admin(uow.organisations.add("Regionen"), ada)
        uow.commit()

    told = sends(work, "Ada", read_file("a.csv", TABLE, today=DAY))

    assert "file-whose-meetings" in told.keys
    assert meetings(work) == []


def test_what_nobody_takes_is_a_named_link_as_before_and_that_is_said(work: Workplace):
    told = sends(work, "Ada", read_file("bok.xlsx", BOOK, today=DAY))

    assert "file-nobody-takes" in told.keys
    assert {"file-with-words", "file-needs-words"} & told.keys


def test_what_could_not_be_fetched_is_said(work: Workplace):
    slip = Problem("file-not-fetched", {"name": "lista.csv"})

    assert "file-not-fetched" in sends(work, "Ada", FileIn("lista.csv", slip=slip)).keys


def test_nothing_of_a_refused_file_is_kept_and_nobody_keeps_where_its_bytes_were(work: Workplace):
    sends(work, "Ada", read_file("a.csv", TABLE + b"Okand;2026-12-09;\n", today=DAY))
    sends(work, "Ada", read_file("bok.xlsx", BOOK, today=DAY))

    rows = [row for rows in work.everything().values() for row in rows]
    assert not [row for row in rows if SENT.fetch in row]
    assert not [row for row in rows if "2027-01-12" in row]
