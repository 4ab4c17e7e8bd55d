"""Everybody's own terms in the conversation: how much, when, how quiet, and being away."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from bot.usecases.oneself import show_privately
from bot.usecases.pausing import paused_until
from bot.usecases.things_put_off import list_them
from bot.usecases.turn import Turn
from dialogs.calendar.budget import LONGEST_WEEK, budget
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer
from dialogs.model.problem import Problem
from dialogs.model.terms import Away, Intensity, QuietHours, Terms
from dialogs.ports import Spot
from dialogs.values.days import read_later
from dialogs.values.names import find

_CLOCK = re.compile(r"(?:kl\.?|klockan|at)?\s*(\d{1,2})(?:[:.](\d{2}))?")
_HOURS = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|till|to|until)\s*(\d{1,2})(?:[:.](\d{2}))?")
_LEVELS: tuple[tuple[Intensity, str], ...] = (
    ("light", "lätt"), ("light", "light"), ("standard", "lagom"), ("standard", "standard"), ("active", "mycket"),
    ("active", "active"),
)  # fmt: skip
LONGEST_AWAY = timedelta(days=400)


def reminders(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`påminnelser` shows one's terms; `påminnelser lätt` changes how much one hears."""
    if not heard.rest.strip():
        _show(turn)
        return True
    level = find(heard.rest, _LEVELS, numbered=False).value
    if level is None:
        if len(heard.rest.split()) > 1:
            return False
        turn.refuse(Problem("intensity-unknown"))
        return True
    kinds: dict[str, Intensity] = {"light": "light", "standard": "standard", "active": "active"}
    _change(turn, replace(_terms(turn), intensity=kinds[level]))
    return True


def nudge(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`knuff tisdag 10:00` chooses the day and hour of the weekly nudge, and the hour of all reminders."""
    day, _, rest = heard.rest.strip().partition(" ")
    weekday = _weekday(turn, day)
    at = _clock(rest) if rest else _terms(turn).at
    if weekday is None or at is None:
        if len(heard.rest.split()) > 3:
            return False
        turn.refuse(Problem("nudge-how"))
        return True
    own = _terms(turn)
    if own.quiet.cover(at):
        turn.refuse(
            Problem("nudge-in-quiet", {"begin": _shown(own.quiet.begin), "end": _shown(own.quiet.end)})
        )
        return True
    _change(turn, replace(own, weekday=weekday, at=at))
    return True


def quiet(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`tyst 18–7` chooses between which hours nothing is said."""
    found = _HOURS.fullmatch(heard.rest.strip())
    begin, end = (_time(found[1], found[2]), _time(found[3], found[4])) if found else (None, None)
    if begin is None or end is None:
        if len(heard.rest.split()) > 4:
            return False
        turn.refuse(Problem("quiet-how"))
        return True
    hours = QuietHours(begin, end)
    own = _terms(turn)
    _change(turn, replace(own, quiet=hours, at=end if hours.cover(own.at) else own.at))
    return True


def away(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`borta till 3 januari`: no reminders until the day after."""
    said = re.sub(r"^(?:till och med|till|t\.?o\.?m\.?|until|to)\s+", "", heard.rest.strip())
    last = read_later(said, today=turn.today)
    if last is None:
        if len(heard.rest.split()) > 5:
            return False
        turn.refuse(Problem("away-how"))
        return True
    if not turn.today <= last <= turn.today + LONGEST_AWAY:
        turn.refuse(Problem("away-too-far"))
        return True
    turn.uow.calendar.put_away(turn.person.id, Away(turn.today, last))
    _outdate(turn)
    turn.say("away-is-kept", day=last + timedelta(days=1))
    return True


def back(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    turn.uow.calendar.come_back(turn.person.id, turn.today)
    _outdate(turn)
    turn.say("back-is-kept")
    return True


def _change(turn: Turn, terms: Terms) -> None:
    turn.uow.calendar.set_terms(turn.person.id, terms)
    _outdate(turn)
    _show(turn)


def _show(turn: Turn) -> None:
    own = _terms(turn)
    words = turn.words
    said = Composer().say(
        words.say(
            "terms-are", intensity=words.text(f"intensity-{own.intensity}"), at=_shown(own.at),
            begin=_shown(own.quiet.begin), end=_shown(own.quiet.end),
        )
    )  # fmt: skip
    if own.weekday is None:
        said.say(words.say("terms-nudge-before-meetings"))
    else:
        said.say(words.say("terms-nudge", weekday=words.text(f"weekday-{own.weekday}")))
    heard = turn.uow.calendar.heard([turn.person.id], turn.now - LONGEST_WEEK).get(turn.person.id, ())
    week = budget(own, heard, turn.now)
    said.say(words.say("terms-budget", used=week.used, most=week.most))
    present = [period for period in own.away if period.last >= turn.today]
    for period in present[:1]:
        said.say(words.say("terms-away", day=period.last))
    for group, last in _paused(turn):
        said.say(words.say("terms-paused", group=group, day=last))
    list_them(turn, said)
    show_privately(turn, said.say(words.say("terms-how")).done())


def _paused(turn: Turn) -> Iterator[tuple[str, date]]:
    """Yield which of the person's groups' reminders pause now, and until when."""
    for ref in turn.uow.journeys.of_person(turn.person.id):
        last = paused_until(ref.id, uow=turn.uow, today=turn.today) if ref.state == "active" else None
        if last is not None:
            yield ref.group_name, last


def _terms(turn: Turn) -> Terms:
    return turn.uow.calendar.terms([turn.person.id]).get(turn.person.id, Terms())


def _outdate(turn: Turn) -> None:
    for journey in turn.uow.journeys.of_person(turn.person.id):
        turn.uow.calendar.outdate(journey.id)


def _weekday(turn: Turn, word: str) -> int | None:
    options = [(str(day), name) for day in range(7) for name in _names_of(turn, day)]
    found = find(word, tuple(options), numbered=False).value
    return int(found) if found is not None else None


def _names_of(turn: Turn, day: int) -> Iterable[str]:
    return (turn.book.text(f"weekday-{day}", language) for language in ("sv", "en"))


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text.strip().lower())
    return _time(found[1], found[2]) if found else None


def _time(hour: str, minute: str | None) -> time | None:
    try:
        return time(int(hour) % 24 if int(hour) == 24 else int(hour), int(minute or 0))
    except ValueError:
        return None


def _shown(at: time) -> str:
    return at.strftime("%H:%M")
