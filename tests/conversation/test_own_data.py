"""A member exports their own data: all that is kept of them, in private, and nobody else's words."""

import json
from io import BytesIO
from typing import Any, get_args
from zipfile import ZipFile

from content.phrases.book import Phrasebook
from dialogs.events import AnyEvent
from dialogs.reports.own_data import FULL
from storage.tables import metadata
from storage.whose import COPIES, NOBODYS, THEIRS
from tests.conversation.talk import Talk, answer_until
from tests.files.office import file_in, made

SECRET = "Bara Cias egna ord"


def own_data(talk: Talk, who: str, said: str = "exportera mina uppgifter") -> tuple[dict[str, Any], str]:
    """Return what was handed to somebody: the data, and the text to read."""
    told = talk.privately(who, said)
    with ZipFile(BytesIO(made(talk, file_in(told)) or b"")) as opened:
        texts = {name.rpartition(".")[2]: opened.read(name).decode() for name in opened.namelist()}
    return json.loads(texts["json"]), texts["md"]


def a_busy_group(talk: Talk) -> None:
    talk.says("Bo", "Bo vill mer", to="1.1")
    talk.says("Cia", SECRET, to="1.1")
    talk.says("Bo", "för Cia 1.1: Cia sa så här")
    talk.says("Ada", "utkast 1.1: Vi vill mer, tillsammans")
    talk.says("Ada", "fastställ 1.1")
    talk.says("Bo", "borta till 2026-10-01")
    talk.says("Bo", "påminnelser lätt")
    talk.says("Bo", "ny idé: Solceller")
    talk.privately("Bo", "ett halvt ord")
    answer_until(talk, "1.7")
    talk.privately("Bo", "1.7: Hemligt och anonymt")


def test_a_member_gets_all_that_is_kept_of_them_and_none_of_the_others_words(talk: Talk):
    a_busy_group(talk)

    data, text = own_data(talk, "Bo")

    did = {row["did"] for row in data["parts"]["said"]}
    assert did >= {"contributed", "contributed-for", "contributed-anonymously"}
    assert "Bo vill mer" in text
    assert [row["group"] for row in data["parts"]["memberships"]] == [talk.journey().group_name]
    assert data["parts"]["terms"][0]["intensity"]
    assert data["parts"]["absences"][0]["until"] == "2026-10-01"
    for theirs in (SECRET, "Cia sa så här", "Hemligt och anonymt", "tillsammans"):
        assert theirs not in text
        assert theirs not in json.dumps(data, ensure_ascii=False)
    assert set(data["left_out"]) == {"anonymous", "others", "wiped", "secrets", "copies"}


def test_what_somebody_said_for_me_is_mine_and_who_entered_it_is_told(talk: Talk):
    a_busy_group(talk)

    data, text = own_data(talk, "Cia")

    [entered] = [row for row in data["parts"]["said"] if row.get("by")]
    assert (entered["said"], entered["by"]) == ("Cia sa så här", "Bo")
    assert "Bo vill mer" not in text


def test_asked_for_in_the_channel_it_comes_in_private_and_is_noted(talk: Talk):
    a_busy_group(talk)

    told = talk.says("Bo", "export my data")

    assert [letter.room.external for letter in told.letters if letter.message.file] == ["privat:bo"]
    assert "Bo vill mer" not in told.in_room().text
    [note] = talk.rows("select person, about from audit where kind = 'own-data-exported'")
    assert note[0] == note[1]


def test_in_english_it_is_told_in_english(talk: Talk):
    a_busy_group(talk)
    talk.privately("Bo", "language English")

    _, text = own_data(talk, "Bo")

    assert text.startswith("# What is kept of Bo")


def test_each_row_that_names_a_person_stands_in_a_table_that_is_looked_in(talk: Talk):
    """Whoever adds a table says whose its rows are: in the list that own data, and one day erasure, go by."""
    a_busy_group(talk)
    bo = talk.member("Bo").person.id

    listed = {one.table for one in THEIRS} | set(COPIES) | set(NOBODYS)
    naming = {table for table, rows in talk.everything().items() if any(bo in row for row in rows)}

    assert listed == set(metadata.tables)
    assert naming & set(NOBODYS) == set()
    for theirs in THEIRS:
        assert {*theirs.by, *theirs.tells.values()} <= set(metadata.tables[theirs.table].c.keys())


def test_every_part_label_and_kind_of_event_has_words():
    kinds = [member.__dataclass_fields__["kind"].default for member in get_args(get_args(AnyEvent)[0])]
    parts = {one.part for one in THEIRS if one.part} | set(FULL)
    labels = {name for one in THEIRS if one.part in FULL for name in one.tells} - {"at", "what"}
    book = Phrasebook.load()

    for key in (
        *(f"own-did-{kind}" for kind in kinds),
        *(f"own-part-{part}" for part in parts),
        *(f"own-label-{label}" for label in labels),
    ):
        assert book.phrase(key, "sv"), key
