"""What others share is read for a document: the newest first, so many, as far as it may be seen now; on either database."""

from datetime import timedelta

import pytest

from dialogs.model.records import Record
from dialogs.model.sharing import EVERYBODY, Share, Viewer
from tests.storage.builders import NOW, a_world

TODAY = NOW.date()
LESSONS = ("lardomar",)


@pytest.fixture
def world(uow):
    """Anna's group has written three lessons, the last of them for its whole organisation; another organisation reads."""
    made = a_world(uow)
    with uow:
        other = uow.organisations.add("Den andra")
        group, sister = uow.groups.add(other, "Våra"), uow.groups.add(made.organisation, "Systrar")
        for id, whose in (("ett", made.group), ("två", made.group), ("alla här", None)):
            record = Record(id, "lardomar", {"lardom": id}, "", made.anna.id, NOW)
            uow.records.save(record, organisation=made.organisation, group=whose, journey="j1")
        uow.commit()
    return made, Viewer(group, other, TODAY), Viewer(sister, made.organisation, TODAY)


def share(uow, made, record: str, to: str | None = EVERYBODY, **more) -> None:
    with uow:
        uow.shares.put(Share(record, to, made.anna.id, NOW, **more), organisation=made.organisation)
        uow.commit()


def lent(uow, viewer: Viewer, most: int = 10) -> tuple[list[str], int]:
    with uow:
        found = uow.shares.lent(LESSONS, viewer, most)
    return [one.record.id for one in found.records], found.left


def test_what_is_shared_is_lent_with_whose_it_is_and_only_to_others(uow, world):
    made, theirs, sister = world
    assert lent(uow, theirs) == ([], 0)
    assert lent(uow, sister) == (["alla här"], 0)
    share(uow, made, "ett", made.organisation)
    share(uow, made, "två")

    assert lent(uow, theirs) == (["två"], 0)
    assert lent(uow, sister) == (["alla här", "två", "ett"], 0)
    assert lent(uow, Viewer(made.group, made.organisation, TODAY)) == ([], 0)
    with uow:
        [one] = uow.shares.lent(LESSONS, theirs, 10).records
        assert (one.group, one.organisation) == (made.group, made.organisation)
        assert uow.shares.lent(("exempel",), theirs, 10).records == ()


def test_only_so_many_are_read_and_the_others_are_counted(uow, world):
    _, _, sister = world
    made = world[0]
    for record in ("ett", "två"):
        share(uow, made, record)

    assert lent(uow, sister, 2) == (["alla här", "två"], 1)
    assert lent(uow, sister, 3) == (["alla här", "två", "ett"], 0)


def test_a_border_a_last_day_and_taking_back_hold_for_what_was_read_already(uow, world):
    made, theirs, _ = world
    share(uow, made, "ett")
    share(uow, made, "två", theirs.organisation, until=TODAY)
    with uow:
        read = uow.shares.lent(LESSONS, theirs, 10)
    later = Viewer(theirs.group, theirs.organisation, TODAY + timedelta(days=1))
    behind = Viewer(theirs.group, theirs.organisation, TODAY, within=(theirs.organisation,))
    assert lent(uow, later) == (["ett"], 0)
    assert lent(uow, behind) == ([], 0)

    with uow:
        uow.shares.end("ett", by=made.anna.id, at=NOW)
        still = uow.shares.still_lent(read, LESSONS, theirs)
        uow.commit()
    assert [one.record.id for one in still.records] == ["två"]


def test_what_was_written_for_all_is_taken_home_by_the_group_that_wrote_it_alone(uow, world):
    made, _, sister = world
    with uow:
        assert uow.records.is_for_all("alla här")
        uow.records.take_home("alla här", sister.group)
        assert uow.records.is_for_all("alla här")
        uow.records.take_home("alla här", made.group)
        assert not uow.records.is_for_all("alla här")
        uow.commit()

    assert lent(uow, sister) == ([], 0)
