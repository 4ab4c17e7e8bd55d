"""Says which groups need help and why, by what is known of them: each reason is a fact that can be looked up."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dialogs.reports.standing import QUIET, Standing

SETTLING_IN = timedelta(days=60)
"""For so long nobody wonders that a new group has no politician yet."""

Kind = Literal["silent", "late", "late-checkpoints", "lapsed", "vacant", "nobody"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a group needs help: how many days or things it is, since when, and which roles it is about."""

    kind: Kind
    count: int
    since: date | None = None
    roles: tuple[str, ...] = ()


def reasons(standing: Standing) -> tuple[Reason, ...]:
    """Return why the group needs help, the gravest first; nothing for one that pauses or has ended."""
    if standing.state != "active":
        return ()
    found = []
    goes_on = standing.step is not None or standing.goes_by_year
    if goes_on and standing.silent >= QUIET:
        found.append(Reason("silent", standing.silent.days, standing.life))
    if standing.lapsed:
        found.append(Reason("lapsed", len(standing.lapsed)))
    if standing.late:
        found.append(Reason("late", len(standing.late), standing.late[0].day))
    if standing.late_checkpoints:
        found.append(Reason("late-checkpoints", len(standing.late_checkpoints)))
    settled_in = standing.day - standing.started >= SETTLING_IN
    if standing.vacant and settled_in:
        found.append(Reason("vacant", len(standing.vacant), roles=standing.vacant))
    if standing.nobody and settled_in and goes_on:
        found.append(Reason("nobody", len(standing.nobody), roles=standing.nobody))
    return tuple(found)


def gravity(standing: Standing) -> tuple[int, int, int, int]:
    """Return what to sort groups by, so that whoever needs help most comes first."""
    why = {one.kind: one.count for one in reasons(standing)}
    graver = sum(kind in why for kind in ("silent", "lapsed", "late", "late-checkpoints"))
    return (-graver, -len(why), -why.get("silent", 0), -why.get("late", 0))
