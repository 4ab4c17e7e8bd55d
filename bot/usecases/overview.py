"""Shows somebody what is theirs over all groups: where each stands, the one next thing, and their measures by date."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.usecases import deciding, helping
from bot.usecases.following import places_of, say_overview
from bot.usecases.group_status import status_now
from bot.usecases.oneself import privacy_message, show_privately
from bot.usecases.overhearing import is_question
from bot.usecases.places import open_for, put_now
from bot.usecases.questions import show_question
from bot.usecases.surroundings import TERMINAL
from bot.usecases.turn import At, AtQuestion, Turn
from dialogs.flows.needs import needs_of_checkpoints
from dialogs.flows.rights import may
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Message, Press, words
from dialogs.model.answers import Address
from dialogs.model.problem import Problem
from dialogs.ports import Needs, Spot
from dialogs.reports.overview import Place
from dialogs.reports.own import OwnMeasure, by_date, own_measures, registers_with_people, standing
from dialogs.reports.status import next_thing
from dialogs.reports.year import open_lines
from dialogs.wording.teller import Teller

MOST_GROUPS = 40
MOST_BUTTONS = 5
MOST_MEASURES = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """One of the person's groups: the journey, what waits for them there, and their measures."""

    teller: Teller
    asked: tuple[Address, ...]
    measures: tuple[OwnMeasure, ...]


def standings(turn: Turn) -> list[Standing]:
    """Return the person's groups, those that began last in front. Practice counts where one practises."""
    found = []
    theirs = [
        one
        for one in turn.uow.journeys.of_person(turn.person.id)
        if one.state != "closed" and not one.practice
    ]
    for ref in theirs[: -MOST_GROUPS - 1 : -1]:
        journey, _ = put_now(turn, ref.id)
        teller = turn.teller(journey)
        needs = Needs(registers=registers_with_people(teller)) | needs_of_checkpoints(teller.pack, journey)
        journey = turn.uow.journeys.fill(journey, needs)
        teller = turn.teller(journey)
        measures = tuple(own_measures(teller, turn.person.id))
        found.append(Standing(teller, open_for(turn, journey), measures))
    return found


def say_groups(turn: Turn, said: Composer, groups: list[Standing]) -> None:
    """Say of each group where it stands and what comes next: for this person first, else for the group."""
    for one in groups:
        said.say(standing(one.teller))
        said.bullets(open_lines(one.teller))
        if one.asked:
            said.say(turn.words.say("own-next", title=one.teller.title(one.asked[0]), n=len(one.asked)))
        elif one.teller.journey.state == "active":
            said.say(next_thing(one.teller))


def say_measures(turn: Turn, said: Composer, groups: list[Standing]) -> None:
    measures = by_date(measure for one in groups for measure in one.measures)
    if not measures:
        return
    said.heading(turn.words.text("own-measures"))
    lines = []
    for one in measures[:MOST_MEASURES]:
        key = "own-measure-late" if one.late else "own-measure" if one.day else "own-measure-undated"
        state = f" ({one.state})" if one.state else ""
        lines.append((*turn.words.say(key, day=one.day, title=one.title), *words(state)))
    said.bullets(lines)
    if len(measures) > MOST_MEASURES:
        said.say(turn.words.say("own-measures-more", n=len(measures) - MOST_MEASURES))


def next_buttons(turn: Turn, said: Composer, groups: list[Standing]) -> None:
    """Add a button to each group's next thing: the person's own question, else how the group is doing."""
    first = True
    for one in groups[:MOST_BUTTONS]:
        id = one.teller.journey.id
        if one.asked:
            number = one.teller.number(one.asked[0])
            label = turn.words.text(
                "button-answer-number", number=number, group=one.teller.journey.group_name
            )
            said.button(label, Press("show", one.asked[0], id), primary=first)
            first = False
        else:
            label = turn.words.text("button-status-of", group=one.teller.journey.group_name)
            said.button(label, Press("status", None, id))


def page_of(turn: Turn) -> Message:
    """Return the personal page: where each group stands, the next thing, one's measures; its buttons have no ids yet."""
    text = turn.words.text
    said = _page(turn, standings(turn) if turn.person.id else [], places_of(turn) if turn.person.id else [])
    said.button(text("button-mine"), Press("mine"))
    said.button(text("button-own-settings"), Press("settings"))
    said.button(text("button-help"), Press("help"))
    return privacy_message(turn, said)


def _page(turn: Turn, groups: list[Standing], followed: Sequence[Place]) -> Composer:
    """Return the page: of groups that one only follows, the overview says where they stand."""
    said = Composer()
    if followed:
        ids = {one.standing.journey for one in followed}
        groups = [one for one in groups if one.teller.journey.id not in ids or one.asked or one.measures]
        say_overview(turn, said, followed)
    if groups or not followed:
        said.heading(turn.words.text("home-groups"))
    if groups:
        say_groups(turn, said, groups)
        next_buttons(turn, said, groups)
        say_measures(turn, said, groups)
    elif not followed:
        said.say(turn.words.say("no-groups-yet")).say(turn.words.say("home-begin"))
    return said


def _own_card(turn: Turn) -> Message:
    """Return what the personal page shows, with one's questions in the place of the button that leads to them."""
    text, groups = turn.words.text, standings(turn)
    practising = _practising(turn)
    said = _page(turn, groups, places_of(turn))
    said.say(turn.words.say("mine-are"))
    _say_questions(turn, said, [*groups, *practising])
    next_buttons(turn, said, [one for one in practising if one.asked][:1])
    said.button(text("button-own-settings"), Press("settings"))
    said.button(text("button-help"), Press("help"))
    return privacy_message(turn, said)


def _say_questions(turn: Turn, said: Composer, groups: list[Standing]) -> None:
    lines = [
        words(f"{one.teller.journey.group_name}: {one.teller.title(address)}")
        for one in groups
        for address in one.asked
    ]
    said.bullets(lines) if lines else said.say(turn.words.say("mine-none"))


def mine(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Show in private what waits for this person over all groups, with the one next, and their measures by date.

    In a workplace's chat it is what the personal page shows, for there are platforms without such pages.
    """
    if turn.room.door != TERMINAL:
        show_privately(turn, _own_card(turn))
        return True
    groups = [*standings(turn), *_practising(turn)]
    said = Composer().say(turn.words.say("mine-are"))
    _say_questions(turn, said, groups)
    say_measures(turn, said, groups)
    next_buttons(turn, said, [one for one in groups if one.asked][:1])
    show_privately(turn, said.done())
    return True


def hello(turn: Turn, spot: Spot | None) -> bool:
    """Answer a greeting: in private with where one's groups stand, in a channel with what can be written.

    Return False in a question's thread and in the terminal's stream, where it is words like any others.
    """
    if turn.room.private:
        card(turn)
        return True
    return turn.in_threads and not is_question(spot) and helping.help(turn, Commanded("help"), spot)


def resume(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`fortsätt` takes a group out of its pause; in private, where none waits for that, it shows where one was."""
    if turn.room.private and not _may_resume(turn):
        card(turn)
        return True
    return deciding.resume(turn, heard, spot)


def card(turn: Turn) -> None:
    """Welcome somebody back: where their groups stand, and the next thing with a button."""
    groups = [*standings(turn), *_practising(turn)]
    if not groups:
        turn.reply(Composer().say(turn.words.say("no-groups-yet")).say(turn.words.say("help-start")).done())
        return
    said = Composer().say(turn.words.say("welcome-back", name=turn.person.name))
    say_groups(turn, said, groups)
    next_buttons(turn, said, groups)
    turn.reply(said.done())


def show_own(turn: Turn, journey: str, address: Address) -> None:
    """Show one question of the person's own groups."""
    head = turn.uow.journeys.head(journey)
    if head.roster.member(turn.person.id) is None:
        turn.refuse(Problem("not-a-member", {"group": head.group_name}))
    else:
        show_question(turn, AtQuestion(journey, address))


def status_of(turn: Turn, journey: str) -> None:
    head = turn.uow.journeys.head(journey)
    if head.roster.member(turn.person.id) is None:
        turn.refuse(Problem("not-a-member", {"group": head.group_name}))
    else:
        turn.reply_about(status_now(turn, journey), journey)


def _practising(turn: Turn) -> list[Standing]:
    """Return the practice journey that lives in this private room, if any."""
    if not turn.room.private:
        return []
    refs = [ref for ref in turn.uow.journeys.in_room(turn.room.id) if ref.practice]
    journeys = [put_now(turn, ref.id)[0] for ref in refs]
    return [Standing(turn.teller(one), open_for(turn, one), ()) for one in journeys]


def _may_resume(turn: Turn) -> bool:
    theirs = [*turn.uow.journeys.of_person(turn.person.id), *turn.uow.journeys.in_room(turn.room.id)]
    paused = [turn.load(At(one.id)) for one in theirs if one.state == "paused"]
    return any(may(turn.pack_of(one), one, turn.person.id, "settle") for one in paused)
