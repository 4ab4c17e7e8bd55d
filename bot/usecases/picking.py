"""Finds who stands behind the accounts that somebody picked: known, entered before under the same name, or new."""

from bot.usecases.accounts import PICKED
from bot.usecases.borders import may_be_met_at
from bot.usecases.identify import heard_of, meet
from bot.usecases.organise import Workplace
from bot.usecases.organising import note
from bot.usecases.same_person import is_new, unite
from bot.usecases.turn import Turn
from dialogs.model.journey import Journey
from dialogs.model.people import Person
from dialogs.model.problem import Problem


def picked(turn: Turn, journey: Journey, typed: str) -> list[Person | Problem]:
    """Return who stands behind the accounts that were picked; somebody new for an account that nobody has seen."""
    accounts = dict.fromkeys(PICKED.findall(typed))
    return [_owner(turn, journey, account) for account in accounts]


def _owner(turn: Turn, journey: Journey, account: str) -> Person | Problem:
    door, tenant = turn.incoming.door, turn.incoming.tenant
    known = turn.uow.people.by_account(door, tenant, account)
    profile = turn.profiles.get(account)
    if profile is not None and not profile.active:
        return Problem("account-inactive", {"name": profile.name})
    if known is not None and not is_new(turn, known):
        return known
    if known is None and profile is None:
        return Problem("account-not-found")
    name = known.name if known is not None else profile.name if profile is not None else ""
    person = _entered_before(turn, journey, name, Workplace(door, tenant))
    if person is None:
        return (
            known
            or meet(
                door, tenant, account, name, profile, uow=turn.everything, at=turn.now, borders=turn.borders
            )[0]
        )
    if known is not None:
        unite(turn, known, person)
    else:
        turn.uow.people.tie(door, tenant, account, person.id)
    if profile is not None:
        person = heard_of(door, tenant, account, person, profile, uow=turn.uow, at=turn.now)
    note(turn, journey, "account-tied", person.id)
    turn.announce(turn.words.message("account-was-entered", name=person.name))
    return person


def _entered_before(turn: Turn, journey: Journey, name: str, here: Workplace) -> Person | None:
    """Return the one person of the organisation with the name who has no account here: whoever picks means them."""
    named = turn.uow.people.named(name, journey.organisation)
    found = [one for one in named if not here.knows(one, turn.uow)]
    if len(named) != 1 or len(found) != 1:
        return None
    there = [(here.door, here.tenant)]
    may = may_be_met_at(there, found[0].id, uow=turn.everything, borders=turn.borders)
    return found[0] if may else None
