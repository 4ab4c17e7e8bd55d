"""Hands letters to a messenger, one holder at a time, and marks what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from typing import Literal, assert_never

from dialogs.incoming import Changed, Incoming
from dialogs.ports import AccountRef, ClaimedLetter, Clock, UnitOfWork
from dialogs.sending import Later, Never, Sent, Unknown

PAUSE = 30.0  # seconds, where the platform doesn't say how long, or says nonsense
LONGEST_PAUSE = 3600.0
LONGEST_OWN_PAUSE = 900.0  # that we make longer and longer by ourselves
LONGEST_ASK = 120.0
ASKED_FOR = timedelta(minutes=5)  # so long a lost reply may hold up its room
MOST_TRIES, WORN_OUT_AFTER = 30, timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a letter that wasn't sent; `wait` is in seconds, None for good."""

    state: Literal["new", "ambiguous", "dead"]
    why: str
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What was learned of a letter, and when."""

    letter: ClaimedLetter
    became: Sent | Fate
    at: datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """Letters to send; and, when asked for, an account of each person whose letters wait for a private room."""

    letters: Sequence[ClaimedLetter] = ()
    nowhere: Sequence[AccountRef] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """How long a platform may be at work on a letter without our knowing, in seconds.

    An answer comes within `limit`, or it is lost; for `settle` more the letter may still be on its way into the room.
    Only then the platform's word that it hasn't the letter can be trusted.
    """

    limit: float = 20.0
    settle: float = 5.0

    def begins(self, lost_at: datetime) -> datetime:
        """Return since when a letter is unsure whose reply was lost just now: as if the limit had run out."""
        return lost_at - timedelta(seconds=self.limit)

    def left(self, letter: ClaimedLetter, now: datetime) -> float:
        """Return how many seconds to wait before the platform is asked."""
        if letter.unsure_since is None:
            return 0.0
        most = self.limit + self.settle
        left = most - (now - letter.unsure_since).total_seconds()
        # Longer than the whole: the clock has been set back since.
        return left if 0.0 < left <= 2 * most else 0.0


def claim(door: str, *, uow: UnitOfWork, clock: Clock) -> Sequence[ClaimedLetter]:
    """Return letters for the door's rooms, oldest first; each is this messenger's until its claim runs out."""
    with uow:
        letters = uow.outbox.claim(door, clock.now())
        uow.commit()
    return letters


def mark_sent(letter: ClaimedLetter, platform_message: str, *, uow: UnitOfWork, clock: Clock) -> bool:
    """Return False when the claim had run out and the letter is somebody else's by now."""
    with uow:
        was_ours = uow.outbox.sent(letter, platform_message, clock.now())
        uow.commit()
    return was_ours


def take_back(door: str, *, uow: UnitOfWork) -> None:
    """Take back what a messenger that is gone had claimed; should it still live, it can mark nothing any more.

    Only where this process alone serves the database, as on SQLite. Where there are several, claims run out.
    """
    with uow:
        uow.outbox.take_back(door)
        uow.commit()


def mark_and_claim(
    door: str,
    told: Sequence[Told],
    *,
    most: int,
    but_not: Collection[str],
    look_around: bool,
    uow: UnitOfWork,
    clock: Clock,
) -> Handed:
    """Mark what became of letters; hand out others, one a room, and none for the rooms *but_not*.

    One of each room, so that what is held when a process dies is what was being sent, and hardly more.
    """
    with uow:
        _mark(told, uow)
        letters = uow.outbox.claim(door, clock.now(), most=most, each=1, but_not=but_not) if most else ()
        nowhere = uow.outbox.nowhere(door) if look_around else ()
        uow.commit()
    return Handed(letters, nowhere)


def closed_account(account: AccountRef, at: datetime) -> Incoming:
    """Return what a platform says that tells us of an account that was closed: we found it out by ourselves."""
    # What an event is known by stays when the person is erased: no account stands in it.
    event = f"closed:{account.person}:{at.isoformat()}"
    return Incoming(
        account.door, account.tenant, event, account.account, account.profile.name, "", True, at, Changed(False)
    )  # fmt: skip


def give_room(account: AccountRef, external: str, *, uow: UnitOfWork) -> None:
    """Send here what has waited for the account's owner to have a private room, unless they have one by now."""
    with uow:
        room = uow.rooms.private_room(account.person)
        if room is None:
            room = uow.rooms.find(account.door, account.tenant, external, private=True)
            uow.rooms.bind_private(account.person, room.id)
        uow.outbox.house(account.person, room.id)
        uow.commit()


def fate(letter: ClaimedLetter, outcome: Later | Unknown | Never, now: datetime, doubt: Doubt) -> Fate:
    """Decide what becomes of a letter that the platform doesn't have, or perhaps has.

    A letter with `unsure_since` was asked for: its `Later` means that nobody could be asked yet, its `Unknown` that
    the platform can't tell.
    """
    asked = letter.unsure_since is not None
    match outcome:
        case Never(why=why):
            return Fate("dead", why)
        case Later(why=why, everywhere=everywhere) if not everywhere and _worn_out(letter, now):
            return Fate("ambiguous" if asked else "dead", f"given up: {why}")
        case Later(seconds=seconds, why=why):
            return Fate("ambiguous" if asked else "new", why, patience(seconds, letter.epoch))
        case Unknown(why=why, for_good=for_good) if asked and (
            for_good or letter.aside or _asked_long_enough(letter, now)
        ):
            return Fate("ambiguous", why)
        case Unknown(why=why):
            return Fate("ambiguous", why, min(doubt.settle * 2.0 ** min(letter.epoch - 1, 10), LONGEST_ASK))
        case _:
            assert_never(outcome)


def patience(seconds: float, tries: int) -> float:
    """Return how long to wait: what the platform asks for within reason, and longer the more often it was tried."""
    asked = seconds if isfinite(seconds) and seconds >= 0 else PAUSE
    own = min(2.0 ** min(tries - 1, 16), LONGEST_OWN_PAUSE)
    return min(max(asked, own), LONGEST_PAUSE)


def _mark(told: Sequence[Told], uow: UnitOfWork) -> None:
    sent: list[tuple[ClaimedLetter, str, datetime]] = []
    for one in told:
        match one.became:
            case Sent(message=message, doubt=why) if why:
                uow.outbox.partly_sent(one.letter, message, why, one.at)
            case Sent(message=message):
                sent.append((one.letter, message, one.at))
            case Fate(state=state, why=why, wait=wait):
                not_before = None if wait is None else one.at + timedelta(seconds=wait)
                uow.outbox.not_sent(one.letter, state, why, not_before=not_before)
            case _:
                assert_never(one.became)
    if sent:
        uow.outbox.all_sent(sent)


def _worn_out(letter: ClaimedLetter, now: datetime) -> bool:
    return letter.epoch >= MOST_TRIES and letter.at is not None and now - letter.at >= WORN_OUT_AFTER


def _asked_long_enough(letter: ClaimedLetter, now: datetime) -> bool:
    return letter.unsure_since is not None and now - letter.unsure_since >= ASKED_FOR
