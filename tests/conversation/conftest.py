"""A conversation that can begin: a database with a method, and one where a group is under way."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import schema
from tests.conversation.talk import Talk, a_method, begin
from tests.conversation.workplace import Workplace


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one method and nobody in it."""
    file = tmp_path_factory.mktemp("conversation") / "empty.db"
    schema.upgrade(f"sqlite:///{file}")
    talk = Talk(file)
    with talk.uow() as uow:
        uow.packs.put(a_method(), "summa", by="test", at=talk.clock.now())
        uow.commit()
    talk.close()
    return file


@pytest.fixture(scope="session")
def begun_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Talk:
    """The same where Ada leads Bo and Cia, Pia is the politician and Karl the coach."""
    file = tmp_path_factory.mktemp("conversation") / "begun.db"
    shutil.copy(empty_file, file)
    talk = Talk(file)
    begin(talk)
    talk.close()
    return talk


@pytest.fixture
def nobody(empty_file: Path, tmp_path: Path) -> Iterator[Talk]:
    """A conversation that nobody has begun."""
    shutil.copy(empty_file, tmp_path / "empty.db")
    talk = Talk(tmp_path / "empty.db")
    yield talk
    talk.close()


@pytest.fixture
def talk(begun_file: Talk, tmp_path: Path) -> Iterator[Talk]:
    """A conversation of a group that is under way."""
    talk = begun_file.on_a_copy(tmp_path / "coach.db")
    yield talk
    talk.close()


@pytest.fixture(scope="session")
def workplace_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """A workplace's channel where the same group is under way. Everybody has written to the coach in private."""
    file = tmp_path_factory.mktemp("conversation") / "workplace.db"
    shutil.copy(empty_file, file)
    work = Workplace(file)
    for who in ("Ada", "Bo", "Cia", "Pia", "Karl"):
        work.privately(who, "hjälp")
    begin(work)
    work.close()
    return work


@pytest.fixture
def work(workplace_file: Workplace, tmp_path: Path) -> Iterator[Workplace]:
    """A workplace where a group is under way."""
    work = workplace_file.on_a_copy(tmp_path / "work.db")
    yield work
    work.close()


@pytest.fixture
def new_work(empty_file: Path, tmp_path: Path) -> Iterator[Workplace]:
    """A workplace where nobody has begun."""
    shutil.copy(empty_file, tmp_path / "new.db")
    work = Workplace(tmp_path / "new.db")
    yield work
    work.close()
