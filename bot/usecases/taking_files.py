"""Takes in files that are sent to the coach in private, by whoever may: what each kind of file means.

Their bytes are fetched and read before the turn; here is only what they hold. Nothing is kept of a file that nobody
takes but its name and where it lies, as of any other.
"""

from collections.abc import Callable, Mapping

from bot.usecases.meeting_upload import take_meetings
from bot.usecases.pack_keepers import keeps_packs
from bot.usecases.pack_upload import take_pack
from bot.usecases.table_reading import TABLE, places_of
from bot.usecases.table_upload import take_table
from bot.usecases.turn import Turn
from dialogs.files import FileIn
from dialogs.flows.rights import leads
from dialogs.hearing.hear import Commanded, hear
from dialogs.incoming import Attached, Incoming, Said
from dialogs.messages import Composer
from dialogs.model.problem import Problem
from dialogs.ports import PackShelf, UnitOfWork

MEETINGS, PACK = "meetings", "pack"
WITH_A_FILE = frozenset(
    {"check-pack"}
)  # the words that may come with a file that is meant for the coach itself

TABLES = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt")
"""How the names of files end that may hold a table, and are fetched for whoever may write in a register."""

Take = Callable[[Turn, FileIn], None]

TAKERS: Mapping[str, Take] = {MEETINGS: take_meetings, PACK: take_pack, TABLE: take_table}


def to_fetch(incoming: Incoming, *, uow: UnitOfWork, shelf: PackShelf) -> tuple[Attached, ...]:
    """Return the files whose bytes are to be fetched: those that came in private, from one who may,
    without words or with those that ask for it. Of whoever may no more than write in a register, those are tables.
    """
    what = incoming.what
    if not isinstance(what, Said) or not incoming.private or not _is_for_the_coach(what.text):
        return ()
    files = tuple(one for one in what.attached if one.fetch)
    if not files:
        return ()
    with uow:
        person = uow.people.by_account(incoming.door, incoming.tenant, incoming.account)
        if person is None or _may(person.id, uow, shelf):
            return files if person is not None else ()
        tables = tuple(one for one in files if one.name.casefold().endswith(TABLES))
        return tables if tables and places_of(person.id, uow=uow, shelf=shelf) else ()


def sent_by_keeper(incoming: Incoming, *, uow: UnitOfWork, by: str) -> bool:
    """Say whether whoever sent it may load packs."""
    with uow:
        person = uow.people.by_account(incoming.door, incoming.tenant, incoming.account)
        return person is not None and keeps_packs(person.id, uow=uow, by=by)


def take_files(turn: Turn, said: Said) -> bool:
    """Take what came, and say what became of it; False when it is to be treated as any file or link."""
    found = _found(turn, said)
    known = [one for one in found if one.slip is not None or one.kind in TAKERS]
    for one in known:
        if one.slip is not None:
            turn.refuse(one.slip)
        else:
            TAKERS[one.kind](turn, one)
    if known or (found and not any(one.url for one in said.attached)):
        for one in found:
            if one not in known:
                turn.refuse(why_untaken(one))
        return True
    return False


def say_of_untaken(turn: Turn, said: Said) -> None:
    """Say, after what is said of any file, that nobody here reads such."""
    for one in _found(turn, said):
        why = why_untaken(one)
        turn.add_to_reply(Composer().say(turn.words.say(why.key, **why.args)))


def why_untaken(file: FileIn) -> Problem:
    return file.why or Problem("file-nobody-takes", {"name": file.name})


def _found(turn: Turn, said: Said) -> list[FileIn]:
    return [turn.files[one.fetch] for one in said.attached if one.fetch in turn.files]


def _is_for_the_coach(text: str) -> bool:
    heard = hear(text) if text.strip() else None
    return heard is None or (isinstance(heard, Commanded) and heard.command in WITH_A_FILE)


def _may(person: str, uow: UnitOfWork, shelf: PackShelf) -> bool:
    if any(uow.organisations.is_admin(one, person) for one in uow.organisations.of_person(person)):
        return True
    for ref in uow.journeys.of_person(person):
        head = uow.journeys.head(ref.id)
        if not ref.practice and leads(shelf.pack(head.pack, head.version), head, person):
            return True
    return False
