"""Work with methods is kept until it is done, held by one at a time, and what came of it is there for whoever asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.model.pack_job import AskingGroups, Rehearsing
from tests.storage.builders import NOW, a_world

HOUR = timedelta(hours=1)
LATER = NOW + HOUR
YEAR = Rehearsing("m", "", "Metod", "1.0.0", 2027, "sv")
ASKING = AskingGroups("m", "1.0.0", {"sv": "Metod"}, ("j1", "j2"))


@pytest.fixture
def put(uow):
    world = a_world(uow)

    def put(task=YEAR, person=world.bo, until=NOW + 24 * HOUR):
        with uow:
            room = uow.rooms.find("slack", "T1", f"D{person.id}", private=True)
            id = uow.pack_jobs.put(person.id, room.id, task, until=until)
            uow.commit()
        return id, person.id, room.id

    put.anna = world.anna
    return put


def claim(uow, now=NOW, until=LATER):
    with uow:
        job = uow.pack_jobs.claim(now, until)
        uow.commit()
    return job


def test_the_oldest_is_handed_out_once_and_again_when_its_holder_is_late(uow, put):
    first, person, room = put()
    second, *_ = put(ASKING, put.anna)

    job = claim(uow)
    assert (job.id, job.person, job.room, job.task, job.tries) == (first, person, room, YEAR, 1)
    assert claim(uow).id == second
    assert claim(uow) is None
    with uow:
        assert not uow.pack_jobs.some_to_do(NOW)
        assert uow.pack_jobs.some_to_do(LATER)

    again = claim(uow, LATER, LATER + HOUR)
    assert (again.id, again.tries) == (first, 2)
    with uow:
        assert not uow.pack_jobs.done(job, until=LATER, file=b"late")
        assert not uow.pack_jobs.go_on(job, LATER)
        assert uow.pack_jobs.done(again, until=LATER + HOUR, file=b"page")


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)  # SQLite lets one write at a time
def test_two_at_once_never_hold_the_same(uow, other, put):
    first, *_ = put()
    second, *_ = put(ASKING, put.anna)
    with uow, other:
        one, two = uow.pack_jobs.claim(NOW, LATER), other.pack_jobs.claim(NOW, LATER)
        assert {one.id, two.id} == {first, second}


def test_what_has_come_of_it_so_far_is_kept_and_each_step_is_a_first_try(uow, put):
    put(ASKING)
    claim(uow)
    job = claim(uow, LATER, LATER + HOUR)
    halfway = AskingGroups("m", "1.0.0", {"sv": "Metod"}, ("j2",), groups=1, people=2, leaderless=("Norr",))
    with uow:
        assert uow.pack_jobs.go_on(replace(job, task=halfway), LATER + 2 * HOUR)
        uow.commit()

    assert claim(uow, LATER + HOUR) is None
    again = claim(uow, LATER + 2 * HOUR, LATER + 3 * HOUR)
    assert (again.task, again.tries) == (halfway, 1)


def test_a_process_that_starts_takes_back_what_another_held(uow, put):
    id, *_ = put()
    claim(uow)
    with uow:
        uow.pack_jobs.take_back()
        uow.commit()

    assert claim(uow).id == id


def test_what_came_of_it_is_there_for_whoever_asked_until_it_is_forgotten(uow, put):
    id, person, _ = put()
    with uow:
        assert [one.id for one in uow.pack_jobs.undone_of(person)] == [id]
        assert uow.pack_jobs.task_of(id, person, NOW) is None
        job = uow.pack_jobs.claim(NOW, LATER)
        assert uow.pack_jobs.done(job, until=LATER, file=b"page")
        assert uow.pack_jobs.undone_of(person) == []
        assert uow.pack_jobs.task_of(id, person, NOW) == YEAR
        assert uow.pack_jobs.file_of(id, person, NOW) == b"page"
        assert uow.pack_jobs.file_of(id, put.anna.id, NOW) is None
        assert uow.pack_jobs.file_of(id, person, LATER) is None
        assert not uow.pack_jobs.some_late(NOW)
        assert uow.pack_jobs.some_late(LATER)
        uow.pack_jobs.forget(LATER)
        assert uow.pack_jobs.task_of(id, person, NOW) is None


def test_asking_for_more_forgets_what_was_done_and_no_one_elses(uow, put):
    mine, person, room = put()
    theirs, anna, _ = put(YEAR, put.anna)
    with uow:
        for _ in range(2):
            assert uow.pack_jobs.done(uow.pack_jobs.claim(NOW, LATER), until=LATER, file=b"page")
        uow.pack_jobs.put(person, room, YEAR, until=LATER)
        assert uow.pack_jobs.task_of(mine, person, NOW) is None
        assert uow.pack_jobs.task_of(theirs, anna, NOW) == YEAR


def test_what_is_being_done_is_not_forgotten_under_its_holders_hands(uow, put):
    put(until=LATER)
    claim(uow, NOW, LATER + HOUR)
    with uow:
        uow.pack_jobs.forget(LATER)
        assert not uow.pack_jobs.some_late(LATER)
        assert uow.pack_jobs.some_late(LATER + HOUR)
