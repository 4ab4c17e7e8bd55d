"""One transaction, with all that is remembered."""

from types import TracebackType
from typing import Protocol, Self

from dialogs.ports.calendar import Calendar
from dialogs.ports.disposal import Disposals
from dialogs.ports.documents import AdoptedDocuments, FileLinks
from dialogs.ports.erasure import Erasures
from dialogs.ports.journeys import Journeys
from dialogs.ports.keeping import Audit, Secrets
from dialogs.ports.letters import Buttons, Drafts, Inbox, Outbox
from dialogs.ports.notes import Notes
from dialogs.ports.own_data import OwnData
from dialogs.ports.packs import PackJobs, Packs, PacksInWaiting
from dialogs.ports.people import Groups, Organisations, People
from dialogs.ports.records import Records, Search, Shares, TablesInWaiting
from dialogs.ports.registrations import Registrations
from dialogs.ports.rooms import Conversations, Homes, Rooms


class UnitOfWork(Protocol):
    """One transaction: what isn't committed never was."""

    organisations: Organisations
    people: People
    groups: Groups
    journeys: Journeys
    rooms: Rooms
    buttons: Buttons
    drafts: Drafts
    inbox: Inbox
    outbox: Outbox
    records: Records
    homes: Homes
    packs: Packs
    audit: Audit
    calendar: Calendar
    conversations: Conversations
    secrets: Secrets
    file_links: FileLinks
    packs_in_waiting: PacksInWaiting
    pack_jobs: PackJobs
    tables_in_waiting: TablesInWaiting
    adopted: AdoptedDocuments
    shares: Shares
    search: Search
    registrations: Registrations
    own_data: OwnData
    disposals: Disposals
    erasures: Erasures
    notes: Notes

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def commit(self) -> None: ...
