"""A group at each platform's door, with a document to hand out. Bo is in it, Eva is not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import schema
from tests.conversation.talk import begin
from tests.conversation.workplace import Workplace
from tests.files.office import a_writing_method

Begun = tuple[Path, Workplace]


def begin_at(door: str, folder: Path) -> Begun:
    file = folder / "begun.db"
    schema.upgrade(f"sqlite:///{file}")
    work = Workplace(file, door=door)
    with work.uow() as uow:
        uow.packs.put(a_writing_method(), "summa", by="test", at=work.clock.now())
        uow.commit()
    for who in ("Ada", "Bo", "Eva"):
        work.privately(who, "hjälp")
    begin(work)
    work.says("Ada", "1.1: Vi vill mer.")
    work.says("Ada", "fastställ 1.1")
    work.close()
    return file, work


def opened(begun: Begun, tmp_path: Path) -> Iterator[Workplace]:
    file, before = begun
    shutil.copy(file, tmp_path / "work.db")
    work = Workplace(tmp_path / "work.db", door=before.door, events=before.events, posted=dict(before.posted))
    work.clock.seconds = before.clock.seconds
    yield work
    work.close()


@pytest.fixture(scope="session")
def begun_in_slack(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    return begin_at("slack", tmp_path_factory.mktemp("slack"))


@pytest.fixture(scope="session")
def begun_in_teams(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    return begin_at("teams", tmp_path_factory.mktemp("teams"))


@pytest.fixture(params=["slack", "teams"])
def work(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    yield from opened(request.getfixturevalue(f"begun_in_{request.param}"), tmp_path)


@pytest.fixture
def teams(begun_in_teams: Begun, tmp_path: Path) -> Iterator[Workplace]:
    yield from opened(begun_in_teams, tmp_path)
