"""The secret addresses under which somebody's calendar reads dates: made, changed and taken away in the conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.usecases.oneself import show_privately
from bot.usecases.turn import Turn
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer
from dialogs.model.problem import Problem
from dialogs.ports import JourneyRef, Spot
from dialogs.time import local_day
from dialogs.values.names import find

PLACE = "calendar"


def address_of(secret: str, public_url: str) -> str:
    """Return where the calendar behind the secret is read."""
    return f"{public_url.rstrip('/')}/{PLACE}/{secret}.ics"


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`kalender länk` makes an address of one's own dates; with a name, of a group's. One that is there is told of."""
    return _made(turn, heard, anew=False)


def renew(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`kalender länk ny` takes the address away and makes another: whoever has the old one reads nothing more."""
    return _made(turn, heard, anew=True)


def drop(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`kalender länk bort` takes all of one's addresses away; with a group's name, the one for that group."""
    journey = named_journey(turn, heard.rest) if heard.rest else None
    if heard.rest and journey is None:
        return True
    count = turn.uow.calendar.drop_feeds(turn.person.id, journey)
    show_privately(
        turn, turn.words.message("calendar-links-dropped" if count else "no-calendar-link", n=count)
    )
    return True


def _made(turn: Turn, heard: Commanded, *, anew: bool) -> bool:
    journey = named_journey(turn, heard.rest)
    if journey is None:
        return True
    if not turn.public_url:
        _say_whom_to_ask(turn)
        return True
    of = _names(turn).get(journey, "")
    there = [one for one in turn.uow.calendar.feeds(turn.person.id) if one.journey == journey]
    if there and not anew:
        since = local_day(there[-1].at)
        key = "calendar-link-there-group" if of else "calendar-link-there"
        show_privately(turn, turn.words.message(key, day=since, group=_short(of)))
        return True
    turn.uow.calendar.drop_feeds(turn.person.id, journey)
    secret = turn.ids.new() + turn.ids.new()
    turn.uow.calendar.put_feed(secret, turn.person.id, journey, turn.now)
    say = turn.words.say
    said = Composer().say(say("calendar-link-is", address=address_of(secret, turn.public_url)))
    said.say(say("calendar-link-shows-group", group=of) if of else say("calendar-link-shows"))
    said.say(say("calendar-link-secret"))
    if there:
        said.say(say("calendar-link-old"))
    show_privately(turn, replace(said.say(say("calendar-link-how")).done(), secret=True))
    return True


def named_journey(turn: Turn, name: str) -> str | None:
    """Return the journey of the group that is named, "" where none is; None when the person has been told otherwise."""
    names = _names(turn)
    if not names:
        show_privately(turn, turn.words.message("calendar-link-no-group"))
        return None
    if not name:
        return ""
    found = find(name, tuple(names.items()), numbered=False).value
    if found is None:
        groups = ", ".join(dict.fromkeys(names.values()))
        show_privately(
            turn, turn.words.problem(Problem("calendar-link-which", {"said": name, "groups": groups}))
        )
    return found


def _names(turn: Turn) -> Mapping[str, str]:
    """Return the latest journey of each of the person's groups, with the group's name."""
    latest: dict[tuple[str, str], JourneyRef] = {}
    for one in turn.uow.journeys.of_person(turn.person.id):
        if not one.practice:
            latest[one.organisation, one.group_name] = one
    return {one.id: one.group_name for one in latest.values()}


def _short(name: str) -> str:
    """Return the name's beginning, no longer than what may follow a command."""
    return " ".join(name.split()[:4])


def _say_whom_to_ask(turn: Turn) -> None:
    admins: Sequence[str] = [
        admin.name
        for organisation in turn.uow.organisations.of_person(turn.person.id)
        for admin in turn.uow.organisations.admins(organisation)
    ]
    names = ", ".join(dict.fromkeys(admins))
    show_privately(turn, turn.words.message("calendar-link-nowhere", names=names or "–"))
