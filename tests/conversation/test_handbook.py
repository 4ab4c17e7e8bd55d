"""The handbook: a group's own lessons, and what other groups and organisations share of theirs, for as long as they do."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.files import Recipe
from dialogs.model.borders import Borders
from storage import schema
from storage.mapping import pack_value
from tests.conversation.beginnings import begun_once
from tests.conversation.own_packs import install
from tests.conversation.talk import Talk, Told
from tests.files.office import file_in, made_files
from tools.released_packs import FOLDER

CARE, SISTER, HOTEL = "omsorgen", "hemtjänsten", "hotellet"
ASK = {
    "lardom": "Fråga nattpersonalen först",
    "tema": "Egenmakt",
    "hur": "De visste när det hände.",
    "rad": "Gå en natt innan ni bestämmer.",
}


def starts(talk: Talk, who: str, room: str, organisation: str, group: str) -> None:
    for line in ("starta", organisation, group, "-", "Ledningen"):
        talk.says(who, line, room=room)
    talk.privately(who, "hjälp")


def begin(talk: Talk) -> None:
    """Two organisations: Ada's has two groups, Hugo's has one."""
    install(talk, "benchlearning")
    starts(talk, "Ada", CARE, "Omsorgen", "Norrgården")
    starts(talk, "Ada", SISTER, "Omsorgen", "Hemtjänsten")
    starts(talk, "Hugo", HOTEL, "Hotell Norden", "Receptionen")


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    talk = begun_once(Talk, tmp_path / "coach.db", "handbook", begin)
    yield talk
    talk.close()


def writes(talk: Talk, who: str, room: str, *, done: bool = True, **fields: str) -> None:
    """Somebody fills in the whole form, and the lesson comes into the group's handbook."""
    fields = {**ASK, **fields}
    journey = talk.journey(talk.rows(f"select j.id from journey j join room r on r.id = j.room where r.external = '{room}'")[0][0])  # fmt: skip
    model = talk.shelf.pack(journey.pack, journey.version).registers["lardomar"]
    talk.says(who, f"ny lärdom: {fields['lardom']}", room=room)
    for field in model.fields[1:]:
        talk.says(who, fields.get(field.id, "-"), room=room)
    if done:
        number = len(talk.rows("select 1 from record where register_id = 'lardomar' and journey = :id", id=journey.id))  # fmt: skip
        talk.says(who, f"markera lärdomar {number}: i handboken", room=room)


def handbook(talk: Talk, who: str, room: str) -> Told:
    return talk.says(who, "visa handboken", room=room)


def test_another_organisation_reads_what_is_shared_with_everybody_and_whose_it_is(talk: Talk):
    writes(talk, "Hugo", HOTEL, delas="alla")
    writes(talk, "Ada", CARE, lardom="Börja i köket", rad="Ät först.")

    told = handbook(talk, "Ada", CARE)
    assert {"document-lent", "document-lent-count", "document-lent-source"} <= told.keys
    own, others = told.text.index("Börja i köket"), told.text.index("Fråga nattpersonalen först")
    assert own < others
    assert "Gå en natt innan ni bestämmer. Från Receptionen, Hotell Norden." in told.text
    assert "Hugo" not in told.text

    file = file_in(talk.says("Ada", "dokument handboken som text med källor", room=CARE))
    made = made_files(talk).make(file.recipe, talk.uow())
    assert made is not None
    assert "Delas av Receptionen, Hotell Norden" in made.decode()
    assert "Hugo" not in made.decode()


def test_taken_back_it_is_gone_from_the_next_one_made(talk: Talk):
    writes(talk, "Hugo", HOTEL, delas="alla")
    assert ASK["lardom"] in handbook(talk, "Ada", CARE).text
    file = file_in(talk.says("Ada", "dokument handboken som text", room=CARE))

    talk.says("Hugo", "sluta dela lärdomar 1", room=HOTEL)

    told = handbook(talk, "Ada", CARE)
    assert ASK["lardom"] not in told.text
    assert "document-lent-none" in told.keys
    made = made_files(talk).make(
        file.recipe, talk.uow()
    )  # what was offered before is made of what is shared now
    assert made is not None
    assert ASK["lardom"] not in made.decode()
    assert ASK["lardom"] in handbook(talk, "Hugo", HOTEL).text


@pytest.mark.parametrize(
    ("fields", "sister", "hotel"),
    [
        ({}, False, False),
        ({"delas": "gruppen"}, False, False),
        ({"delas": "organisationen"}, True, False),
        ({"delas": "alla"}, True, True),
        ({"delas": "alla", "done": False}, False, False),
    ],
    ids=["no choice", "the group", "the organisation", "everybody", "not in the handbook yet"],
)
def test_it_is_read_as_far_as_was_chosen(talk: Talk, fields, sister: bool, hotel: bool):
    writes(talk, "Ada", CARE, **fields)

    assert (ASK["lardom"] in handbook(talk, "Ada", SISTER).text) is sister
    assert (ASK["lardom"] in handbook(talk, "Hugo", HOTEL).text) is hotel
    assert ASK["lardom"] not in talk.says("Ada", "lista lärdomar", room=SISTER).text


def test_what_was_written_for_the_organisation_stays_there_until_its_group_says_otherwise(tmp_path: Path):
    """A group that began with the earlier method wrote for its organisation: no other reads it, and none had to choose."""
    file = tmp_path / "coach.db"
    schema.upgrade(f"sqlite:///{file}")
    talk = Talk(file)
    stored = pack_value(gzip.decompress((FOLDER / "benchlearning-1.1.0.json.gz").read_bytes()).decode())
    with talk.uow() as uow:
        uow.packs.put(stored, "earlier", by="test", at=talk.clock.now())
        uow.commit()
    talk.open()
    starts(talk, "Ada", CARE, "Omsorgen", "Norrgården")
    writes(talk, "Ada", CARE)
    install(talk, "benchlearning")
    talk.open()
    starts(talk, "Ada", SISTER, "Omsorgen", "Hemtjänsten")
    starts(talk, "Hugo", HOTEL, "Hotell Norden", "Receptionen")

    assert ASK["lardom"] in handbook(talk, "Ada", SISTER).text
    assert ASK["lardom"] not in handbook(talk, "Hugo", HOTEL).text
    talk.says("Ada", "dela lärdomar 1: alla", room=SISTER)  # it is another group's
    assert ASK["lardom"] not in handbook(talk, "Hugo", HOTEL).text

    talk.says("Ada", "byt version", room=CARE)
    assert "Omsorgen" in talk.says("Ada", "dela lärdomar 1", room=CARE).text
    talk.says("Ada", "dela lärdomar 1: alla", room=CARE)
    assert ASK["lardom"] in handbook(talk, "Hugo", HOTEL).text
    talk.says("Ada", "sluta dela lärdomar 1", room=CARE)
    for who, room in (("Ada", SISTER), ("Hugo", HOTEL)):
        assert ASK["lardom"] not in handbook(talk, who, room).text
    assert ASK["lardom"] in handbook(talk, "Ada", CARE).text
    talk.close()


def test_an_adopted_handbook_keeps_what_it_held_and_the_next_draft_tells_no_word_of_it(talk: Talk):
    writes(talk, "Hugo", HOTEL, delas="alla")
    talk.says("Ada", "anta handboken: Ledningen; 2026-09-01; § 1", room=CARE)
    adopted = handbook(talk, "Ada", CARE).text
    assert "Version 1" in adopted
    assert ASK["lardom"] in adopted

    talk.says("Hugo", "sluta dela lärdomar 1", room=HOTEL)

    draft = handbook(talk, "Ada", CARE)
    assert "Något som en annan grupp delade då är inte med längre" in draft.text
    assert ASK["lardom"] not in draft.text
    adopted = file_in(talk.says("Ada", "dokument handboken version 1 som text", room=CARE))
    made = made_files(talk).make(adopted.recipe, talk.uow())
    assert made is not None
    assert ASK["lardom"] in made.decode()


def test_of_what_one_may_not_meet_nothing_is_lent(talk: Talk):
    """The hotel may not be met where Ada's groups talk."""
    writes(talk, "Hugo", HOTEL, delas="alla")
    writes(talk, "Ada", SISTER, lardom="Börja i köket", delas="alla")
    borders = Borders({("terminal", ""): ("Omsorgen",)})
    talk.desk = replace(talk.desk, borders=borders)

    told = handbook(talk, "Ada", CARE)
    assert "Börja i köket" in told.text
    assert ASK["lardom"] not in told.text
    [(ada,)] = talk.rows("select id from person where name = 'Ada'")
    [(journey,)] = talk.rows("select j.id from journey j join room r on r.id = j.room where r.external = :room", room=CARE)  # fmt: skip
    files = replace(made_files(talk), borders=borders)
    made = files.make(Recipe("document-md", str(ada), str(journey), "handbok", "sv"), talk.uow())
    assert made is not None
    assert "Börja i köket" in made.decode()
    assert ASK["lardom"] not in made.decode()


def test_a_lesson_about_no_theme_stands_among_the_others(talk: Talk):
    writes(talk, "Hugo", HOTEL, tema="-", delas="alla")

    for who, room in (("Hugo", HOTEL), ("Ada", CARE)):
        assert ASK["lardom"] in handbook(talk, who, room).text.split("Annat")[1]
