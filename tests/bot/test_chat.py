"""What the terminal's conversation is put together from: language, words that mean something, what is remembered."""

import pytest

from bot.chat import language_of, says_what_it_is
from bot.cli import main
from bot.installing import install_new, retire
from bot.packs.on_disk import built_in_packs
from bot.remembered import Remembered
from bot.settings import Settings
from bot.wiring import open_world
from content.loader import checksum


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "sv"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "C.UTF-8"}, "sv"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "sv_SE.UTF-8"}, "sv"),
    ],
)
def test_the_window_speaks_the_locales_language(environment, language):
    assert language_of(environment) == language


@pytest.mark.parametrize(
    ("text", "surely"),
    [
        ("hjälp", True),
        ("1.2: vårt svar", True),
        ("För Karin: hon sa ja", True),
        ("Förslag: ja", False),
        ("hej", False),
    ],
)
def test_what_surely_is_for_the_coach_is_no_speaker(text, surely):
    assert says_what_it_is(text, "sv") is surely


@pytest.fixture
def piped(monkeypatch, tmp_path, capsys):
    """Play lines through the whole program; return what it showed."""
    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(tmp_path / "coach.db"))

    def play(*lines: str) -> str:
        monkeypatch.setattr("sys.stdin", iter_lines(lines))
        assert main(["chat", "--language", "sv"]) == 0
        return capsys.readouterr().out

    return play


class iter_lines(list):  # noqa: N801 - reads like the function that it stands for
    def isatty(self) -> bool:
        return False


def test_a_name_and_its_person_are_known_the_next_time(piped, tmp_path):
    piped("Karin Berg: hjälp")

    shown = piped("/som Anna", "karin: hjälp")

    assert "> karin: hjälp" in shown
    assert '"karin"' not in shown
    with open_world(Settings(database_url=str(tmp_path / "coach.db"))) as world:
        assert Remembered(world.reading).names() == ["Karin Berg"]
        assert Remembered(world.reading).last_question("allmänt") == ""


def test_packs_are_installed_once_and_read_from_the_shelf(tmp_path):
    packs = built_in_packs()
    with open_world(Settings(database_url=str(tmp_path / "coach.db"))) as world:
        assert install_new(world, packs) == []
        with world.uow() as uow:
            first = uow.packs.all()
        assert install_new(world, packs) == []
        with world.uow() as uow:
            assert uow.packs.all() == first

        assert {row[2] for row in first} == {checksum(files) for files in packs.values()}
        method, *_ = methods = world.shelf.newest()
        assert [one.id for one in methods] == [
            "eu-coachmetoden",
            "benchlearning",
            "kronoberg-strategi",
            "ljungby-verksamhetsplan",
            "samverkan-processtod",
        ]
        assert world.shelf.pack(method.id, method.version) is method
        with pytest.raises(KeyError):
            world.shelf.pack(method.id, "9.9.9")


def test_a_method_that_is_retired_is_not_brought_back_by_a_newer_program(tmp_path):
    packs = built_in_packs()
    with open_world(Settings(database_url=str(tmp_path / "coach.db"))) as world:
        install_new(world, packs)
        was = next(one.version for one in world.shelf.newest() if one.id == "kronoberg-strategi")
        assert retire(world, "kronoberg-strategi", by="test") == [was]
        files = packs["kronoberg-strategi"]
        newer = files["pack.yaml"].replace(f"version: {was}".encode(), b"version: 9.0.0")
        packs["kronoberg-strategi"] = {**files, "pack.yaml": newer}

        assert install_new(world, packs) == []

        assert "kronoberg-strategi" not in [pack.id for pack in world.shelf.newest()]
        assert [pack.version for pack in world.shelf.retired()] == ["9.0.0"]
        assert retire(world, "kronoberg-strategi", "9.0.0", by="test", undo=True) == ["9.0.0"]
        assert "kronoberg-strategi" in [pack.id for pack in world.shelf.newest()]


def test_a_pack_that_changed_without_a_new_version_is_refused_and_the_old_one_stays(tmp_path):
    packs = built_in_packs()
    with open_world(Settings(database_url=str(tmp_path / "coach.db"))) as world:
        install_new(world, packs)
        changed = {
            name: {**files, "pack.yaml": files["pack.yaml"] + b"\n# changed\n"}
            for name, files in packs.items()
        }

        refused = install_new(world, changed)

        assert len(refused) == len(packs)
        with world.uow() as uow:
            assert len(uow.packs.all()) == len(packs)
