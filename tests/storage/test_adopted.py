"""Adopted documents are there again just as they were, each version once, and go with a practice journey."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from dialogs.model.written import Adopted, Written
from tests.documents.papers import a_document, a_full_document
from tests.storage.builders import NOW, a_world

EVERYTHING = "Allt \x00 möjligt\n'; DROP TABLE; ☃ 👍🏽"


def version(number: int, whole: Written | None = None) -> Written:
    made = whole or a_full_document(EVERYTHING)
    return replace(made, adopted=Adopted(number, "Kommunstyrelsen", date(2026, 10, number), "§ 1", None))


def test_every_version_is_there_again_value_for_value(uow):
    world = a_world(uow)
    first, second = version(1), version(2, a_document())
    with uow:
        digests = [uow.adopted.put("j1", one, by=world.bo.id, at=NOW) for one in (first, second)]
        uow.commit()
    with uow:
        assert uow.adopted.get("j1", "plan", 1) == first
        assert uow.adopted.get("j1", "plan") == second
        assert uow.adopted.last("j1", "plan") == 2
        assert [(one.number, one.digest, one.by, one.at) for one in uow.adopted.all("j1")] == [
            (1, digests[0], world.bo.id, NOW), (2, digests[1], world.bo.id, NOW),
        ]  # fmt: skip
        assert uow.adopted.get("j1", "plan", 3) is None
        assert uow.adopted.get("j1", "annat") is None
        assert (uow.adopted.last("j1", "annat"), uow.adopted.all("j2")) == (0, [])
    assert len(set(digests)) == 2


def test_no_version_takes_anothers_place(uow):
    world = a_world(uow)
    with uow:
        uow.adopted.put("j1", version(1), by=world.bo.id, at=NOW)
        with pytest.raises(IntegrityError):
            uow.adopted.put("j1", version(1, a_document()), by=world.bo.id, at=NOW)


def test_a_draft_is_never_kept(uow):
    world = a_world(uow)
    with uow, pytest.raises(ValueError, match="draft"):
        uow.adopted.put("j1", a_document(), by=world.bo.id, at=NOW)


def test_they_go_with_a_practice_journey(uow):
    world = a_world(uow, practice=True)
    with uow:
        uow.adopted.put("j1", version(1), by=world.bo.id, at=NOW)
        uow.commit()
    with uow:
        uow.journeys.remove("j1")
        uow.commit()
    with uow:
        assert uow.adopted.all("j1") == []
