"""Two groups of one organisation with the same method: each has its own booked times and measures, and its own alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversation.beginnings import begun_once
from tests.conversation.own_packs import install
from tests.conversation.talk import Talk

NORTH, SOUTH = "norr", "söder"


def begin(talk: Talk) -> None:
    install(talk, "samverkan-processtod")
    for room, group in ((NORTH, "Norr"), (SOUTH, "Söder")):
        for line in ("starta", "Kommunen", group, "-", "-"):
            talk.says("Ada", line, room=room)
    [pack] = talk.shelf.newest()
    fields = {
        "typ": "Workshop",
        "datum": "2026-09-21",
        "sam-steg": "Nuläge och förståelse",
        "sam-tid": "09:00–12:00",
    }
    for room, title in ((NORTH, "Norrs workshop"), (SOUTH, "Söders workshop")):
        talk.says("Ada", f"nytt tillfälle: {title}", room=room)
        for field in pack.registers["tillfallen"].fields[1:]:
            talk.says("Ada", fields.get(field.id, "-"), room=room)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    talk = begun_once(Talk, tmp_path / "coach.db", "two groups of one method", begin)
    yield talk
    talk.close()


@pytest.mark.parametrize("said", ["lista tillfällen", "kalender", "dagordning 2"])
def test_a_group_sees_its_own_times_alone(talk: Talk, said: str):
    for room, others in ((NORTH, "Söders"), (SOUTH, "Norrs")):
        told = talk.says("Ada", said, room=room)
        assert others not in told.text


def test_a_record_is_called_by_its_number_among_the_groups_own(talk: Talk):
    assert "Söders workshop" in talk.says("Ada", "visa tillfällen 1", room=SOUTH).text
    assert "record-number" in talk.says("Ada", "visa tillfällen 2", room=SOUTH).keys
