"""One transaction over everything that is remembered: what isn't committed never was."""

from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from dialogs import ports
from storage.repositories.adopted import SqlAdopted
from storage.repositories.audit import SqlAudit
from storage.repositories.buttons import SqlButtons
from storage.repositories.calendar import SqlCalendar
from storage.repositories.conversations import SqlConversations
from storage.repositories.disposal import SqlDisposals
from storage.repositories.drafts import SqlDrafts
from storage.repositories.erasure import SqlErasures
from storage.repositories.file_links import SqlFileLinks
from storage.repositories.groups import SqlGroups
from storage.repositories.homes import SqlHomes
from storage.repositories.inbox import SqlInbox
from storage.repositories.journeys import SqlJourneys
from storage.repositories.notes import SqlNotes
from storage.repositories.organisations import SqlOrganisations
from storage.repositories.outbox import SqlOutbox
from storage.repositories.own_data import SqlOwnData
from storage.repositories.pack_jobs import SqlPackJobs
from storage.repositories.packs import SqlPacks
from storage.repositories.packs_in_waiting import SqlPacksInWaiting
from storage.repositories.people import SqlPeople
from storage.repositories.records import SqlRecords
from storage.repositories.registrations import SqlRegistrations
from storage.repositories.rooms import SqlRooms
from storage.repositories.search import SqlSearch
from storage.repositories.secrets import SqlSecrets
from storage.repositories.shares import SqlShares
from storage.repositories.tables_in_waiting import SqlTablesInWaiting
from storage.transaction import Transaction


class SqlUnitOfWork:
    """`with uow: ...; uow.commit()`, again and again, by one thread at a time. Each thread needs its own."""

    organisations: ports.Organisations
    people: ports.People
    groups: ports.Groups
    journeys: ports.Journeys
    rooms: ports.Rooms
    buttons: ports.Buttons
    drafts: ports.Drafts
    inbox: ports.Inbox
    outbox: ports.Outbox
    records: ports.Records
    homes: ports.Homes
    packs: ports.Packs
    audit: ports.Audit
    calendar: ports.Calendar
    conversations: ports.Conversations
    secrets: ports.Secrets
    file_links: ports.FileLinks
    packs_in_waiting: ports.PacksInWaiting
    pack_jobs: ports.PackJobs
    tables_in_waiting: ports.TablesInWaiting
    adopted: ports.AdoptedDocuments
    shares: ports.Shares
    search: ports.Search
    registrations: ports.Registrations
    own_data: ports.OwnData
    disposals: ports.Disposals
    erasures: ports.Erasures
    notes: ports.Notes

    def __init__(self, engine: Engine) -> None:
        self._tx = tx = Transaction(engine)
        buttons = SqlButtons(tx)
        self.organisations = SqlOrganisations(tx)
        self.people = SqlPeople(tx)
        self.groups = SqlGroups(tx)
        self.journeys = SqlJourneys(tx)
        self.rooms = SqlRooms(tx)
        self.buttons = buttons
        self.drafts = SqlDrafts(tx)
        self.inbox = SqlInbox(tx)
        self.outbox = SqlOutbox(tx, buttons)
        self.records = SqlRecords(tx)
        self.homes = SqlHomes(tx)
        self.packs = SqlPacks(tx)
        self.audit = SqlAudit(tx)
        self.calendar = SqlCalendar(tx)
        self.conversations = SqlConversations(tx)
        self.secrets = SqlSecrets(tx)
        self.file_links = SqlFileLinks(tx)
        self.packs_in_waiting = SqlPacksInWaiting(tx)
        self.pack_jobs = SqlPackJobs(tx)
        self.tables_in_waiting = SqlTablesInWaiting(tx)
        self.adopted = SqlAdopted(tx)
        self.shares = SqlShares(tx)
        self.search = SqlSearch(tx)
        self.registrations = SqlRegistrations(tx)
        self.own_data = SqlOwnData(tx)
        self.disposals = SqlDisposals(tx)
        self.erasures = SqlErasures(tx)
        self.notes = SqlNotes(tx)

    def __enter__(self) -> Self:
        self._tx.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tx.end()

    def commit(self) -> None:
        self._tx.commit()

    def step(self) -> None:
        """End one of several acts that are to be there together: what they write is there when all is committed."""
        self._tx.step()
