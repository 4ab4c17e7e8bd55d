"""Says who decides what, by the pack's rights; and which decision a record waits for before it is moved."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from content.pack import Pack
from content.schema.deciding import BodyKind, Decides
from dialogs.flows.facts import Facts, as_day, holds
from dialogs.flows.shortfall import is_empty
from dialogs.model.journey import Journey
from dialogs.model.people import Body, BodyId, Member
from dialogs.model.records import Record

# What a body's name holds, in the order in which it is looked for: a municipal council has an executive board.
_KINDS: tuple[tuple[BodyKind, tuple[str, ...]], ...] = (
    ("council", ("fullmäktige",)),
    ("board", ("styrelse", "board")),
    ("committee", ("nämnd", "utskott", "beredning", "committee")),
    ("council", ("council", "assembly")),
)


@dataclass(frozen=True, slots=True)
class Waits:
    """A record waits for a decision: none is written, or not whole; its day is to come; or another must decide."""

    right: Decides
    why: Literal["missing", "not-yet", "other-body", "role"]


def kind_of(name: str) -> BodyKind | None:
    """Return what kind of body has such a name; None where the name doesn't say."""
    low = name.casefold()
    return next((kind for kind, parts in _KINDS if any(part in low for part in parts)), None)


def unit_of(right: Decides, record: Record | None) -> str:
    """Return the record's unit, where the right is that of the body that answers for it; else ""."""
    field = right.records.unit if right.records is not None else None
    return str(record.fields.get(field) or "") if field is not None and record is not None else ""


def bodies_with(
    pack: Pack, journey: Journey, right: Decides, record: Record | None = None
) -> tuple[Body, ...]:
    """Return the bodies that have the right, over *record* where one is at hand, as far as is known."""
    if right.by is None:
        return ()
    named = _answered(journey, right) or journey.roster.body_of(unit_of(right, record))
    if named:
        return tuple(body for body in journey.roster.bodies if body.id == named)
    return tuple(body for body in journey.roster.bodies if _is_of_kind(pack, journey, right, body))


def holders_of(journey: Journey, right: Decides) -> tuple[Member, ...]:
    roster = journey.roster
    return (
        tuple(dict.fromkeys((*roster.holders(right.role), *roster.deputies(right.role))))
        if right.role
        else ()
    )


def has_right(pack: Pack, journey: Journey, right: Decides, body: str, record: Record | None = None) -> bool:
    """Say whether the body may decide. Of a body whose name doesn't say what it is, nobody can know better.

    A body that is closed had its units then: what it decided holds.
    """
    named = _answered(journey, right)
    if named:
        return body == named
    own = journey.roster.body_of(unit_of(right, record))
    if own is not None and body not in journey.roster.closed:
        return body == own
    found = Body(BodyId(body), journey.roster.body_name(body))
    return kind_of(found.name) is None or _is_of_kind(pack, journey, right, found)


def rights_over(pack: Pack, record: Record, to: str, facts: Facts) -> tuple[Decides, ...]:
    """Return the rights under which the record's move to a state is decided."""
    about = facts.about(record)
    return tuple(
        right
        for right in pack.deciding.get(record.register, ())
        if right.records is not None and to in right.records.to and holds(right.records.where, about)
    )


def rights_to_prolong(
    pack: Pack, record: Record, fields: Collection[str], facts: Facts
) -> tuple[Decides, ...]:
    """Return the rights under which one of the record's dates is moved later, by the names of those that are."""
    about = facts.about(record)
    return tuple(
        right
        for right in pack.deciding.get(record.register, ())
        if right.records is not None and right.records.prolongs in fields
        and record.state in right.records.to and holds(right.records.where, about)
    )  # fmt: skip


def waits_for(pack: Pack, journey: Journey, record: Record, to: str, today: date, *, by: str) -> Waits | None:
    """Return the decision that the record waits for before *by* may move it; None where nothing is waited for."""
    rights = rights_over(pack, record, to, Facts(pack, journey, today))
    return waits_for_one(pack, journey, record, rights, today, by=by)


def waits_for_one(
    pack: Pack, journey: Journey, record: Record, rights: Iterable[Decides], today: date, *, by: str
) -> Waits | None:
    """Return the first decision by the rights that the record doesn't have."""
    for right in rights:
        if right.role is not None:
            if not any(member.person.id == by for member in holders_of(journey, right)):
                return Waits(right, "role")
            continue
        fields = pack.registers[record.register].decision
        if fields is None:
            continue
        body, day = record.fields.get(fields.body), as_day(record.fields.get(fields.date))
        if is_empty(record, fields.body) or day is None:
            return Waits(right, "missing")
        if not has_right(pack, journey, right, str(body), record):
            return Waits(right, "other-body")
        if day > today:
            return Waits(right, "not-yet")
    return None


def _answered(journey: Journey, right: Decides) -> str:
    """Return the body that the group has said it is, "" where it hasn't."""
    items = journey.items_of(right.body) if right.body is not None else ()
    return next((str(item.value) for item in items if item.value is not None), "")


def _is_of_kind(pack: Pack, journey: Journey, right: Decides, body: Body) -> bool:
    """Boards of companies decide on their own as committees do: the board is the one that is named, where one is."""
    kind = kind_of(body.name)
    if right.by != "committee" or kind != "board":
        return kind == right.by
    named = {_answered(journey, other) for other in pack.manifest.decides if other.by == "board"}
    return bool(named - {""}) and body.id not in named
