"""An admin has the groups of their organisation asked whether they go over to a method's newest version."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.apart import Apart
from bot.packs import work as pack_work
from bot.packs.work import PackWork, do_all
from bot.usecases.pack_jobs import HELD, MOST_TRIES, take_back_jobs
from bot.usecases.versions import ToLeaders
from content.pack import Pack
from dialogs.ports import ClaimedLetter, JourneyRef
from tests.conversation.talk import Told, begin, private
from tests.conversation.test_versions import install
from tests.conversation.workplace import Workplace
from tests.dialogs.builders import as_version

NORTH, SOUTH, ELSEWHERE = "norra", "sodra", "regionen"


@pytest.fixture
def work(work: Workplace) -> Workplace:
    """Three groups of Kommunen that Ada leads, and one of Regionen that Eva does; a newer version has come."""
    for room, group in ((NORTH, "Norra"), (SOUTH, "Södra")):
        begin(work, room=room, group=group)
    work.privately("Eva", "hjälp")
    for line in ("starta", "Regionen", "Östra", "-", "-"):
        work.says("Eva", line, room=ELSEWHERE)
    work.says("Eva", "ny person: Eva, ledare", room=ELSEWHERE)
    install(work)
    return work


def work_of(work: Workplace) -> PackWork:
    return PackWork(work.shelf, work.clock, work.book, Apart(1))


def works(work: Workplace) -> Told:
    work.book.asked_for.clear()
    do_all(work_of(work), work.uow, work.looking)
    return work.hear()


def offered(told: Told) -> list[str]:
    """Return the groups that the question about a new version was put about, in private to Ada."""
    return sorted(letter.journey for letter in told.to("Ada").letters if puts_it(letter))


def puts_it(letter: ClaimedLetter) -> bool:
    return any(one.press.action == "change-version" for one in letter.message.buttons)


def asks(work: Workplace, who: str = "Ada", said: str = "fråga grupperna") -> Told:
    told = work.privately(who, said)
    return work.presses(who, told.button("ask-groups"), in_private=True)


def newer(work: Workplace, version: str) -> Pack:
    pack = as_version(work.shelf.pack("prov", "2.0.0"), version)
    with work.uow() as uow:
        uow.packs.put(pack, f"summa-{version}", by="test", at=work.clock.now())
        uow.commit()
    return pack


# ------------------------------------------------------------------------------------------------ shown


def test_the_groups_are_shown_before_anybody_is_asked(work: Workplace):
    told = work.privately("Ada", "fråga grupperna prov")

    assert {"ask-groups-how", "ask-groups-one"} <= told.keys
    assert [name for name in ("Norra", "Södra", "Östra") if name in told.text] == ["Norra", "Södra"]
    assert told.actions == ["ask-groups"]
    assert works(work).letters == []


def test_without_a_name_all_methods_are_looked_at(work: Workplace):
    assert work.privately("Ada", "ask the groups").button("ask-groups").press.argument == "prov/2.0.0"


def test_only_admins_ask_and_only_their_own_groups(work: Workplace):
    assert "ask-groups-only-admins" in work.privately("Bo", "fråga grupperna").keys
    assert "methods-privately" in work.mentions("Ada", "fråga grupperna").keys
    button = work.privately("Ada", "fråga grupperna").button("ask-groups")
    assert "ask-groups-only-admins" in work.presses("Bo", button, in_private=True).keys

    asks(work, "Eva")

    asked = works(work)
    assert [one.room.external for one in asked.letters if puts_it(one)] == [private("Eva")]


def test_words_that_name_no_method_are_words(work: Workplace):
    assert not {"ask-groups-how", "method-unknown"} & work.privately("Ada", "fråga grupperna om målet").keys
    assert "method-unknown" in work.privately("Ada", "fråga grupperna borta-metod").keys


def test_groups_that_have_the_newest_are_not_shown(work: Workplace):
    for room in ("kanalen", NORTH, SOUTH):
        work.says("Ada", "byt version", room=room)

    assert "ask-groups-none" in work.privately("Ada", "fråga grupperna").keys


# ------------------------------------------------------------------------------------------------ asked


def test_a_press_asks_those_who_lead_and_tells_how_it_went(work: Workplace):
    assert "ask-groups-begun" in asks(work).keys

    told = works(work)

    assert {"ask-groups-done", "ask-groups-asked"} <= told.keys
    assert not {"ask-groups-before", "ask-groups-moved", "ask-groups-failed"} & told.keys
    assert len(offered(told)) == 3
    work.presses("Ada", told.button("change-version"), in_private=True)
    assert sorted(one.version for one in _refs(work)) == ["1.0.0", "1.0.0", "1.0.0", "2.0.0"]


def test_nobody_gets_the_question_twice_and_that_is_told(work: Workplace):
    asks(work)
    works(work)
    work.says("Ada", "byt version", room=NORTH)

    asks(work)
    told = works(work)

    assert offered(told) == []
    assert "ask-groups-before" in told.keys
    newer(work, "3.0.0")
    asks(work)
    assert len(offered(works(work))) == 3


def test_a_group_that_goes_over_meanwhile_is_not_asked(work: Workplace):
    asks(work)
    work.says("Ada", "byt version", room=SOUTH)

    told = works(work)

    assert "ask-groups-moved" in told.keys
    assert len(offered(told)) == 2


def test_a_group_that_nobody_leads_is_told_by_name(work: Workplace, monkeypatch: pytest.MonkeyPatch):
    in_earnest = pack_work.to_leaders

    def some(journey: str, **ports: Any) -> ToLeaders:
        found = in_earnest(journey, **ports)
        return replace(found, letters=()) if found.group == "Södra" else found

    monkeypatch.setattr(pack_work, "to_leaders", some)
    asks(work)

    told = works(work)

    assert "ask-groups-leaderless" in told.keys
    assert "Södra" in told.text
    assert len(offered(told)) == 2


def test_an_old_list_says_that_another_version_has_come(work: Workplace):
    button = work.privately("Ada", "fråga grupperna").button("ask-groups")
    newer(work, "3.0.0")

    assert "ask-groups-overtaken" in work.presses("Ada", button, in_private=True).keys
    assert works(work).letters == []


def test_pressing_twice_asks_once(work: Workplace):
    button = work.privately("Ada", "fråga grupperna").button("ask-groups")
    work.presses("Ada", button, in_private=True)

    assert "ask-groups-under-way" in work.presses("Ada", button, in_private=True).keys
    assert len(offered(works(work))) == 3


# ------------------------------------------------------------------------------------------------ when it goes wrong


def test_wherever_it_is_killed_the_next_goes_on_and_each_is_asked_once(work: Workplace):
    """It is taken up, one thing more is written, and the process is gone: again and again."""
    asks(work)
    told: list[Told] = []
    for _ in range(40):
        acts, came, done = work_of(work).acts(), None, 0
        try:
            while done < 2:
                act = acts.send(came)
                came = act.do(work.uow() if act.how == "write" else work.looking())
                done += act.how == "write"
        except StopIteration:
            break
        told.append(work.hear())
        take_back_jobs(uow=work.uow())
        work.open()
    else:
        pytest.fail("it never came to an end")

    assert sum(len(offered(one)) for one in told) == 3
    assert len({one for each in told for one in offered(each)}) == 3
    said = "\n".join(one.text for one in told)
    assert said.count("3 grupper har fått frågan nu") == 1


def test_two_processes_ask_each_group_once(work: Workplace):
    asks(work)
    one = work_of(work).acts()
    job = next(one).do(work.uow())
    found = one.send(job).do(work.looking())
    work.clock.seconds += round(HELD.total_seconds())
    told = works(work)

    nothing_more = one.send(one.send(found).do(work.uow()))
    assert nothing_more.do(work.uow()) is None
    assert len(offered(told)) == 3
    assert work.hear().letters == []


def test_one_group_that_cannot_be_asked_keeps_no_other_from_it(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
):
    in_earnest = pack_work.to_leaders

    def some(journey: str, **ports: Any) -> ToLeaders:
        found = in_earnest(journey, **ports)
        if found.group == "Södra":
            raise RuntimeError("broken")
        return found

    monkeypatch.setattr(pack_work, "to_leaders", some)
    asks(work)

    told = works(work)

    assert "ask-groups-failed" in told.keys
    assert len(offered(told)) == 2


def test_what_is_broken_off_again_and_again_is_told(work: Workplace):
    asks(work)
    for _ in range(MOST_TRIES):
        next(work_of(work).acts()).do(work.uow())
        take_back_jobs(uow=work.uow())

    assert works(work).keys == {"ask-groups-broken-off"}


def _refs(work: Workplace) -> Sequence[JourneyRef]:
    with work.looking() as uow:
        return uow.journeys.all()
