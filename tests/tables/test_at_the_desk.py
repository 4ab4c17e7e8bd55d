"""In the terminal a table is handed in by its path, and entered by a press, at the desk itself."""

from dataclasses import replace

from bot.files_in import read_file
from bot.ids import RandomIds
from bot.register_file import read_register_file
from bot.usecases.table_reading import Tables
from dialogs.incoming import Attached, Incoming, Said
from dialogs.model.borders import NONE
from dialogs.tables.columns import known_headings
from storage.errors import Conflict
from storage.unit_of_work import SqlUnitOfWork
from tests.conversation.talk import Talk, private
from tests.tables.importing import a_table, names


def read(content, registers, language):
    return read_register_file(
        content, lambda cells: max(known_headings(one, cells) for one in registers), language
    )


def test_a_table_is_handed_in_and_entered(talk: Talk):
    tables = Tables(
        looking=lambda: SqlUnitOfWork(talk.reading), shelf=talk.shelf, clock=talk.clock, ids=RandomIds(),
        book=talk.book, conflict=Conflict, read=read, borders=NONE,
    )  # fmt: skip
    talk.desk = replace(talk.desk, tables=tables)
    file = read_file("lista.csv", a_table("A;Nätverk", "B;Vänort"), today=talk.clock.today())
    said = Said("", "s", attached=(Attached("lista.csv", "", "x"),))

    talk.desk.take(
        Incoming("terminal", "", "e", "ada", "Ada", private("Ada"), True, talk.clock.now(), said), {"x": file}
    )
    told = talk.hear()
    assert names(talk) == []
    talk.presses("Ada", told.button("enter-table"), in_private=True)

    assert names(talk) == ["A", "B"]
    assert talk.differences() == []
