"""Keeps what a group shares in step with what it has chosen, and by which words it is found: with the record itself."""

from collections.abc import Iterator
from datetime import datetime

from content.pack import Pack
from content.schema.files import Register
from dialogs.flows.sharing import reach_of
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.records import Record
from dialogs.model.sharing import EVERYBODY, Share
from dialogs.model.words import Entry
from dialogs.ports import PackShelf, UnitOfWork
from dialogs.search.entries import entry_of

SEARCHED = frozenset({"example", "problem"})
"""What is found by its words. A lesson is read in documents alone."""


def keep_shared(record: Record, journey: Journey, pack: Pack, uow: UnitOfWork) -> None:
    """Share the record as far as is chosen in it by now, and let it be found. *journey* is as it was before.

    What a group practises is shared with nobody.
    """
    model = pack.registers[record.register]
    if model.sharing is None or journey.practice:
        return
    if _is_searched(model):
        uow.search.put(_entry(record, model, journey))
    old = journey.record(record.id)
    before, now = reach_of(model, old), reach_of(model, record)
    if before == now and (old is None or _chosen(model, old) == _chosen(model, record)):
        return
    if now == "group":
        take_back(record.id, journey, uow, by=record.by, at=record.at)
    else:
        uow.shares.end(record.id, [EVERYBODY, journey.organisation], by=record.by, at=record.at)
        to = EVERYBODY if now == "everybody" else journey.organisation
        uow.shares.put(Share(record.id, to, record.by, record.at), organisation=journey.organisation)
    uow.audit.note(
        f"shared-{now}", organisation=journey.organisation, by=record.by, about=record.id, at=record.at
    )


def take_back(record: str, journey: Journey, uow: UnitOfWork, *, by: PersonId, at: datetime) -> None:
    """Let nobody outside the group see the record any more, even where it was written for the whole organisation."""
    uow.shares.end(record, by=by, at=at)
    uow.records.take_home(record, journey.group)


def _chosen(model: Register, record: Record) -> object:
    return record.fields.get(model.sharing.field) if model.sharing is not None else None


def index_anew(uow: UnitOfWork, shelf: PackShelf) -> int:
    """Throw away by which words records are found, and write it anew from the records; return how many there are."""
    return uow.search.put_anew(_all_entries(uow, shelf))


def index_anew_if_old(uow: UnitOfWork, shelf: PackShelf) -> None:
    """Write the entries anew where an upgrade has left that to do: the search makes other terms of words now."""
    with uow:
        if uow.search.take_old():
            index_anew(uow, shelf)
            uow.commit()


def _all_entries(uow: UnitOfWork, shelf: PackShelf) -> Iterator[Entry]:
    seen: set[str] = set()
    for ref in uow.journeys.all():
        if ref.practice:
            continue
        pack = shelf.pack(ref.pack, ref.version)
        journey = uow.journeys.whole(ref.id)
        for model in pack.registers.values():
            for record in journey.records_in(model.id) if _is_searched(model) else ():
                if record.id not in seen:
                    seen.add(record.id)
                    yield _entry(record, model, journey)


def _is_searched(model: Register) -> bool:
    return model.sharing is not None and model.sharing.what in SEARCHED


def _entry(record: Record, model: Register, journey: Journey) -> Entry:
    whose = {"organisation": journey.organisation, "group": journey.group}
    return entry_of(record, model, language=journey.language, **whose)
