"""A question to colleagues outside the group: answered on a sheet, typed in for their level, and shown level by level."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.made_files import MadeFiles
from content.schema.files import Register
from storage import schema
from tests.conversation.talk import Talk, begin
from tests.dialogs.builders import a_pack, a_question, options, text

VOICES = Register.model_validate({
    "id": "roster", "title": text("Röster"), "singular": text("röst"), "what": text("Vad kollegor säger"),
    "scope": "group", "title-field": "vilka",
    "fields": [
        {"id": "vilka", "kind": "text", "title": text("Vilka"), "required": True},
        {"id": "niva", "kind": "choice", "title": text("Nivå"), "options": options("golv", "chefer")},
        {"id": "sade", "kind": "text", "title": text("Sade")},
    ],
})  # fmt: skip
LEVELS = {
    "id": "nivaer", "title": text("Flera nivåer"), "ask": text("Vad märker du?"),
    "audiences": [
        {"id": "golv", "title": {"sv": "Golvet", "en": "The floor"}}, {"id": "chefer", "title": text("Chefer")},
    ],
    "what": {"register": "roster", "by": "niva", "said": "sade"},
}  # fmt: skip


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, int]:
    file = tmp_path_factory.mktemp("staff") / "coach.db"
    schema.upgrade(f"sqlite:///{file}")
    talk = Talk(file)
    asked = a_question("roster-i-arbetet", "record", register="roster")
    with talk.uow() as uow:
        pack = a_pack(asked, a_question("efter"), coverage=[LEVELS], registers=[VOICES])
        uow.packs.put(pack, "summa", by="test", at=talk.clock.now())
        uow.commit()
    begin(talk)
    talk.close()
    return file, talk.events, talk.clock.seconds


@pytest.fixture
def talk(begun: tuple[Path, int, int], tmp_path: Path) -> Iterator[Talk]:
    file, events, seconds = begun
    shutil.copy(file, tmp_path / "coach.db")
    talk = Talk(tmp_path / "coach.db", events=events)
    talk.clock.seconds = seconds
    yield talk
    talk.close()


def test_what_colleagues_say_is_kept_for_their_level_and_shown_level_by_level(talk: Talk):
    told = talk.says("Bo", "för golvet: Mötena är kortare")
    assert {"staff-kept", "staff-still-unasked"} <= told.keys
    assert "Chefer" in told.text
    talk.says("Cia", "for the floor, 1.1: Vi får veta först")
    [first, second] = talk.journey().records_in("roster")
    assert first.fields == {"vilka": "Golvet", "niva": "golv", "sade": "Mötena är kortare"}
    assert second.fields["sade"] == "Vi får veta först"

    shown = talk.says("Ada", "nivåer")
    assert {"staff-level", "staff-unasked"} <= shown.keys
    assert "Mötena är kortare" in shown.text
    assert talk.differences() == []


def test_a_member_of_that_name_is_meant_before_a_level(talk: Talk):
    talk.says("Ada", "ny person: Chefer, grupp")
    talk.says("Ada", "för Chefer, 1.2: Ett svar")
    assert talk.journey().records_in("roster") == ()


def test_no_other_question_is_answered_for_a_level_and_no_stranger_types_in(talk: Talk):
    assert "person-unknown" in talk.says("Bo", "för golvet, 1.2: Ett svar").keys
    talk.says("Nils", "för golvet: Mötena är kortare")
    assert talk.journey().records_in("roster") == ()


@pytest.mark.parametrize("words", ["frågeblad", "frågeblad text"])
def test_the_sheet_asks_for_the_level_and_no_name(talk: Talk, words: str):
    talk.says("Bo", "för golvet: Mötena är kortare")
    [file] = [one.message.file for one in talk.says("Ada", words).letters if one.message.file]
    made = MadeFiles(talk.shelf, talk.clock, talk.book).make(file.recipe, talk.uow())
    assert made is not None
    if words == "frågeblad":
        assert made.startswith(b"%PDF-")
        assert b"pdfuaid" in made
    else:
        sheet = made.decode()
        assert "Vad märker du?" in sheet
        assert "Golvet" in sheet
        assert "Mötena är kortare" not in sheet
