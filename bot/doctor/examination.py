"""``metodcoach doctor``: names each misconfiguration, and what to do about it."""

import os
import shlex
import shutil
import sqlite3
import stat
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.call import Call, Slip
from bot.finding import Finding

if TYPE_CHECKING:
    from bot.settings import Settings

ROOM = 1024**2  # bytes on disk: what a turn or an upgrade needs at the very least
SAFE_SQLITE = (
    3,
    51,
    3,
)  # the first without the bug that can lose a write-ahead log when two processes checkpoint


def examine(call: Call, *, quiet: bool = False, online: bool = False) -> int:
    """Print every finding and return 1 when one of them is an error. *quiet* leaves out notes and the good news."""
    found = list(findings(call, online=online))
    for one in found:
        if one.weight != "note" or not quiet:
            call.print(f"{call.text(f'doctor-{one.weight}')}: {call.text(one.key, **one.args)}")
    errors = any(one.weight == "error" for one in found)
    if not quiet and not errors:
        call.say("doctor-fine")
    return 1 if errors else 0


def findings(call: Call, *, online: bool = False) -> Iterator[Finding]:
    """Look at everything on this machine; *online* asks the platforms as well."""
    yield from _zone()
    try:
        url = call.settings.database_url
    except Slip as slip:
        yield Finding("error", "doctor-settings", {"what": slip})
        return
    from bot.doctor import slack, teams
    from bot.doctor.templates import template_findings
    from storage.engine import sqlite_file

    file = sqlite_file(url)
    settings = call.settings
    if file is None or os.access(file, os.F_OK):  # a Path raises where its folder is closed to us
        kept = _with_kept(call)
        if isinstance(kept, Finding):
            yield kept
        else:
            settings = kept
    for platform in (slack, teams):
        yield from platform.settings_findings(settings, call.text)
        if online:
            yield from platform.online_findings(settings)
    yield from template_findings(settings.templates)

    if file is not None:
        yield from _sqlite()
        reachable = yield from _file(file)
        if not reachable:
            return
    yield from _database(url, call.settings.packs)
    yield from _organisations(url, settings)


def _with_kept(call: Call) -> "Settings | Finding":
    """Return the settings with what the database keeps sealed; a database that can't be read is looked at later."""
    from bot.kept_secrets import NoKey, WrongKey, with_kept
    from storage.engine import open_engine
    from storage.unit_of_work import SqlUnitOfWork

    engine = open_engine(call.settings.database_url, read_only=True)
    try:
        return with_kept(call.settings, SqlUnitOfWork(engine))
    except NoKey as slip:
        return Finding("error", "secret-no-key-for", {"name": slip.name})
    except WrongKey as slip:
        return Finding("error", "secret-wrong-key", {"name": slip.name})
    except Exception:  # noqa: BLE001 - whatever it is, the look at the database tells it
        return call.settings
    finally:
        engine.dispose()


def _zone() -> Iterator[Finding]:
    try:
        ZoneInfo("Europe/Stockholm")
    except ZoneInfoNotFoundError:
        yield Finding("error", "doctor-zone")


def _sqlite() -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        needed = ".".join(map(str, SAFE_SQLITE))
        yield Finding("warning", "doctor-sqlite", {"version": sqlite3.sqlite_version, "needed": needed})


def _file(file: Path) -> Generator[Finding, None, bool]:
    """Say what is wrong with the database's file and folder; return whether it is there to be opened."""
    if os.access(file, os.F_OK) and file.is_dir():
        yield Finding("error", "doctor-is-folder", {"folder": file, "file": file / "metodcoach.db"})
        return False
    folder = file.absolute().parent
    there = next(
        one for one in (folder, *folder.parents) if os.access(one, os.F_OK)
    )  # where it would be made
    if not os.access(there, os.W_OK | os.X_OK):
        yield Finding("error", "doctor-folder", {"folder": there})
        return False
    if shutil.disk_usage(there).free < ROOM:
        yield Finding("error", "doctor-full", {"folder": folder})
    if not os.access(file, os.F_OK):
        yield Finding("note", "doctor-no-database", {"file": file})
        return False
    closed = [one for one in _with_what_lies_beside(file) if not os.access(one, os.R_OK | os.W_OK)]
    yield from (Finding("error", "doctor-file", {"file": one}) for one in closed)
    if closed:
        return False
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield Finding("warning", "doctor-rights", {"path": _quoted(file), "mode": "600"})
    mode = folder.stat().st_mode
    if mode & stat.S_ISVTX:
        # A folder for everybody, such as /tmp: it is not ours to close, and others put files there.
        yield Finding("warning", "doctor-shared-folder", {"folder": folder})
    elif stat.S_IMODE(mode) & 0o022:
        # That others may look into the folder does no harm when the file itself is closed to them.
        yield Finding("warning", "doctor-rights", {"path": _quoted(folder), "mode": "700"})
    return True


def _with_what_lies_beside(file: Path) -> Iterator[Path]:
    """Yield the file, and what the program has beside it: whoever ran a command as somebody else may have left it."""
    beside = (file.with_name(file.name + end) for end in ("", "-wal", "-shm", ".lock"))
    return (one for one in beside if one.exists())


def _quoted(path: Path) -> str:
    """Return the path as a shell takes it, in a command that somebody copies."""
    return shlex.quote(str(path))


def _database(url: str, own: Path | None) -> Iterator[Finding]:
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield from _schema(url)
        yield from _packs(url, own)
        yield from _lock(url)
    except SQLAlchemyError as error:
        yield Finding("error", "doctor-unreachable", {"error": _why(error, url)})


def _why(error: Exception, url: str) -> str:
    """Return the database's own first line, such as that it doesn't take the password: we have only asked for its shape.

    Where a password with an @ stands in the address as it is, a part of it is taken for the host, and told as that.
    """
    if url.count("@") > 1:
        return type(error).__name__
    [said, *_] = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()
    return said


def _schema(url: str) -> Iterator[Finding]:
    from storage.schema import current, head, is_known

    revision = current(url)
    if revision is not None and not is_known(revision):
        yield Finding("error", "doctor-schema-ahead")
    elif revision != head():
        yield Finding("error", "doctor-schema-behind")


def _packs(url: str, own: Path | None) -> Iterator[Finding]:
    """Look at the packs at hand: what is installed has been checked, and needs no second look."""
    from bot.packs.on_disk import packs_at_hand
    from content.loader import Refused, checksum, load_all
    from storage.engine import open_engine
    from storage.schema import is_current
    from storage.unit_of_work import SqlUnitOfWork

    engine = open_engine(url, read_only=True)
    installed: set[str] = set()
    try:
        if is_current(engine):
            with SqlUnitOfWork(engine) as uow:
                installed = {checksum for _, _, checksum in uow.packs.all()}
    finally:
        engine.dispose()
    packs = packs_at_hand(own)
    readable = {name: files for name, files in packs.items() if not isinstance(files, Refused)}
    yield from (Finding("error", "doctor-pack-unreadable", {"name": n}) for n in packs if n not in readable)
    if all(checksum(files) in installed for files in readable.values()):
        return
    for name, result in load_all(readable).items():
        if isinstance(result, Refused):
            yield Finding("error", "doctor-pack", {"name": name})


def _organisations(url: str, settings: "Settings") -> Iterator[Finding]:
    """Look for the organisations that Teams' tenants name; a database that can't be read has been told of."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.doctor.teams import organisation_findings
    from storage.engine import open_engine
    from storage.unit_of_work import SqlUnitOfWork

    engine = open_engine(url, read_only=True)
    try:
        with SqlUnitOfWork(engine) as uow:
            there = [name for id, name in uow.organisations.all() if uow.organisations.admins(id)]
    except SQLAlchemyError:
        return
    finally:
        engine.dispose()
    yield from organisation_findings(settings, there)


def _lock(url: str) -> Iterator[Finding]:
    from storage.errors import AlreadyServing
    from storage.lock import serving

    try:
        with serving(url):
            pass
    except AlreadyServing as other:
        yield Finding("note", "doctor-serving", {"pid": other.pid})
