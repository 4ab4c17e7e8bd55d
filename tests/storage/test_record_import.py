"""A file is read into a register over each kind of database, and no transaction of it reads what it judges by."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversation.talk import begin
from tests.conversation.yearly import Year
from tests.tables.importing import a_method_with_files, a_table, names, read_in, reading


@pytest.fixture
def year(engine, url: str, tmp_path: Path) -> Iterator[Year]:
    talk = Year(tmp_path / "unused.db", url=url)
    with talk.uow() as uow:
        uow.packs.put(a_method_with_files(), "summa", by="test", at=talk.clock.now())
        uow.commit()
    begin(talk)
    yield talk
    talk.close()


def test_rows_are_read_in_changed_and_never_doubled(year: Year):
    content = a_table(
        *(f"Samarbete {n};Nätverk;2028-01-02;Bo;Skola;Kommunstyrelsen;{n},5;Mål;Pågår" for n in range(23))
    )
    assert read_in(year, content) == []
    assert read_in(year, content) == []
    changed = a_table(*(f"Samarbete {n};Vänort" for n in range(23)))
    assert read_in(year, changed, update=True) == []

    assert names(year) == [f"Samarbete {n}" for n in range(23)]
    records = year.journey().records_in("samarbeten")
    assert {(one.fields["form"], one.state, one.revision) for one in records} == {("vanort", "pagar", 3)}
    year.is_what_the_journal_makes()
    with year.uow() as uow:
        assert len(uow.records.history(records[0].id)) == 3


def test_rows_are_written_a_few_at_a_time(year: Year):
    opened = 0

    def counted(act):
        nonlocal opened
        opened += 1
        act(year.uow())

    one = reading(year, write=counted)
    one.keep(one.judge(a_table(*(f"Samarbete {n};Nätverk" for n in range(25)))))

    assert opened == 3
