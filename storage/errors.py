"""What the store may refuse, so that whoever asked can go on in another way."""

import sqlite3
from typing import Any

# a deadlock; a transaction that can't come after the others; one whose owner said nothing for too long
_STOPPED = ("40P01", "40001", "25P03")
_NOT_NULL, _FOREIGN_KEY = "23502", "23503"


class Conflict(Exception):  # noqa: N818 - named in dialogs.ports; it is no error of the program
    """Somebody else has written the same thing since it was read: read it again and try once more."""


class AlreadyServing(Exception):  # noqa: N818 - named in dialogs.ports; it is no error of the program
    """Another process serves this database file; `pid` is its number, 0 where it could not be read."""

    def __init__(self, file: str, pid: int) -> None:
        super().__init__(f"process {pid} serves {file} already" if pid else f"{file} is being served already")
        self.pid = pid


class Refused(Exception):  # noqa: N818 - named in dialogs.ports; it is no error of the program
    """A backup, a restoring or an upgrade that can't be done; the phrase *key* says why and what to do."""

    def __init__(self, key: str, **told: object) -> None:
        super().__init__(", ".join(map(str, (key, *told.values()))))
        self.key = key
        self.told = told


def is_conflict(error: Any) -> bool:
    """Whether somebody else stood in the way: whoever meets this begins again, for nothing of it has happened.

    PostgreSQL stopped one of two, or one who said nothing for too long; or a journey that was to be counted has been
    counted by another, or is gone.
    """
    state = getattr(error, "sqlstate", None)
    if state is None:
        return isinstance(error, sqlite3.IntegrityError) and str(error).endswith(": journey.written")
    if state == _NOT_NULL:
        return bool(error.diag.table_name == "journey" and error.diag.column_name == "written")
    if state == _FOREIGN_KEY:
        return str(error.diag.constraint_name).endswith("_journey_journey")
    return state in _STOPPED
