"""Remembers work with methods that takes longer than a turn, who is at it, and the file that came of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update

from dialogs.model.pack_job import PackJob, Task
from storage.mapping import PACK_TASK
from storage.tables import books
from storage.tables.base import table
from storage.transaction import Transaction, token

_job = table(books.PackJob)
_columns = (_job.c.id, _job.c.person, _job.c.room, _job.c.task, _job.c.tries, _job.c.epoch)


class SqlPackJobs:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(self, person: str, room: str, task: Task, *, until: datetime) -> str:
        self._tx.run(delete(_job).where(_job.c.person == person, _job.c.state == "done"))
        row = {
            "id": token(), "person": person, "room": room, "state": "new", "task": PACK_TASK.text(task), "tries": 0,
            "epoch": 0, "until": until,
        }  # fmt: skip
        self._tx.run(insert(_job), row)
        return str(row["id"])

    def undone_of(self, person: str) -> Sequence[PackJob]:
        this = (_job.c.person == person, _job.c.state == "new")
        return [_read(row) for row in self._tx.rows(select(*_columns).where(*this).order_by(_job.c.number))]

    def some_to_do(self, now: datetime) -> bool:
        return self._tx.row(select(_job.c.id).where(_free(now)).limit(1)) is not None

    def claim(self, now: datetime, until: datetime) -> PackJob | None:
        first = select(*_columns).where(_free(now)).order_by(_job.c.number).limit(1)
        row = self._tx.row(first.with_for_update(skip_locked=True))
        if row is None:
            return None
        self._tx.run(
            update(_job)
            .where(_job.c.id == row.id)
            .values(held=until, tries=row.tries + 1, epoch=row.epoch + 1)
        )
        return replace(_read(row), tries=row.tries + 1, epoch=row.epoch + 1)

    def go_on(self, job: PackJob, until: datetime) -> bool:
        changed = update(_job).where(*_ours(job)).values(held=until, task=PACK_TASK.text(job.task), tries=0)
        return bool(self._tx.run(changed))

    def done(self, job: PackJob, *, until: datetime, file: bytes | None = None) -> bool:
        changed = update(_job).where(*_ours(job)).values(state="done", held=None, file=file, until=until)
        return bool(self._tx.run(changed))

    def task_of(self, id: str, person: str, now: datetime) -> Task | None:
        text = self._tx.value(select(_job.c.task).where(*_of(id, person, now)))
        return None if text is None else PACK_TASK.value(text)

    def file_of(self, id: str, person: str, now: datetime) -> bytes | None:
        kept = self._tx.value(select(_job.c.file).where(*_of(id, person, now)))
        return None if kept is None else bytes(kept)

    def take_back(self) -> None:
        self._tx.run(update(_job).where(_job.c.state == "new").values(held=None))

    def some_late(self, now: datetime) -> bool:
        return self._tx.row(select(_job.c.id).where(_late(now)).limit(1)) is not None

    def forget(self, now: datetime) -> None:
        self._tx.run(delete(_job).where(_late(now)))


def _free(now: datetime) -> ColumnElement[bool]:
    return and_(_job.c.state == "new", or_(_job.c.held.is_(None), _job.c.held <= now))


def _ours(job: PackJob) -> tuple[ColumnElement[bool], ...]:
    return (_job.c.id == job.id, _job.c.epoch == job.epoch, _job.c.state == "new")


def _of(id: str, person: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (_job.c.id == id, _job.c.person == person, _job.c.state == "done", _job.c.until > now)


def _late(now: datetime) -> ColumnElement[bool]:
    return and_(_job.c.until <= now, or_(_job.c.state == "done", _job.c.held.is_(None), _job.c.held <= now))


def _read(row: Any) -> PackJob:
    return PackJob(row.id, row.person, row.room, PACK_TASK.value(row.task), row.tries, row.epoch)
