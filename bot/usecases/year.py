"""The year's checkpoints in the conversation: shown, opened by hand, closed, and those who owe a part reminded."""

import re
from collections.abc import Sequence

from bot.usecases.about import about_journey
from bot.usecases.asking_fields import open_form
from bot.usecases.opening_forms import why_not
from bot.usecases.places import journeys_here
from bot.usecases.plan import to_come, with_dates
from bot.usecases.turn import At, Turn
from dialogs.flows.checkpoints import closes, first_part, opens, owing, sees_to
from dialogs.flows.position import checkpoint_number
from dialogs.flows.rights import leads
from dialogs.hearing.hear import Commanded
from dialogs.letters import Letter, ToPerson
from dialogs.messages import Composer, Press
from dialogs.model.checkpoint import Held, OpenCheckpoint
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.problem import Problem
from dialogs.ports import Needs, Spot
from dialogs.reports.year import by_day, checkpoint_message, year_message
from dialogs.values.names import find
from dialogs.wording.checkpoints import checkpoint_title, opening_message, title_of_open
from dialogs.wording.parts import answer_button

_VERBS = {
    "klar": "done", "klart": "done", "done": "done", "lämna": "leave", "leave": "leave", "öppna": "open",
    "open": "open", "påminn": "remind", "remind": "remind", "visa": "show", "show": "show",
}  # fmt: skip
_NUMBER = re.compile(r"[Hh]\d{1,2}")


def checkpoints(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`hållpunkter` lists those of the year."""
    if spot is None and not journeys_here(turn):
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey, coming = _loaded(turn, at.journey)
    counted = turn.pack_of(journey).counted_reads
    journey = turn.uow.journeys.fill(journey, Needs(questions=counted.questions, registers=counted.registers))
    if not turn.pack_of(journey).cycle:
        turn.say("checkpoints-none")
        return True
    kept = turn.uow.journeys.checkpoints(journey.id)
    turn.reply_about(year_message(turn.teller(journey), coming, kept), journey.id)
    return True


def checkpoint(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`H1` shows one; `hållpunkt klar H1`, `lämna`, `öppna` and `påminn` do what they say."""
    if spot is None and not journeys_here(turn):
        return False
    verb, name = _said(heard.number)
    if not verb:
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey, _ = with_dates(turn.uow.journeys.head(at.journey), uow=turn.uow, shelf=turn.shelf)
    found = _named(turn, journey, name)
    if found is None:
        if not turn.pack_of(journey).cycle or (verb == "show" and not _NUMBER.fullmatch(name)):
            return False
        turn.refuse(Problem("checkpoint-unknown" if name else "checkpoint-how-to"))
        return True
    if verb == "show":
        coming = to_come(journey, turn.pack_of(journey), uow=turn.uow, today=turn.today)
        turn.reply_about(checkpoint_message(turn.teller(journey), found, coming), journey.id)
    elif verb == "open":
        _open_by_hand(turn, journey, found)
    else:
        _about_open(turn, journey, found, verb, heard.rest)
    return True


def show(turn: Turn, journey_id: str, key: str) -> None:
    journey, open = _found(turn, journey_id, key)
    if open is not None:
        turn.reply_about(opening_message(turn.teller(journey), open), journey.id)


def done(turn: Turn, journey_id: str, key: str) -> None:
    journey, open = _found(turn, journey_id, key)
    if open is not None:
        turn.act(At(journey.id), journey, closes(open, "done", by=turn.person.id, at=turn.now))


def leave(turn: Turn, journey_id: str, key: str, reason: str) -> None:
    journey, open = _found(turn, journey_id, key)
    if open is not None:
        event = closes(open, "left", by=turn.person.id, at=turn.now, note=reason)
        turn.act(At(journey.id), journey, event, text=reason)


def remind_owing(turn: Turn, journey_id: str, key: str, *, sure: bool) -> None:
    """Show whom a reminder would go to; when *sure*, send it: to each once a day, with what they owe."""
    journey, open = _found(turn, journey_id, key)
    if open is None:
        return
    pack = turn.pack_of(journey)
    if not (leads(pack, journey, turn.person.id) or sees_to(pack, journey, open, turn.person.id)):
        turn.refuse(Problem("checkpoint-not-yours", {"number": checkpoint_number(pack, open.checkpoint)}))
        return
    teller = turn.teller(journey)
    owed = {
        one: parts for one, parts in owing(pack, journey, open, turn.today).items() if one != turn.person.id
    }
    if not owed:
        turn.say("remind-owing-none", title=title_of_open(teller, open))
        return
    names = teller.listed(teller.name(one) for one in owed)
    if not sure:
        said = Composer().say(turn.words.say("remind-owing-who", names=names))
        said.button(
            turn.words.text("button-remind-them"), Press("remind-owing-now", None, open.key), primary=True
        )
        turn.reply_about(said.done(), journey.id)
        return
    for person in owed:
        turn.letters.append(_reminder(turn, journey, open, person))
    turn.say("remind-missing-sent", names=names)


def _reminder(turn: Turn, journey: Journey, open: OpenCheckpoint, person: PersonId) -> Letter:
    member = journey.roster.member(person)
    own = turn.teller(journey, language=(member.person.language if member else None) or journey.language)
    owed = owing(own.pack, journey, open, turn.today)[person]
    said = own.composer().say(
        own.say(
            "remind-owing-asked",
            name=turn.person.name,
            group=journey.group_name,
            title=title_of_open(own, open),
        )
    )
    said.say(own.say("checkpoint-due", day=open.due))
    said.bullets(own.say("open-line", title=own.title(one), status=own.text("status-open")) for one in owed)
    part = first_part(own.pack, owed) or owed[0]
    answer_button(own, part, said)
    key = f"owing:{journey.id}:{open.key}:{turn.today}:{person}"
    return Letter(key, ToPerson(person), said.done(), "note", journey.id, reminds=True)


def _about_open(turn: Turn, journey: Journey, checkpoint: str, verb: str, reason: str) -> None:
    opened = [one for one in by_day(journey.checkpoints) if one.checkpoint == checkpoint]
    number = checkpoint_number(turn.pack_of(journey), checkpoint)
    if not opened:
        turn.refuse(Problem("checkpoint-not-open", {"number": number}))
    elif len(opened) > 1:
        said = Composer().say(turn.words.say("checkpoint-several", number=number))
        for one in opened[:10]:
            label = title_of_open(turn.teller(journey), one)
            said.button(label, Press("checkpoint-show", None, one.key))
        turn.reply_about(said.done(), journey.id)
    elif verb == "done":
        done(turn, journey.id, opened[0].key)
    elif verb == "remind":
        remind_owing(turn, journey.id, opened[0].key, sure=False)
    elif reason:
        leave(turn, journey.id, opened[0].key, reason)
    else:
        press = Press("checkpoint-left", None, opened[0].key)
        problem = why_not(turn, journey, press)
        if problem is not None:
            turn.refuse(problem)
        else:
            open_form(turn, journey, press)


def _open_by_hand(turn: Turn, journey: Journey, checkpoint: str) -> None:
    """Open the next one before its time, at the word of whoever sees to it or leads."""
    pack = turn.pack_of(journey)
    number = checkpoint_number(pack, checkpoint)
    coming = to_come(journey, pack, uow=turn.uow, today=turn.today)
    ahead = [one for one in coming if one.checkpoint == checkpoint and not journey.open_checkpoint(one.key)]
    if not ahead:
        turn.refuse(Problem("checkpoint-nothing-to-open", {"number": number}))
        return
    event = opens(ahead[0], by=turn.person.id, at=turn.now)
    about = OpenCheckpoint(checkpoint, ahead[0].subject, ahead[0].period, ahead[0].due, turn.today)
    if leads(pack, journey, turn.person.id) or sees_to(pack, journey, about, turn.person.id):
        turn.act(At(journey.id), journey, event)
    else:
        turn.refuse(Problem("checkpoint-not-yours", {"number": number}))


def _loaded(turn: Turn, id: str) -> tuple[Journey, Sequence[Held]]:
    journey, pack = with_dates(turn.uow.journeys.head(id), uow=turn.uow, shelf=turn.shelf)
    return journey, to_come(journey, pack, uow=turn.uow, today=turn.today)


def _found(turn: Turn, id: str, key: str) -> tuple[Journey, OpenCheckpoint | None]:
    """Return the journey with its open checkpoints' parts, and the one that is meant; or say that it is over."""
    journey, _ = with_dates(turn.uow.journeys.head(id), uow=turn.uow, shelf=turn.shelf)
    open = journey.open_checkpoint(key)
    if open is None:
        teller = turn.teller(journey)
        coming = to_come(journey, teller.pack, uow=turn.uow, today=turn.today)
        held = next((one for one in coming if one.key == key), None)
        if held is None:
            turn.say("checkpoint-gone")
        else:
            title = checkpoint_title(teller, held.checkpoint, held.subject, held.period)
            turn.say("checkpoint-comes", title=title, opens=held.opens, day=held.due)
    return journey, open


def _said(words: str) -> tuple[str, str]:
    """Return what is to be done, and with which: `klar H1`, `H1`, `klar`."""
    first, _, rest = words.strip().partition(" ")
    verb = _VERBS.get(first.casefold())
    if verb is not None:
        return verb, rest.strip()
    return ("show", words.strip()) if words.strip() else ("show", "")


def _named(turn: Turn, journey: Journey, name: str) -> str | None:
    """Return the checkpoint of that number or title; without one, the only one that is open."""
    cycle = turn.pack_of(journey).cycle
    if not name:
        opened = {one.checkpoint for one in journey.checkpoints}
        return opened.pop() if len(opened) == 1 else None
    if _NUMBER.fullmatch(name):
        number = int(name[1:])
        return cycle[number - 1].id if 1 <= number <= len(cycle) else None
    titles = [(one.id, text) for one in cycle for text in one.title.root.values()]
    return find(name, titles, numbered=False).value
