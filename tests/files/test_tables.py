"""A table that a member sends in private is read by the registers' headings, told line by line, and entered by a press."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from bot.apart import Apart, NotDone
from bot.files_in import read_file
from bot.ids import RandomIds
from bot.register_file import read_register_file
from bot.tables_apart import TablesApart
from bot.usecases.table_reading import Tables
from content.schema.files import Register
from dialogs.files import FileIn
from dialogs.incoming import Attached, Incoming, Said
from dialogs.model.borders import Borders
from dialogs.tables.columns import known_headings
from storage.errors import Conflict
from tests.conversation.talk import Told, begin, private
from tests.conversation.workplace import Workplace, account
from tests.dialogs.builders import a_register
from tests.files.office import file_in, made

SENT = Attached("ideer.csv", "https://slack/lista", "https://files/lista")
FINE = "Namn;Dag;För\nCykelbana;2027-03-01;Skola\nLek;;\n".encode()


def read(content: bytes, registers: tuple[Register, ...], language: str):
    """Read a file as it is read apart, without the cost of a process of its own."""
    return read_register_file(
        content, lambda cells: max(known_headings(one, cells) for one in registers), language
    )


def tables(work: Workplace, **other: object) -> Tables:
    given = {
        "looking": work.looking, "shelf": work.shelf, "clock": work.clock, "ids": RandomIds(), "book": work.book,
        "conflict": Conflict, "read": read, "borders": Borders(),
    }  # fmt: skip
    return Tables(**(given | other))  # type: ignore[arg-type]


@pytest.fixture
def work(work: Workplace) -> Workplace:
    work.tables = tables(work)
    return work


def sends(work: Workplace, who: str, content: bytes, name: str = "ideer.csv", url: str = SENT.url) -> Told:
    sent = replace(SENT, name=name, url=url)
    said = Said("", "m1", attached=(sent,))
    incoming = Incoming(work.door, "T1", "e", account(who), who, private(who), True, work.clock.now(), said)
    assert work.tables is not None
    work.files = {sent.fetch: work.tables.look(incoming, read_file(name, content, today=work.clock.today()))}
    return work._take(who, said, private(who), is_private=True)


def presses(work: Workplace, who: str, told: Told, action: str = "enter-table") -> Told:
    return work.presses(who, told.button(action), in_private=True)


def names(work: Workplace) -> list[object]:
    return [one.fields["namn"] for one in work.journey().records_in("ideer")]


def waiting(work: Workplace) -> int:
    return len(work.rows("select id from table_in_waiting"))


# ------------------------------------------------------------------------------------------------ in


@pytest.mark.parametrize("who", ["Ada", "Bo"])
def test_nothing_is_written_before_the_press_and_then_all_of_it(work: Workplace, who: str):
    told = sends(work, who, FINE)
    assert {"table-fits", "table-waits"} <= told.keys
    assert told.actions == ["enter-table"]
    assert (names(work), waiting(work)) == ([], 1)

    entered = presses(work, who, told)

    assert {"table-entered", "records-were-imported"} <= entered.keys
    assert (names(work), waiting(work)) == (["Cykelbana", "Lek"], 0)
    [record, _] = work.journey().records_in("ideer")
    person = work.member(who).person.id
    assert record.by == person
    assert work.rows("select person from audit where kind = 'records-imported'") == [(person,)]
    assert work.differences() == []


def test_a_spreadsheet_is_entered_as_well(work: Workplace):
    book, content = Workbook(), BytesIO()
    for row in (["Idéer"], ["Name (en)", "Namn", "Status"], ["?", "Cykelbana", "Vald"]):
        book.active.append(row)
    book.save(content)

    presses(work, "Ada", sends(work, "Ada", content.getvalue(), "bok.xlsx"))

    [record] = work.journey().records_in("ideer")
    assert (record.fields["namn"], record.state) == ("Cykelbana", "vald")


def test_pressing_twice_or_sending_it_again_enters_nothing_twice(work: Workplace):
    told = sends(work, "Ada", FINE)
    presses(work, "Ada", told)

    assert "table-waits-no-more" in presses(work, "Ada", told).keys
    again = sends(work, "Ada", FINE)

    assert "table-nothing-new" in again.keys
    assert again.actions == []
    assert names(work) == ["Cykelbana", "Lek"]


def test_what_is_wrong_is_told_line_by_line_and_nothing_is_kept(work: Workplace):
    told = sends(work, "Ada", FINE + b"Bad;30 februari 2027;Parken\n")

    assert {"table-wrong", "import-not-a-date", "unit-unknown", "table-send-again"} <= told.keys
    assert told.text.count("Rad 4") == 2
    assert told.actions == []
    assert (names(work), waiting(work)) == ([], 0)


def test_a_long_report_comes_as_a_file_as_well(work: Workplace):
    told = sends(work, "Ada", FINE + b"".join(b"Nr %d;fel;\n" % n for n in range(40)))

    content = made(work, file_in(told))
    assert content is not None
    assert content.decode().count("\n- ") == 39
    assert told.text.count("\n- ") == 15
    assert made(work, replace(file_in(told), recipe=replace(file_in(told).recipe, person="annan"))) is None
    assert work.rows("select sheet from table_in_waiting") == [("",)]


def test_what_is_there_is_changed_by_a_button_of_its_own(work: Workplace):
    presses(work, "Ada", sends(work, "Ada", FINE))

    told = sends(work, "Ada", b"Namn;Dag\nLek;2027-05-01\nPark;\n")
    assert "import-is-there-in-chat" in told.keys
    assert told.actions == ["enter-table", "judge-table"]
    shown = presses(work, "Ada", told, "judge-table")
    assert names(work) == ["Cykelbana", "Lek"]
    presses(work, "Ada", shown)

    assert [one.fields.get("dag") for one in work.journey().records_in("ideer")] == [
        "2027-03-01",
        "2027-05-01",
        None,
    ]


def entered(work: Workplace) -> dict[str, int]:
    with work.uow() as uow:
        journeys = [uow.journeys.whole(one.id) for one in uow.journeys.all()]
    return {one.group_name: len(one.records_in("ideer")) for one in journeys}


def test_which_group_is_asked_where_it_can_be_several(work: Workplace):
    begin(work, room="parken", group="Parkgruppen")
    told = sends(work, "Ada", FINE)
    assert "table-which-register" in told.keys
    [park] = [one for one in told.buttons if "Parkgruppen" in one.label]
    assert len(told.buttons) == 2

    shown = work.presses("Ada", park, in_private=True)
    assert not any(entered(work).values())
    presses(work, "Ada", shown)

    assert {name: n for name, n in entered(work).items() if n} == {"Parkgruppen": 2}


# ------------------------------------------------------------------------------------------------ who, and what else


def test_whoever_may_not_write_there_is_told_so(work: Workplace):
    with work.uow() as uow:
        uow.people.tie(work.door, "T1", account("Karl"), work.member("Karl").person.id)
        uow.commit()

    assert "table-only-members" in sends(work, "Karl", FINE).keys
    assert "table-only-members" in sends(work, "Eva", FINE).keys
    assert (names(work), waiting(work)) == ([], 0)


def test_a_button_is_only_its_owners_and_only_while_they_may(work: Workplace):
    told = sends(work, "Bo", FINE)
    assert "table-waits-no-more" in presses(work, "Ada", told).keys

    work.says("Ada", "ta bort person: Bo")
    refused = presses(work, "Bo", told)

    assert {"table-only-members", "not-a-member"} & refused.keys
    assert names(work) == []


def test_nothing_is_entered_where_the_organisation_may_not_be_met(work: Workplace):
    told = sends(work, "Ada", FINE)
    work.tables = tables(work, borders=Borders({(work.door, "T1"): ("Regionen",)}))

    assert "table-only-members" in presses(work, "Ada", told).keys
    assert "table-only-members" in sends(work, "Ada", FINE).keys
    assert names(work) == []


def test_it_waits_for_an_hour_and_is_erased_then(work: Workplace):
    told = sends(work, "Ada", FINE)
    work.clock.seconds += round(timedelta(hours=1).total_seconds())

    assert "table-waits-no-more" in presses(work, "Ada", told).keys
    work.clock.day += timedelta(days=1)
    work.desk.look_at_a_new_day()
    assert (names(work), waiting(work)) == ([], 0)


def test_a_press_that_was_cut_short_asks_for_another(work: Workplace):
    told = sends(work, "Ada", FINE)
    seen_to, work.tables = work.tables, None

    assert "table-press-again" in presses(work, "Ada", told).keys
    work.tables = seen_to
    assert "table-entered" in presses(work, "Ada", told).keys


@pytest.mark.parametrize(
    ("name", "content", "phrase"),
    [
        ("deltagare.csv", b"Deltagare;Ort\nBo;Alvesta\n", "table-fits-nowhere"),
        ("bok.xlsx", b"PK\x03\x04 xl/workbook.xml", "import-spreadsheet-broken"),
        ("bok.xls", b"\xd0\xcf\x11\xe0" + bytes(20), "import-old-spreadsheet"),
        ("tom.csv", b"Namn;Dag\n", "import-empty"),
        ("brev.txt", b"Hej hopp\n", "file-nobody-takes"),
        ("lista.csv", b'Namn;Dag\n"Lek;\n', "import-quotes"),
        ("lista.csv", b"Namn\n" + b"x\n" * 5001, "import-too-many-rows"),
    ],
)
def test_what_cannot_be_read_is_said_kindly_and_is_a_named_link_as_any(
    work: Workplace, name: str, content: bytes, phrase: str
):
    told = sends(work, "Ada", content, name)

    assert phrase in told.keys
    assert {"file-with-words", "file-needs-words"} & told.keys
    assert (names(work), waiting(work)) == ([], 0)
    assert sends(work, "Ada", content, name, url="").keys & {"file-with-words", "file-needs-words"} == set()


# ------------------------------------------------------------------------------------------------ apart


@pytest.mark.e2e
def test_a_file_is_read_in_a_process_of_its_own():
    apart, registers = TablesApart(), (a_register(),)
    assert apart.read(FINE + b"=1;;", registers, "sv") == read(FINE + b"=1;;", registers, "sv")
    assert apart.read(b"A;B\n1;2", registers, "sv") == read(b"A;B\n1;2", registers, "sv")


def test_one_that_takes_too_long_is_ended_and_told():
    with pytest.raises(NotDone):
        Apart(0.01).do("read-table", FINE, b"sv")
    told = TablesApart(Apart(0.01)).read(FINE, (a_register(),), "sv")

    assert getattr(told, "key", "") == "import-spreadsheet-too-big"


def test_what_is_not_known_as_a_table_is_left_as_it_is(work: Workplace):
    assert work.tables is not None
    picture = FileIn("bild.png")

    said = Said("", "m1", attached=(Attached("bild.png", "", "x"),))
    incoming = Incoming(
        work.door, "T1", "e", account("Ada"), "Ada", private("Ada"), True, work.clock.now(), said
    )
    assert work.tables.look(incoming, picture) is picture


# ------------------------------------------------------------------------------------------------ out


@pytest.mark.parametrize(("who", "words"), [("Bo", "exportera idéer"), ("Ada", "export idéer")])
@pytest.mark.e2e
def test_a_register_is_handed_out_as_a_spreadsheet_that_can_be_sent_back(
    work: Workplace, who: str, words: str
):
    presses(work, "Ada", sends(work, "Ada", FINE))

    file = file_in(work.privately(who, words))

    content = made(work, file)
    assert content is not None
    assert file.name.endswith(".xlsx")
    rows = list(load_workbook(BytesIO(content)).active.values)
    assert [row[0] for row in rows] == ["Namn", "Cykelbana", "Lek"]
    assert "table-nothing-new" in sends(work, "Ada", content, file.name).keys
    assert "exported" in [kind for (kind,) in work.rows("select kind from audit")]


def test_which_registers_there_are_is_told_and_other_words_are_words(work: Workplace):
    assert "export-which" in work.privately("Ada", "exportera").keys
    assert "export-which" not in work.privately("Ada", "exportera mer trä").keys
    assert "file-here" not in work.privately("Eva", "exportera idéer").keys
