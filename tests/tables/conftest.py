"""A group that has begun with a method whose register is read in from files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import schema
from tests.conversation.talk import Talk, begin
from tests.tables.importing import a_method_with_files


@pytest.fixture(scope="session")
def begun_with_files(tmp_path_factory: pytest.TempPathFactory) -> Talk:
    file = tmp_path_factory.mktemp("tables") / "begun.db"
    schema.upgrade(f"sqlite:///{file}")
    talk = Talk(file)
    with talk.uow() as uow:
        uow.packs.put(a_method_with_files(), "summa", by="test", at=talk.clock.now())
        uow.commit()
    begin(talk)
    talk.close()
    return talk


@pytest.fixture
def talk(begun_with_files: Talk, tmp_path: Path) -> Iterator[Talk]:
    """Ada leads Bo and Cia; Pia is the politician and Karl the coach. The register is empty."""
    talk = begun_with_files.on_a_copy(tmp_path / "coach.db")
    yield talk
    talk.close()
