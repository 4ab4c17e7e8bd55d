"""Pack versions and the audit are only ever added to."""

import pytest
from sqlalchemy import delete, insert, select, update

from bot.packs.on_disk import built_in_packs
from content.loader import Loaded, load_all
from storage.tables.base import table
from storage.tables.books import AuditRow
from tests.storage.builders import NOW, a_world, later

audit = table(AuditRow)


@pytest.fixture(scope="module")
def pack():
    loaded = load_all(built_in_packs())["eu-coachmetoden"]
    assert isinstance(loaded, Loaded)
    return loaded.pack


def test_a_pack_comes_back_as_it_was_compiled(uow, pack):
    with uow:
        assert uow.packs.put(pack, "abc", by="anna", at=NOW)

        back = uow.packs.get(pack.id, pack.version)

        assert back == pack
        assert list(back.places) == list(pack.places)
        assert uow.packs.get(pack.id, "0") is None


def test_a_version_is_installed_once_and_never_changed(uow, pack):
    newer = pack.model_copy(update={"manifest": pack.manifest.model_copy(update={"version": "99.0.0"})})
    with uow:
        assert uow.packs.put(pack, "abc", by="anna", at=NOW)
        assert not uow.packs.put(pack, "abc", by="anna", at=NOW)
        with pytest.raises(ValueError, match="already"):
            uow.packs.put(pack, "def", by="anna", at=NOW)
        assert uow.packs.put(newer, "ghi", by="anna", at=NOW)

        assert uow.packs.all() == [(pack.id, pack.version, "abc"), (pack.id, "99.0.0", "ghi")]


def test_a_retired_version_is_marked_and_offered_again(uow, pack):
    with uow:
        uow.packs.put(pack, "abc", by="anna", at=NOW)
        uow.packs.retire(pack.id, pack.version, by="bo", at=later(5))
        uow.packs.retire(pack.id, pack.version, by="cia", at=later(9))
        [retired] = uow.packs.installed()
        uow.packs.offer_again(pack.id, pack.version)
        [offered] = uow.packs.installed()

        assert (retired.by, retired.at) == ("anna", NOW)
        assert (retired.retired_by, retired.retired_at) == ("bo", later(5))
        assert (offered.retired_by, offered.retired_at) == (None, None)
        assert uow.packs.get(pack.id, pack.version) == pack


def test_the_journeys_on_each_version_are_counted_without_practice(uow):
    a_world(uow)
    a_world(uow, practice=True, channel="C2", id="j2")
    with uow:
        assert uow.packs.running("eu-coachmetoden") == {"1.0.0": 1}
        assert uow.packs.running("okand") == {}


@pytest.fixture
def noted(uow, engine):
    with uow:
        for second in range(3):
            for organisation in ("o1", "o2", ""):
                uow.audit.note(
                    "exported",
                    organisation=organisation,
                    by="p1",
                    about=f"g{second}",
                    at=later(second),
                    digest="d",
                )
        uow.commit()
    return engine


def test_an_untouched_chain_holds(uow, noted):
    with uow:
        assert uow.audit.verify() == 9


@pytest.mark.parametrize(
    "tampering",
    [
        update(audit).where(audit.c.organisation == "o1", audit.c.number == 2).values(person="p2"),
        update(audit).where(audit.c.organisation == "o2", audit.c.number == 3).values(at=NOW),
        update(audit).where(audit.c.organisation == "o2", audit.c.number == 1).values(hash="0"),
        delete(audit).where(audit.c.organisation == "", audit.c.number == 1),
        delete(audit).where(audit.c.organisation == "o1", audit.c.number == 2),
    ],
)
def test_a_changed_or_missing_link_is_found(uow, noted, tampering):
    with noted.begin() as connection:
        connection.execute(tampering)

    with uow, pytest.raises(ValueError, match="broken"):
        uow.audit.verify()


def test_a_row_that_was_put_in_is_found(uow, noted):
    with noted.begin() as connection:
        last = connection.execute(
            select(audit).where(audit.c.organisation == "o1").order_by(audit.c.number.desc())
        ).first()
        connection.execute(insert(audit), {**last._mapping, "number": 4})

    with uow, pytest.raises(ValueError, match="link 4"):
        uow.audit.verify()
