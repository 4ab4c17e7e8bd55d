"""What isn't sent is listed without a word of it, and can be tried again or dropped."""

from dataclasses import replace

from sqlalchemy import select

from dialogs.ports import Spot, Unsent
from storage.tables.base import table
from storage.tables.letters import OutboxRow
from tests.storage.builders import NOW, VISION, later, letter
from tests.storage.outboxes import *  # noqa: F403 - its fixtures
from tests.storage.outboxes import claim, not_sent, post, question, send, states


def test_what_isnt_sent_can_be_listed_tried_again_and_dropped(uow, world, engine):
    post(uow, *(letter(f"k{number}", "j1") for number in range(5)))
    claimed = claim(uow)
    send(uow, claimed[0])
    not_sent(uow, claimed[1], "dead", "invalid_blocks")
    not_sent(uow, claimed[2], "ambiguous", "reset")
    not_sent(uow, claimed[3], "dead", "too long")
    not_sent(uow, claimed[4], "new", "busy", not_before=later(60))
    with uow:
        assert uow.outbox.counts() == {"sent": 1, "dead": 2, "ambiguous": 1, "new": 1}
        [dead, _] = uow.outbox.unsent("dead")
        [ambiguous] = uow.outbox.unsent("ambiguous")
        assert dead == Unsent(
            claimed[1].id, "dead", "terminal", "C1", "j1", "note", NOW, 1, False, "invalid_blocks", False
        )
        assert (ambiguous.unsure, ambiguous.why) == (True, "reset")
        assert [uow.outbox.retry(one.id) for one in claimed] == [False, True, True, True, False]
        assert not uow.outbox.drop(claimed[0].id)
        uow.commit()

    [again, asked, third, *_] = claim(uow, later(60))
    assert [one.key for one in (again, asked, third)] == ["k1", "k2", "k3"]
    assert [one.unsure_since for one in (again, asked, third)] == [None, NOW, None]
    not_sent(uow, third, "dead", "too long")
    with uow:
        assert uow.outbox.drop(third.id)
        uow.commit()
    assert states(engine)["k3"] == "skipped"
    with engine.connect() as connection:
        outbox = table(OutboxRow)
        assert connection.scalar(select(outbox.c.message).where(outbox.c.id == third.id)) is None


def test_what_somebody_has_looked_for_is_sent_without_asking(uow, world):
    post(uow, letter("k1", "j1"))
    [claimed] = claim(uow)
    not_sent(uow, claimed, "ambiguous", "nobody can tell")

    with uow:
        assert uow.outbox.retry(claimed.id, not_there=True)
        uow.commit()

    [again] = claim(uow, later(60))
    assert (again.key, again.unsure_since) == ("k1", None)


def test_a_letter_of_which_a_part_may_be_missing_stands_and_is_listed(uow, world, engine):
    post(uow, question("k1"))
    [claimed] = claim(uow)
    with uow:
        uow.outbox.partly_sent(claimed, "m1", "part 2 of 3: TimeoutError", NOW)
        uow.commit()

    with uow:
        assert uow.outbox.spot(claimed.room.id, "m1") == Spot("j1", VISION)
        assert uow.outbox.question_message("j1", VISION) == "m1"
        [listed] = uow.outbox.unsent("ambiguous")
    assert (listed.why, listed.unsure) == ("part 2 of 3: TimeoutError", True)
    assert claim(uow, later(3600)) == []
    assert not send(uow, replace(claimed, epoch=claimed.epoch - 1))


def test_whoever_lost_the_letter_says_nothing_of_its_parts(uow, world, engine):
    post(uow, question("k1"))
    [claimed] = claim(uow)
    with uow:
        uow.outbox.partly_sent(replace(claimed, epoch=claimed.epoch + 1), "m1", "part 2 of 3", NOW)
        uow.commit()

    with uow:
        assert uow.outbox.spot(claimed.room.id, "m1") is None
    assert states(engine) == {"k1": "claimed"}
