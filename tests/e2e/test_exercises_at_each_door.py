"""Each exercise that comes with a method, held wholly at each door and on paper: the same is left, field by field."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.usecases.walk import Stage, play
from bot.wiring import open_world
from content.pack import Pack, register_of
from content.schema.exercises import Exercise
from content.schema.files import Walkthrough
from dialogs.flows.exercises import in_pairs
from dialogs.flows.rights import is_hidden, participants
from dialogs.model.answers import Address, Item
from dialogs.model.journey import Journey
from dialogs.values.asking import Asking, title_of
from dialogs.values.exercise_result import is_empty, result_of
from dialogs.values.showing import record_facts
from tests.doors.fixtures import loaded
from tests.e2e.terminal_stage import TerminalStage
from tests.proof.telling import apart
from tests.slack.fixtures import Stages
from tests.slack.posted import Shown
from tests.slack.stage import SlackStage
from tests.slack.stage import everybody as in_slack
from tests.teams.fixtures import TeamsStages
from tests.teams.stage import everybody as in_teams
from tests.walkthroughs.on_paper import held_on_paper

pytestmark = pytest.mark.e2e

HOLDING = {"samverkan-processtod": "samverkan-hela-processen", "benchlearning": "pa-studiebesok"}
UNHEARD = ("Personalansvariga", "Skyddsombudet")
Told = Mapping[str, Any]


def the_conversation(pack: str) -> Walkthrough:
    """Return the walkthrough that holds every exercise of the pack."""
    [found] = [one for one in loaded()[pack].walkthroughs if one.id == HOLDING[pack]]
    return found


def until_the_last_is_over(found: Walkthrough) -> Walkthrough:
    last = max(number for number, scene in enumerate(found.scenes) if scene.says == "övning klar")
    return found.model_copy(update={"scenes": found.scenes[: last + 1]})


def left_by(stage: Stage) -> Mapping[str, Told]:
    """Return what each exercise left, without ids and times, and without who typed it in."""
    kept = stage.journey()
    assert kept is not None
    pack, journey = kept
    return {one.id: _told(one, pack, journey, stage) for one in pack.exercises}


def _told(exercise: Exercise, pack: Pack, journey: Journey, stage: Stage) -> Told:
    asking = Asking(pack, journey, "sv", stage.today)
    run, result = journey.exercises[exercise.id], result_of(exercise, asking)
    assert not is_empty(result)
    return {
        "over": (run.over, run.number, run.broken),
        "result": asdict(result),
        "answers": {one.id: _answer(journey.item(Address(one.id)), stage) for one in exercise.questions},
        "each": {
            one.id: sorted(_said(journey.item(Address(one.id)), asking))
            for one in exercise.questions
            if one.who == "each" or one.kind == "commitment"
        },
        "records": {
            register: [(one.state, record_facts(one, asking)) for one in journey.records_in(register)]
            for register in sorted({register_of(one) or "" for one in exercise.questions} - {""})
        },
        "paired": sorted(journey.roster.name(one) for pair in run.pairs for one in pair),
        "expected": sorted(one.person.name for one in participants(pack, journey)) if in_pairs(exercise) else [],
    }  # fmt: skip


def _answer(item: Item, stage: Stage) -> Told:
    assert item.answer is not None, item
    return {
        "status": item.status,
        "shown": stage.shown(item.address),
        "how": item.answer.how,
        "revision": item.answer.revision,
    }


def _said(item: Item, asking: Asking) -> Iterator[tuple[str, str]]:
    """Yield who said what; people and records by name, as each door gives them ids of its own."""
    journey = asking.journey
    names = {one.id: title_of(one, asking) for kept in journey.records.values() for one in kept}
    names |= {one.person.id: one.person.name for one in journey.roster.members}
    for one in item.contributions:
        said = json.dumps(one.value, ensure_ascii=False)
        for id, name in names.items():
            said = said.replace(id, name)
        yield journey.roster.name(one.by or ""), said


@dataclass(frozen=True)
class Doors:
    folder: Path
    slack: Stages
    teams: TeamsStages

    def terminal(self, walkthrough: Walkthrough) -> TerminalStage:
        with open_world(Settings(database_url=f"sqlite:///{self.folder / walkthrough.id}.db")):
            pass  # the stage reads beside the program, from a file that is there
        return TerminalStage(self.folder / f"{walkthrough.id}.db", walkthrough.language)

    def in_slack(self, walkthrough: Walkthrough) -> SlackStage:
        return self.slack(in_slack(walkthrough), walkthrough.day)

    def in_teams(self, walkthrough: Walkthrough) -> Any:
        return self.teams(in_teams(walkthrough), walkthrough.day)


@pytest.fixture
def doors(tmp_path: Path, stages: Stages, teams_stages: TeamsStages) -> Doors:
    return Doors(tmp_path, stages, teams_stages)


def held(pack: str, walkthrough: Walkthrough, at: Callable[[Walkthrough], Any]) -> Mapping[str, Told]:
    stage = at(walkthrough)
    played = play(walkthrough, stage, method=pack)
    assert played.mismatches == []
    left = left_by(stage)
    stage.close()
    return left


def test_every_exercise_is_held_here() -> None:
    assert {name for name, one in loaded().items() if one.pack.exercises} == set(HOLDING)


@pytest.mark.parametrize("pack", HOLDING)
def test_each_exercise_leaves_the_same_at_each_door_and_on_paper(pack: str, doors: Doors) -> None:
    in_the_channel = until_the_last_is_over(the_conversation(pack))
    on_paper = held_on_paper(in_the_channel)

    terminal = held(pack, in_the_channel, doors.terminal)
    others = {
        "Slack": held(pack, in_the_channel, doors.in_slack),
        "Teams": held(pack, in_the_channel, doors.in_teams),
        "paper, typed in at the terminal": held(pack, on_paper, doors.terminal),
        "paper, typed in in Slack": held(pack, on_paper, doors.in_slack),
    }

    assert {where: list(apart(left, terminal)) for where, left in others.items()} == {
        where: [] for where in others
    }
    assert all(one["paired"] == one["expected"] for one in terminal.values())


# ------------------------------------------------------------------------------------------ who sees what in Slack


@dataclass
class Overheard:
    """What Slack showed in each scene, and whose words were hidden when it had been played."""

    stage: SlackStage
    shown: list[Sequence[Shown]] = field(default_factory=list)
    hidden: list[Mapping[str, str]] = field(default_factory=list)  # what was put in -> who put it in

    def listen(self, news: Callable[[], Sequence[Shown]]) -> Sequence[Shown]:
        told = news()
        self.shown.append(told)
        self.hidden.append(dict(self._hidden()))
        return told

    def _hidden(self) -> Iterator[tuple[str, str]]:
        kept = self.stage.journey()
        if kept is None:
            return
        pack, journey = kept
        for item in journey.items.values():
            if is_hidden(pack.places[item.address.question].question, item):
                for one in item.contributions:
                    if not isinstance(one.value, dict):  # a ranking's options are no secret
                        for words in [one.value] if isinstance(one.value, str) else one.value:
                            yield words, journey.roster.name(one.by or "")

    def rooms_with(self, words: str, told: Sequence[Shown]) -> set[str]:
        return {one.channel for one in told if words in unescape(json.dumps(one.message, ensure_ascii=False))}

    def private(self, who: str) -> set[str]:
        return {self.stage.town.private(self.stage.town.talkers[who])}


@pytest.mark.parametrize(
    ("pack", "note"),
    [("samverkan-processtod", ""), ("benchlearning", "de släppte in oss utan att fråga")],
)
def test_notes_and_hidden_rounds_stay_private_in_slack(
    pack: str, note: str, doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    walkthrough = the_conversation(pack)
    leader = next(iter(walkthrough.people.values())).name
    stage = doors.in_slack(walkthrough)
    overheard, posted = Overheard(stage), stage.town.adapter.posted
    news = posted.news
    monkeypatch.setattr(posted, "news", lambda: overheard.listen(news))

    assert play(walkthrough, stage, method=pack).mismatches == []

    everything = [one for told in overheard.shown for one in told]
    for exercise in loaded()[pack].pack.exercises:
        tips = (*exercise.facilitator, *(one for phase in exercise.phases for one in phase.notes))
        for tip in tips:
            words = tip.said_in("sv").partition("*")[0].strip()
            assert overheard.rooms_with(words, everything) == overheard.private(leader), words
    if note:
        assert overheard.rooms_with(note, everything) == overheard.private(leader)
    every = {words: who for hidden in overheard.hidden for words, who in hidden.items()}
    assert every
    for told, hidden in zip(overheard.shown, overheard.hidden, strict=True):
        for words, who in hidden.items():
            assert overheard.rooms_with(words, told) <= overheard.private(who), words
    for words in every:
        assert stage.town.channel in overheard.rooms_with(words, everything), f"{words} was never shown"
    for number, scene in enumerate(walkthrough.scenes, start=1):
        if scene.says == "övning vilka":
            asked = [overheard.rooms_with(name, overheard.shown[number]) for name in UNHEARD]
            assert asked == [{stage.town.channel}] * len(UNHEARD)
    stage.close()
