"""Kills a disposal, or an erasure, at each of its commits: it goes on, all that was decided goes, once, and nothing else."""

import os
import signal
import traceback
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.ids import RandomIds
from bot.usecases.disposing import Disposing
from bot.usecases.erasing import Erasing
from bot.usecases.office import Office
from bot.usecases.rebuild import check
from bot.usecases.walk import play
from dialogs.model.disposal import Plan, Run
from dialogs.model.erasure import Erasure
from dialogs.ports import UnitOfWork
from storage.errors import Conflict
from storage.tables import metadata
from tests.commits import watch_commits
from tests.disposal.places import LATER, PLANTED, LaterClock, everything, plant
from tests.proof.conftest import Databases
from tests.proof.parts import Tell
from tests.proof.sweep import Points, share_of
from tests.proof.world import METHOD, World, book, walkthroughs

pytestmark = pytest.mark.proof
DECISION = "KS 2031/9"
RULES = {
    "texts": {"contributions": 3},
    "a whole journey": {"journeys": 24},
}


def prepared(databases: Databases, rules: str) -> tuple[World, str, str]:
    """Return a world in which a journey was played long ago, with its organisation and the journey."""
    world = databases.fresh()
    walkthrough = walkthroughs()[0]
    play(walkthrough, world.stage(walkthrough.day), method=METHOD)
    with world.uow() as uow:
        [ref] = [one for one in uow.journeys.all() if not one.practice]
        for kind, months in RULES[rules].items():
            uow.disposals.set_rule(ref.organisation, kind, months)  # type: ignore[arg-type]
        uow.commit()
    plant(world, ref.id)  # type: ignore[arg-type]
    return world, ref.organisation, ref.id


def acts_in(world: World) -> Disposing:
    def looking() -> UnitOfWork:
        from storage.unit_of_work import SqlUnitOfWork

        return SqlUnitOfWork(world.reading)

    return Disposing(world.uow, looking, world.shelf, LaterClock(), RandomIds(), Conflict)


def dispose(world: World, organisation: str, plan: Plan) -> None:
    """Do what the command does: go on with what was begun, else begin. What was killed after its last commit is over."""
    acts = acts_in(world)
    with acts.looking() as uow:
        if any(one.state == "done" for one in uow.disposals.runs(organisation)):
            return
    run = acts.under_way(organisation) or acts.begin(plan, DECISION)
    assert isinstance(acts.go_on(run), Run)


class Deaths:
    """Which commits were reached, on disk: each is a point before and after, named by how far all had come.

    By their number alone there would be no end of them: a process that dies before it gets anywhere makes the same
    commits again as the one before it.
    """

    def __init__(self, file: Path, points: Points) -> None:
        self._file, self._points = os.open(file, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600), points
        self._begun, self._made = "", 0

    def read(self) -> list[str]:
        size = os.fstat(self._file).st_size
        return os.pread(self._file, size, 0).decode().split("\n")[:-1]

    def begin(self, world: World) -> None:
        """Note how much there is of everything, before a process goes on."""
        with world.reading.connect() as connection:
            counts = [
                connection.execute(select(func.count()).select_from(one)) for one in metadata.sorted_tables
            ]
            self._begun = " ".join(str(one.scalar_one()) for one in counts)

    def reach(self, moment: str) -> None:
        """Note that a commit is about to be made, or was; and die there, unless that was done."""
        died = f"died begun with {self._begun}, commit {self._made}, {moment}"
        if moment == "after":
            self._made += 1
            os.write(self._file, b"after\n")
        if died not in self.read() and self._points.dies_at(died):
            os.write(self._file, f"{died}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    @property
    def died(self) -> int:
        return sum(line.startswith("died") for line in self.read())

    @property
    def commits(self) -> int:
        return sum(line == "after" for line in self.read())


class Climbing(Deaths):
    """Each process dies at one point more of its own than the one before: for what says at each start that it begins."""

    _passed = 0

    def reach(self, moment: str) -> None:
        self._passed += 1
        if moment == "after":
            os.write(self._file, b"after\n")
        point = f"point {self._passed} of a process, {moment}"
        if self._passed == self.died + 1:
            os.write(self._file, f"died {point}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)


def process(world: World, go_on: Callable[[], None], deaths: Deaths) -> bool:
    """Let one more process go on with it; return whether it came to the end."""
    deaths.begin(world)
    world.rest()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            watch_commits(lambda: deaths.reach("before"), lambda: deaths.reach("after"))
            go_on()
            code = 0
        except BaseException:  # noqa: BLE001 - it is all that will be known of it
            os.write(2, traceback.format_exc().encode())
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0
    return True


@pytest.mark.parametrize("rules", RULES)
def test_killed_at_each_commit_it_goes_on_and_all_that_was_decided_goes_once(
    rules: str,
    databases: Databases,
    sample: str,
    seed: str,
    tmp_path: Path,
    tell: Tell,
) -> None:
    calm, organisation, journey = prepared(databases, rules)
    counting = Deaths(tmp_path / "calm", Points(0, ""))
    shown = acts_in(calm).plan(organisation, LATER)
    assert process(calm, partial(dispose, calm, organisation, shown), counting)

    world, organisation, journey = prepared(databases, rules)
    plan = acts_in(world).plan(organisation, LATER)
    deaths = Deaths(tmp_path / "swept", Points(share_of(sample, 2 * counting.commits), seed))
    while not process(world, partial(dispose, world, organisation, plan), deaths):
        with world.uow() as uow:
            uow.audit.verify()
            head = uow.journeys.head(journey)
        if head.state != "closed":  # what is left of an ended one goes little by little, and nobody reads it
            assert check(journey, uow=world.uow(), shelf=world.shelf) == []

    assert check(journey, uow=world.uow(), shelf=world.shelf) == []
    with world.uow() as uow:
        uow.audit.verify()
        [run] = uow.disposals.runs(organisation)
        kinds = [event.kind for event in uow.journeys.events(journey)]
    assert (run.state, run.texts) == ("done", {line.kind: line.texts for line in plan.lines})
    with calm.uow() as uow:
        [ref] = [one for one in uow.journeys.all() if not one.practice]
        assert kinds == [event.kind for event in uow.journeys.events(ref.id)]
    assert not any(words in everything(world.engine) for words in PLANTED.values())
    assert acts_in(world).plan(organisation, LATER).goes == ()
    tell(
        f"disposal of {rules} on {world.engine.dialect.name}: {deaths.commits} commits,"
        f" killed at {deaths.died} points (PROOF_SEED={seed})"
    )


def leaver_in(world: World, journey: str) -> str:
    """Let whoever has put in most and looks after nothing leave the group; return their name."""
    with world.uow() as uow:
        head = uow.journeys.head(journey)
        said = Counter(event.by for event in uow.journeys.events(journey) if event.kind == "contributed")
        free = [
            one
            for one in head.roster.members
            if not uow.organisations.is_admin(head.organisation, one.person.id)
        ]
        member = max(free, key=lambda one: said[one.person.id])
        uow.groups.remove_member(uow.journeys.head(journey).group, member.person.id, on=LATER)
        uow.commit()
    return member.person.name


def erasing_in(world: World) -> Erasing:
    def office(uow: UnitOfWork) -> Office:
        return Office(uow, world.shelf, LaterClock(), RandomIds(), book(), "sv")

    def do(act: Callable[[UnitOfWork], Any]) -> Any:
        with world.uow() as uow:
            done = act(uow)
            uow.commit()
            return done

    return Erasing(office, acts_in(world).looking, do)


def erase(world: World, organisation: str, name: str) -> None:
    """Do what the command does: whoever isn't found any more is erased."""
    shown = erasing_in(world).plan(organisation, name, (), texts=True)
    if isinstance(shown, Erasure):
        assert erasing_in(world).erase(shown, DECISION)


def test_killed_at_each_commit_of_an_erasure_it_goes_on_until_nobody_is_left(
    databases: Databases, seed: str, tmp_path: Path, tell: Tell
) -> None:
    world, organisation, journey = prepared(databases, "texts")
    name = leaver_in(world, journey)
    shown = erasing_in(world).plan(organisation, name, (), texts=True)
    assert isinstance(shown, Erasure)
    deaths = Climbing(tmp_path / "swept", Points(1.0, seed))
    while not process(world, partial(erase, world, organisation, name), deaths):
        with world.uow() as uow:
            uow.audit.verify()

    assert check(journey, uow=world.uow(), shelf=world.shelf) == []
    with world.uow() as uow:
        uow.audit.verify()
        assert set(uow.erasures.parts(shown.person).values()) == {0}
        gone = [event for event in uow.journeys.events(journey) if event.kind == "text-disposed"]
    assert len(gone) == sum(one.texts for one in shown.texts)
    assert name not in everything(world.engine)
    tell(
        f"erasure on {world.engine.dialect.name}: {deaths.commits} commits,"
        f" killed at {deaths.died} points (PROOF_SEED={seed})"
    )
