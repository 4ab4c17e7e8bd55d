"""Remembers on what terms people are reminded: hours, absences, what they put off, and a group's pause."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, delete, select, update

from dialogs.model.people import PersonId
from dialogs.model.terms import Away, PutOff, QuietHours, Terms
from storage.prepared import Prepared, upsert, with_lists
from storage.repositories.accounts import ZONE
from storage.tables import calendar, people
from storage.tables import terms as asked
from storage.tables.base import table
from storage.transaction import Transaction

_terms = table(calendar.PersonalTerms)
_absence = table(calendar.Absence)
_put_off = table(asked.PutOffRow)
_pause = table(asked.ReminderPause)
_person = table(people.Person)

_TERMS_OF = with_lists(
    lambda one_of: (
        select(
            _person.c.id, ZONE.label("zone"), _terms.c.wall, _terms.c.quiet, _terms.c.intensity, _terms.c.weekday,
            _terms.c.overview,
        )
        .outerjoin(_terms, _terms.c.person == _person.c.id)
        .where(one_of(_person.c.id, "people"))
    )
)  # fmt: skip
_ABSENCES_OF = with_lists(
    lambda one_of: (
        select(_absence.c.person, _absence.c.first, _absence.c.last)
        .where(one_of(_absence.c.person, "people"))
        .order_by(_absence.c.first)
    )
)
_PUT_TERMS = upsert(_terms, keys=("person",))
_PUT_ABSENCE = upsert(_absence, keys=("person", "first"))
_PUT_OFF = upsert(_put_off, keys=("journey", "person", "about"))
_PUT_OFF_IN = Prepared(
    select(_put_off.c.about, _put_off.c.person, _put_off.c.day)
    .where(_put_off.c.journey == bindparam("journey"))
    .order_by(_put_off.c.person, _put_off.c.about)
)
_PUT_PAUSE = upsert(_pause, keys=("journey",))
_PAUSE = Prepared(select(_pause.c.first, _pause.c.last).where(_pause.c.journey == bindparam("journey")))


def of_people(tx: Transaction, ids: Iterable[str]) -> Mapping[PersonId, Terms]:
    """Return the terms of each; what somebody hasn't chosen is the default."""
    named = tx.a_list(sorted(set(ids)))
    known, absences = tx.answers((_TERMS_OF, {"people": named}), (_ABSENCES_OF, {"people": named}))
    away: dict[str, list[Away]] = {}
    for row in absences:
        away.setdefault(row.person, []).append(Away(row.first, row.last))
    return {
        PersonId(row.id): replace(_terms_of(row), away=tuple(away.get(row.id, ()))) for row in known
    }  # fmt: skip


def keep(tx: Transaction, person: str, terms: Terms) -> None:
    """Keep the hour, the quiet hours, the intensity and the weekday. Zone and absences are kept elsewhere."""
    tx.run(
        _PUT_TERMS,
        {
            "person": person, "wall": wall(terms.at), "quiet": hours(terms.quiet), "intensity": terms.intensity,
            "weekday": terms.weekday, "overview": terms.overview or None,
        },
    )  # fmt: skip


def put_away(tx: Transaction, person: str, away: Away) -> None:
    tx.run(_PUT_ABSENCE, {"person": person, "first": away.first, "last": away.last})


def come_back(tx: Transaction, person: str, on: date) -> None:
    """End what absence there is on the day, and forget those to come."""
    tx.run(delete(_absence).where(_absence.c.person == person, _absence.c.first >= on))
    tx.run(
        update(_absence)
        .where(_absence.c.person == person, _absence.c.last >= on)
        .values(last=on - timedelta(days=1))
    )


def put_off(tx: Transaction, journey: str, one: PutOff) -> None:
    organisation = tx.organisation_of(journey)
    row = {"journey": journey, "person": one.person, "about": one.about, "day": one.day}
    tx.run(_PUT_OFF, {**row, "organisation": organisation})


def put_off_in(tx: Transaction, journey: str) -> Sequence[PutOff]:
    rows = tx.rows(_PUT_OFF_IN, {"journey": journey})
    return tuple(PutOff(row.about, PersonId(row.person), row.day) for row in rows)


def forget_put_off(tx: Transaction, journey: str, person: str, about: str) -> None:
    tx.run(
        delete(_put_off).where(
            _put_off.c.journey == journey, _put_off.c.person == person, _put_off.c.about == about
        )
    )


def pause(tx: Transaction, journey: str, until: Away | None) -> None:
    """Let nobody be reminded of the journey's things for that time; None ends the pause."""
    if until is None:
        tx.run(delete(_pause).where(_pause.c.journey == journey))
        return
    row = {"journey": journey, "first": until.first, "last": until.last}
    tx.run(_PUT_PAUSE, {**row, "organisation": tx.organisation_of(journey)})


def pause_of(tx: Transaction, journey: str) -> Away | None:
    row = tx.row(_PAUSE, {"journey": journey})
    return None if row is None else Away(row.first, row.last)


def wall(at: time) -> str:
    return at.strftime("%H:%M")


def hours(quiet: QuietHours) -> str:
    return f"{wall(quiet.begin)}-{wall(quiet.end)}"


def quiet_hours(text: str) -> QuietHours:
    begin, _, end = text.partition("-")
    return QuietHours(time.fromisoformat(begin), time.fromisoformat(end))


def _terms_of(row: Row[Any]) -> Terms:
    terms = Terms()
    if row.zone:
        terms = replace(terms, zone=ZoneInfo(row.zone))
    if row.wall:
        terms = replace(terms, at=time.fromisoformat(row.wall))
    if row.quiet:
        terms = replace(terms, quiet=quiet_hours(row.quiet))
    if row.intensity:
        terms = replace(terms, intensity=row.intensity)
    if row.weekday is not None:
        terms = replace(terms, weekday=row.weekday)
    if row.overview is not None:
        terms = replace(terms, overview=row.overview)
    return terms
