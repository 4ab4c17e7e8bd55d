"""The command line with a database and a small method of the test's own, and a conversation piped through it."""

import os
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from shutil import copyfile

import pytest

from bot.cli import main
from tests.bot.small_method import START, put_into

Run = Callable[..., tuple[int, str, str]]


class Lines(list[str]):
    """Stands for a pipe."""

    def isatty(self) -> bool:
        return False


@pytest.fixture(scope="session")
def masters(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Databases to copy: `fresh` has the methods in it, `begun` a group as well."""
    folder = tmp_path_factory.mktemp("masters")
    put_into(folder / "packs")
    made = {}
    for name, lines in (("fresh", ()), ("begun", START)):
        made[name] = folder / f"{name}.db"
        with pytest.MonkeyPatch.context() as patch:
            _settle_in(patch, made[name], folder / "packs")
            patch.setattr("sys.stdin", Lines(lines))
            patch.setattr("sys.stdout", StringIO())
            assert main(["chat", "--language", "sv"]) == 0
    return made


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, masters: Mapping[str, Path]) -> Path:
    """A place with a database and methods of its own, and nothing of the environment."""
    copyfile(masters["fresh"], tmp_path / "coach.db")
    put_into(tmp_path / "packs")
    _settle_in(monkeypatch, tmp_path / "coach.db", tmp_path / "packs")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _settle_in(patch: pytest.MonkeyPatch, database: Path, packs: Path) -> None:
    for name in [name for name in os.environ if name.startswith("METODCOACH_")]:
        patch.delenv(name)
    patch.setenv("METODCOACH_DATABASE_URL", str(database))
    patch.setenv("METODCOACH_PACKS", str(packs))


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; return its exit code, what it said, and what it complained about."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def talk(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Say lines in the terminal; return what it showed."""

    def talk(*lines: str) -> str:
        monkeypatch.setattr("sys.stdin", Lines(lines))
        code, said, complained = run("chat", "--language", "sv")
        assert (code, complained) == (0, "")
        return said

    return talk


@pytest.fixture
def group(home: Path, masters: Mapping[str, Path]) -> str:
    """A group that has begun: Karin Ek leads it, alone so far."""
    copyfile(masters["begun"], home / "coach.db")
    return "Arbetsgruppen"
