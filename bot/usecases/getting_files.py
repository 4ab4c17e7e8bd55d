"""Asks for files in the conversation: a document as Markdown, a register as a spreadsheet, and calendars."""

from bot.usecases.about import about_journey
from bot.usecases.calendar_links import named_journey
from bot.usecases.file_kinds import CALENDAR, DOCUMENT, INVITATION, REGISTER, described
from bot.usecases.handing_out import hand_out
from bot.usecases.places import journeys_here
from bot.usecases.turn import Turn
from dialogs.files import Recipe
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, words
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.reports.documents import document_named
from dialogs.reports.invitations import invitations
from dialogs.values.asking import register_named

INVITATIONS = frozenset(
    {"inbjudan", "inbjudningar", "inbjudningarna", "invitation", "invitations", "the invitation"}
)


def get(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`hämta handlingsplan` hands out a document; `hämta` tells which there are. Words that name none are words."""
    if not journeys_here(turn) and spot is None:
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.uow.journeys.head(at.journey))
    if heard.rest.casefold() in INVITATIONS and teller.pack.manifest.invitations is not None:
        _give_invitation(turn, at.journey)
        return True
    document = document_named(teller, heard.rest) if heard.rest else None
    if document is None:
        if heard.rest:
            return False
        _tell_which(turn, [teller.words(one.title) for one in teller.pack.documents], at.journey)
        return True
    file = described(turn, Recipe(DOCUMENT, turn.person.id, at.journey, document.id, turn.language))
    if file is not None:
        hand_out(turn, file, Composer().say(turn.words.say("file-here", name=file.name)))
    return True


def export(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`exportera samarbeten` hands out a register as a spreadsheet; `exportera` tells which there are."""
    if not journeys_here(turn) and spot is None:
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    head = turn.uow.journeys.head(at.journey)
    teller = turn.teller(head)
    register = register_named(heard.rest, teller.pack)
    if register is None:
        if heard.rest:
            return False
        titles = [words(teller.words(one.title)) for one in teller.pack.registers.values()]
        said = Composer().say(turn.words.say("export-which" if titles else "export-none"))
        turn.reply_about(said.bullets(titles).done(), at.journey)
        return True
    file = described(turn, Recipe(REGISTER, turn.person.id, at.journey, register, turn.language))
    if file is not None:
        turn.uow.audit.note(
            "exported", organisation=head.organisation, by=turn.person.id, about=head.id, at=turn.now
        )
        hand_out(turn, file, Composer().say(turn.words.say("file-here", name=file.name)))
    return True


def _give_invitation(turn: Turn, journey: str) -> None:
    """Hand out all the times that the group has booked, in one calendar file; say how to book where there are none."""
    if not invitations(turn.teller(turn.whole(journey))):
        turn.refuse(Problem("invitation-empty"))
        return
    file = described(turn, Recipe(INVITATION, turn.person.id, journey, "", turn.language))
    if file is not None:
        said = Composer().say(turn.words.say("file-here", name=file.name))
        hand_out(turn, file, said.say(turn.words.say("file-invitation-how")))


def calendar_file(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`kalender fil` hands out one's own dates; with a group's name, that group's."""
    journey = named_journey(turn, heard.rest)
    if journey is None:
        return True
    file = described(turn, Recipe(CALENDAR, turn.person.id, journey, "", turn.language))
    if file is not None:
        said = Composer().say(turn.words.say("file-here", name=file.name))
        hand_out(turn, file, said.say(turn.words.say("file-calendar-once")), own=True)
    return True


def _tell_which(turn: Turn, titles: list[str], journey: str) -> None:
    said = Composer().say(turn.words.say("file-which" if titles else "file-none"))
    turn.reply_about(said.bullets(words(one) for one in titles).done(), journey)
