"""A thousand groups in the middle of their methods go over to another version, and back: every answer is accounted for."""

import os
from collections import Counter
from random import Random  # noqa: TID251 - drawn by a seed

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from bot.usecases.rebuild import check
from bot.usecases.versions import offer
from content.checks import check_upgrade
from content.pack import Pack
from dialogs.effects import SaveRecord
from dialogs.flows.advance import advance
from dialogs.flows.position import put, step_of
from dialogs.flows.versions import carried, moved
from dialogs.model.answers import Address, Item
from dialogs.model.changed import changed
from dialogs.model.journey import Journey, JourneyId
from dialogs.model.people import Member
from dialogs.model.problem import Problem
from dialogs.time import local_day
from tests.dialogs.next_versions import next_version
from tests.dialogs.promises import begun
from tests.dialogs.random_acts import Act, acts
from tests.dialogs.random_packs import MORNING, journeys, packs
from tests.proof.conftest import Databases
from tests.proof.parts import Tell
from tests.proof.sweep import share_of
from tests.proof.world import World, book

pytestmark = pytest.mark.proof
JOURNEYS = 1000
DRAWN = os.environ["PROOF_SEED"]
HOW_MANY = max(60, round(JOURNEYS * share_of(os.environ.get("PROOF_SAMPLE") or "", JOURNEYS)))
APART = 1000  # acts of two journeys never bear the same number: their ids are the whole store's

thorough = settings(
    max_examples=HOW_MANY, deadline=None, database=None, print_blob=True, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


class Running:
    """One journey in the store, and what was accepted of what its people tried."""

    def __init__(self, world: World, pack: Pack, drawn: Journey, number: int) -> None:
        self.world, self.number, self.acted = world, number, number * APART
        self.id = JourneyId(f"j{number}")
        self.pack_id = f"slump{number}"
        self.first = self.install(pack)
        with world.uow() as uow:
            organisation = uow.organisations.add(f"Kommun {number}")
            units = {
                unit.id: uow.organisations.add_unit(organisation, unit.name, since=drawn.started).id
                for unit in drawn.roster.units
            }
            uow.organisations.add_body(organisation, "Styrelsen", since=drawn.started)
            group = uow.groups.add(organisation, "Gruppen")
            for member in drawn.roster.members:
                person = uow.people.add(member.person.name)
                unit = units[member.unit] if member.unit else None
                uow.groups.put_member(group, Member(person, member.roles, unit), on=drawn.started)
                self.starter = person
            room = uow.rooms.find("terminal", "", f"C{number}", private=False)
            journey = changed(
                drawn,
                id=self.id,
                pack=self.pack_id,
                organisation=organisation,
                group=group,
                starter=self.starter.id,
            )
            uow.journeys.start(journey, room.id)
            whole = begun(self.first, uow.journeys.whole(self.id))
            uow.journeys.refresh(whole)
            uow.commit()

    def install(self, pack: Pack) -> Pack:
        own = changed_pack(pack, self.pack_id)
        with self.world.uow() as uow:
            uow.packs.put(own, f"{self.pack_id} {own.version}", by="proof", at=MORNING)
            uow.commit()
        return own

    def whole(self) -> Journey:
        with self.world.uow() as uow:
            return uow.journeys.whole(self.id)

    def act(self, tried: list[Act]) -> int:
        """Let people try things, as a turn does it; return how many were accepted."""
        accepted = 0
        for act in tried:
            self.acted += 1
            with self.world.uow() as uow:
                journey = uow.journeys.whole(self.id)
                pack = self.world.shelf.pack(self.pack_id, journey.version)
                after = advance(pack, journey, act.on(pack, journey, self.acted))
                if isinstance(after, Problem):
                    continue
                steps = [(_step(pack, event), event) for event in after.events]
                uow.journeys.save(journey, after.journey, steps)
                for effect in after.effects:
                    if isinstance(effect, SaveRecord):
                        uow.records.save(
                            effect.record,
                            organisation=journey.organisation,
                            group=journey.group,
                            journey=self.id,
                        )
                uow.commit()
                accepted += 1
        return accepted

    def go_over(self, to: Pack) -> Journey:
        """Go over to another version, and return the journey as it was worked out."""
        self.acted += 1
        with self.world.uow() as uow:
            journey = uow.journeys.whole(self.id)
            made = offer(
                journey, to, shelf=self.world.shelf, book=book(), by=self.starter.id, at=MORNING,
                today=local_day(MORNING), language="sv",
            )  # fmt: skip
            uow.journeys.change_version(journey, made.after, made.event, moved(made.old, made.new, journey))
            uow.commit()
        return made.after


def changed_pack(pack: Pack, id: str) -> Pack:
    return Pack(
        **{name: getattr(pack, name) for name in Pack.model_fields}
        | {"manifest": pack.manifest.model_copy(update={"id": id})}
    )


def _step(pack: Pack, event: object) -> str:
    address = getattr(event, "address", None)
    return step_of(pack, address) if address is not None else getattr(event, "step", "")


def everything_said(journey: Journey) -> Counter[str]:
    """Return each contribution, settled answer and voice that is kept, wherever it lies."""
    said: Counter[str] = Counter()
    for item in (*journey.items.values(), *journey.retired.values()):
        said.update(f"{one.id} {one.value!r}" for one in item.contributions)
        if item.answer is not None:
            said[f"{item.answer.revision} {item.answer.value!r} {item.answer.at}"] += 1
        if item.round is not None:
            said.update(repr(voice) for voice in item.round.voices)
        said.update(f"taken part {who}" for who in item.taken_part)
        if item.skipped is not None:
            said[repr(item.skipped)] += 1
    return said


def told_alike(journey: Journey) -> dict[Address, Item]:
    """Return the live items without the mark for a second look, which goes with the question that it names."""
    return {address: changed(item, review="") for address, item in journey.items.items()}


@pytest.fixture
def world(databases: Databases) -> World:
    return databases.fresh()


def test_a_thousand_running_groups_go_over_and_back(world: World, tell: Tell) -> None:
    counts: Counter[str] = Counter()

    @seed(DRAWN)
    @thorough
    @given(packs(), journeys(), acts(most=30), acts(most=15), st.integers(0, 2**32))
    def go(pack: Pack, drawn: Journey, early: list[Act], late: list[Act], draw: int) -> None:
        counts["journeys"] += 1
        running = Running(world, pack, drawn, counts["journeys"])
        counts["accepted"] += running.act(early)
        old = running.first
        new = running.install(next_version(pack, Random(draw), "2.0.0"))
        assert check_upgrade(old, new) == ()

        before = running.whole()
        worked_out = running.go_over(new)
        after = running.whole()

        assert (after.items, after.retired) == (worked_out.items, worked_out.retired)
        assert {key: page.statuses for key, page in after.pages.items()} == {
            key: page.statuses for key, page in worked_out.pages.items()
        }
        assert everything_said(before) - everything_said(after) == Counter(), "something is gone"
        assert everything_said(after) - everything_said(before) == Counter(), "something was made up"
        for address in before.items:
            lies = carried(old, new, address)
            counts["along" if lies is not None else "aside"] += 1
            assert (lies in after.items) if lies is not None else (address.retired("1.0.0") in after.retired)
        put(new, after, today=local_day(MORNING))
        assert [one for one in told_by_journal(running) if "counters" not in one] == []

        running.go_over(old)
        back = running.whole()
        assert told_alike(back) == told_alike(before), "undone, all is as it was"
        assert {key: page.statuses.keys() for key, page in back.pages.items() if page.statuses} == {
            key: page.statuses.keys() for key, page in before.pages.items() if page.statuses
        }

        running.go_over(new)
        counts["accepted after"] += running.act(late)
        later = running.whole()
        assert told_by_journal(running) == [] or all("counters" in one for one in told_by_journal(running))
        running.go_over(old)
        assert everything_said(later) - everything_said(running.whole()) == Counter()

    go()
    tell(f"{dict(counts)}")
    assert counts["along"] > counts["journeys"] / 4
    assert counts["aside"] > counts["journeys"] / 100


def told_by_journal(running: Running) -> list[str]:
    return check(running.id, uow=running.world.uow(), shelf=running.world.shelf)
