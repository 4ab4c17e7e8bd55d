"""Reads where many groups stand at once: their heads, the page that each is on, and their open records, in one go each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, literal, select, union_all

from dialogs.model.changed import changed
from dialogs.model.journey import Journey
from dialogs.model.records import Record
from dialogs.ports import Placed
from storage.mapping import PAGE, RECORD
from storage.prepared import OneOf, Prepared, with_lists
from storage.repositories import heads
from storage.tables import journeys, people
from storage.tables.base import table
from storage.transaction import Transaction

_journey = table(journeys.JourneyHead)
_page = table(journeys.PageRow)
_record = table(journeys.RecordRow)
_membership = table(people.Membership)

_HEADS = Prepared(
    select(*heads.COLUMNS)
    .join(heads.ORGANISATION, heads.ORGANISATION.c.id == _journey.c.organisation)
    .join(heads.GROUP, heads.GROUP.c.id == _journey.c.group_id)
    .where(
        _journey.c.group_id.in_(
            select(_membership.c.group_id).where(
                _membership.c.person == bindparam("person"), _membership.c.until.is_(None)
            )
        ),
        _journey.c.state != "closed",
        _journey.c.practice.is_(False),
    )
    .order_by(_journey.c.started, _journey.c.id)
)
_NOWHERE = literal("", String)


def _pages_and_records(one_of: OneOf) -> Any:
    pages = select(
        literal("page", String).label("what"), _page.c.journey.label("whose"), _page.c.step.label("key"), _page.c.state,
        _NOWHERE.label("by"), literal(0).label("number"), _NOWHERE.label("by_group"),
    ).where(one_of(_page.c.journey, "journeys"), one_of(_page.c.step, "steps"))  # fmt: skip
    return union_all(
        pages,
        _records("group", _record.c.group_id, one_of(_record.c.group_id, "groups"), one_of),
        _records(
            "organisation", _record.c.organisation,
            one_of(_record.c.organisation, "organisations") & _record.c.group_id.is_(None), one_of,
        ),
    )  # fmt: skip


def _records(what: str, whose: ColumnElement[Any], where: ColumnElement[bool], one_of: OneOf) -> Any:
    state = _record.c.register_id + "/" + _record.c.state
    return (
        select(
            literal(what, String),
            whose,
            _record.c.register_id,
            _record.c.content,
            _record.c.journey,
            _record.c.number,
            _journey.c.group_id.label("by_group"),
        )
        .join_from(_record, _journey, _journey.c.id == _record.c.journey, isouter=True)
        .where(
            where,
            _record.c.practice.is_(False),
            one_of(_record.c.register_id, "registers"),
            ~one_of(state, "over"),
        )
    )


_STANDINGS = with_lists(_pages_and_records)

Written = tuple[Record, str, str]
"""A record, with the journey that it came from and that one's group; "" where nobody knows."""


def heads_of(tx: Transaction, person: str) -> Sequence[Journey]:
    return [heads.journey_of(row) for row in tx.rows(_HEADS, {"person": person})]


def placed(
    tx: Transaction,
    found: Sequence[Journey],
    steps: Mapping[str, str],
    registers: Iterable[str],
    over: Iterable[str],
) -> Sequence[Placed]:
    """Return each of the journeys with the page of its step, and the open records that it sees."""
    if not found:
        return ()
    lists: dict[str, Sequence[str]] = {
        "journeys": [one.id for one in found],
        "steps": sorted(set(steps.values())),
        "groups": sorted({one.group for one in found}),
        "organisations": sorted({one.organisation for one in found}),
        "registers": sorted(registers),
        "over": sorted(over),
    }
    pages: dict[tuple[str, str], str] = {}
    records: dict[tuple[str, str], list[Written]] = {}
    rows = tx.rows(_STANDINGS, {name: tx.a_list(values) for name, values in lists.items()})
    for row in sorted(rows, key=lambda row: row.number):
        if row.what == "page":
            pages[row.whose, row.key] = row.state
        else:
            records.setdefault((row.what, row.whose), []).append(
                (RECORD.value(row.state), row.by or "", row.by_group or "")
            )
    return [_placed(one, steps.get(one.id, ""), pages, records) for one in found]


def _placed(
    journey: Journey,
    step: str,
    pages: Mapping[tuple[str, str], str],
    records: Mapping[tuple[str, str], Sequence[Written]],
) -> Placed:
    organisations = (
        (record, by, group)
        for record, by, group in records.get(("organisation", journey.organisation), ())
        if record.register not in journey.own_registers or group == journey.group
    )
    own = [*records.get(("group", journey.group), ()), *organisations]
    by_register: dict[str, list[Record]] = {}
    for record, _, _ in own:
        by_register.setdefault(record.register, []).append(record)
    page = pages.get((journey.id, step))
    there = changed(
        journey,
        pages={step: PAGE.value(page)} if page is not None else {},
        records={register: tuple(kept) for register, kept in by_register.items()},
    )
    return Placed(there, {record.id: by for record, by, _ in own})
