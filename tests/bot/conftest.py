"""The command line with a database and a small method of the test's own, and a conversation piped through it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from tests.bot.small_method import START, put_into

Run = Callable[..., tuple[int, str, str]]


class Lines(list[str]):
    """Stands for a pipe."""

    def isatty(self) -> bool:
        return False


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place: its database, its own methods, nothing of the environment."""
    for name in [name for name in os.environ if name.startswith("METODCOACH_")]:
        monkeypatch.delenv(name)
    put_into(tmp_path / "packs")
    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(tmp_path / "coach.db"))
    monkeypatch.setenv("METODCOACH_PACKS", str(tmp_path / "packs"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


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
def group(talk: Callable[..., str]) -> str:
    """A group that has begun: Karin Ek leads it, alone so far."""
    talk(*START)
    return "Arbetsgruppen"
