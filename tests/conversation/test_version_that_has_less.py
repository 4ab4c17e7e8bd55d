"""Going over to a version that lacks a checkpoint or a role which the group has in use, or back to one."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.usecases.export import export
from content.pack import Pack
from content.phrases.book import Phrasebook
from tests.conversation.talk import Talk
from tests.conversation.yearly import LOOK, TALKS, Year, a_checkpoint, a_year, a_yearly
from tests.dialogs.builders import ROLES, a_pack, a_question, as_version, text

OPEN = date(2026, 9, 17)  # two weeks before the day of both checkpoints
NEW = a_checkpoint(
    "nyheten",
    {"kind": "rrule", "rrule": "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1"},
    a_question("nytt", settle="direct", short=text("Nytt")),
    ahead=[{"weeks": 2}],
)


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    """A group that has gone over to a version with one checkpoint more, which is open."""
    for talk in a_year(tmp_path, a_yearly(TALKS, LOOK)):
        install(talk, as_version(a_yearly(TALKS, LOOK, NEW), "2.0.0"))
        talk.says("Ada", "byt version")
        talk.on(OPEN)
        assert [one.checkpoint for one in talk.opened()] == ["blicken", "nyheten"]
        yield talk


def install(talk: Talk, pack: Pack) -> None:
    with talk.uow() as uow:
        uow.packs.put(pack, f"summa {pack.version}", by="test", at=talk.clock.now())
        uow.commit()


def became(year: Year) -> dict[str, str]:
    return {one.checkpoint: one.state for one in year.kept()}


def test_a_checkpoint_that_the_earlier_version_lacks_is_retired_when_the_change_is_undone(year: Year):
    told = year.says("Ada", "ångra versionsbytet")

    assert year.journey().version == "1.0.0"
    assert [one.checkpoint for one in year.opened()] == ["blicken"]
    assert became(year) == {"blicken": "open", "nyheten": "retired"}
    assert "checkpoint-retired" in told.keys
    year.is_what_the_journal_makes()


def test_so_it_is_while_the_group_pauses(year: Year):
    year.says("Ada", "pausa")
    year.says("Ada", "ångra versionsbytet")
    year.says("Ada", "fortsätt")

    assert [one.checkpoint for one in year.opened()] == ["blicken"]
    assert year.says("Bo", "1.2: vi vill").letters


def test_it_opens_again_with_the_version_that_has_it(year: Year):
    year.says("Ada", "ångra versionsbytet")
    year.says("Ada", "byt version")
    year.on(date(2026, 9, 18))

    assert became(year) == {"blicken": "open", "nyheten": "open"}


def test_it_is_retired_too_where_a_later_version_says_that_it_is_gone(year: Year):
    install(year, as_version(a_yearly(TALKS, LOOK), "3.0.0", gone=["checkpoint:nyheten", "question:nytt"]))
    assert "Nyheten" in year.says("Bo", "ny version").text

    year.says("Ada", "byt version")

    assert [one.checkpoint for one in year.opened()] == ["blicken"]


def test_what_became_of_it_is_listed_no_more_but_exported(year: Year):
    year.says("Ada", "hållpunkt lämna H3: inte i år")
    year.says("Ada", "ångra versionsbytet")

    assert "Nyheten" not in year.says("Bo", "hållpunkter").text
    handed = export(
        year.journey().id, uow=year.uow(), shelf=year.shelf, book=Phrasebook.load(), clock=year.clock, language="sv"
    )  # fmt: skip
    [left] = [one for one in json.loads(handed.json)["checkpoints"] if one["state"] == "left"]
    assert (left["id"], left["number"], left["note"]) == ("nyheten", "", "inte i år")
    assert "### nyheten" in handed.markdown


def test_a_role_that_the_method_has_no_more_goes_unsaid(talk: Talk):
    wider = a_pack(a_question("vision"), roles=[*ROLES, {"id": "gast"}])
    install(talk, as_version(wider, "2.0.0"))
    talk.says("Ada", "byt version")
    talk.says("Ada", "ge roll: Bo, gast")
    assert "gast" in talk.says("Cia", "personer").text

    talk.says("Ada", "ångra versionsbytet")

    told = talk.says("Cia", "personer").text
    assert "Bo" in told
    assert "gast" not in told
    assert "gast" not in talk.says("Ada", "ny person: Bo, grupp").text
