"""Gives somebody all that is kept of them, in private and to nobody else; each time is noted in the audit."""

from datetime import datetime

from bot.usecases.borders import behind
from bot.usecases.file_kinds import OWN_DATA, described
from bot.usecases.handing_out import hand_out
from bot.usecases.turn import Turn
from content.phrases.book import Phrasebook
from dialogs.files import Recipe
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer
from dialogs.ports import Clock, PackShelf, Spot, UnitOfWork
from dialogs.reports.own_data import OwnData, own_data
from dialogs.wording.teller import Speech, Teller


def give(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`exportera mina uppgifter` hands out one's own data as a file, in private wherever it was written."""
    file = described(turn, Recipe(OWN_DATA, turn.person.id, "", "", turn.language))
    if file is not None:
        note(turn.person.id, by=turn.person.id, uow=turn.uow, at=turn.now)
        said = Composer().say(turn.words.say("file-here", name=file.name)).say(turn.words.say("own-data-how"))
        hand_out(turn, file, said, own=True)
        if not turn.room.private and not turn.incoming.aside:
            turn.say("file-comes-in-private")
    return True


def note(person: str, *, by: str, uow: UnitOfWork, at: datetime) -> None:
    uow.audit.note("own-data-exported", organisation="", by=by, about=person, at=at)


def kept_of(
    person: str, *, uow: UnitOfWork, shelf: PackShelf, book: Phrasebook, clock: Clock, language: str
) -> OwnData | None:
    """Return what is kept of the person; None when there is no such person. *uow* is open, and only read."""
    uow = behind(uow)
    found = uow.people.get(person)
    if found is None:
        return None
    tellers: dict[str, Teller | None] = {"": None}

    def teller_of(journey: str) -> Teller | None:
        if journey not in tellers:
            whole = uow.journeys.whole(journey)
            pack = shelf.pack(whole.pack, whole.version)
            tellers[journey] = Teller(book, pack, whole, language, clock.today())
        return tellers[journey]

    kept = uow.own_data
    return own_data(
        Speech(book, language), found, kept.rows(person), kept.events(person), kept.records(person),
        names=kept.names(), teller_of=teller_of, at=clock.now(),
    )  # fmt: skip
