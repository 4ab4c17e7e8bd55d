"""Asks for files in the conversation: a document as Word, PDF or text, a register as a table, a calendar."""

from collections.abc import Mapping
from dataclasses import replace

from bot.usecases import adopting
from bot.usecases.about import about_journey
from bot.usecases.calendar_links import named_journey
from bot.usecases.file_kinds import CALENDAR, DOCUMENTS, INVITATION, SHEET, TABLES, WORD, described
from bot.usecases.handing_out import hand_out
from bot.usecases.places import journeys_here
from bot.usecases.turn import Turn
from content.schema.files import Document
from dialogs.files import Recipe
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, words
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.reports.document_message import offer, say_missing
from dialogs.reports.documents import document_named, documents_to_ask_for
from dialogs.reports.invitations import invitations
from dialogs.reports.tables import title_of_sheets
from dialogs.tables.chosen import about_document, about_register
from dialogs.values.asked_document import TABLE_FORMS, AskedDocument, read_asked
from dialogs.values.asking import register_named
from dialogs.wording.teller import Teller

FEW = 3  # words that a document may be called by; what is longer is somebody's sentence
INVITATIONS = frozenset(
    {"inbjudan", "inbjudningar", "inbjudningarna", "invitation", "invitations", "the invitation"}
)


def get(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`dokument handlingsplan som pdf` hands out a document; `dokument` tells which there are. Other words are words."""
    if not journeys_here(turn) and spot is None:
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    if heard.rest.casefold() in INVITATIONS and teller.pack.manifest.invitations is not None:
        _give_invitation(turn, at.journey)
        return True
    asked = read_asked(heard.rest)
    document = document_named(teller, asked.name) if asked.name else None
    register = register_named(asked.name, teller.pack) if asked.name else None
    if document is not None and asked.form not in TABLE_FORMS:
        _give_document(turn, teller, document, asked)
    elif document is not None and title_of_sheets(teller, about_document(document.id)):
        _give_table(turn, at.journey, about_document(document.id), asked.form)
    elif register is not None and asked.form in ("", *TABLE_FORMS):
        _give_table(turn, at.journey, about_register(register), asked.form)
    elif document is not None:
        turn.refuse(Problem("document-no-table", {"title": teller.words(document.title)}))
    elif heard.rest and not _can_only_be_a_file(asked):
        return False
    else:
        _tell_which(turn, [teller.words(one.title) for one in documents_to_ask_for(teller)], at.journey)
    return True


def _can_only_be_a_file(asked: AskedDocument) -> bool:
    """Say whether nothing but a file is meant, though there is none of the name: then it is told which there are."""
    return bool(asked.form or asked.version or asked.sources) and len(asked.name.split()) <= FEW


def _give_document(turn: Turn, teller: Teller, document: Document, asked: AskedDocument) -> None:
    journey = teller.journey.id
    if asked.version and turn.uow.adopted.get(journey, document.id, max(asked.version, 0)) is None:
        turn.refuse(Problem("document-not-adopted", {"title": teller.words(document.title)}))
        return
    about = replace(asked, name=document.id).about
    of_form: Mapping[str, str] = {form: kind for kind, form in DOCUMENTS.items()}
    recipes = {kind: _recipe(turn, kind, journey, about) for kind in DOCUMENTS}
    file = described(turn, recipes.pop(of_form.get(asked.form, WORD)))
    if file is None:
        return
    if title_of_sheets(teller, about_document(document.id)) and not asked.version:
        recipes[SHEET] = _recipe(turn, SHEET, journey, about_document(document.id))
    said = Composer().say(turn.words.say("file-here", name=file.name))
    if not asked.version:
        say_missing(teller, said, adopting.now(turn, teller, document))
        adopting.offer_to_adopt(turn, teller, document, said)
    offer(teller, said, recipes.values())
    hand_out(turn, file, said)


def _give_table(turn: Turn, journey: str, about: str, form: str) -> None:
    of_form: Mapping[str, str] = {form: kind for kind, form in TABLES.items()}
    file = described(turn, _recipe(turn, of_form.get(form, SHEET), journey, about))
    if file is not None:
        organisation = turn.uow.journeys.head(journey).organisation
        turn.uow.audit.note(
            "exported", organisation=organisation, by=turn.person.id, about=journey, at=turn.now
        )
        hand_out(turn, file, Composer().say(turn.words.say("file-here", name=file.name)))


def _recipe(turn: Turn, kind: str, journey: str, about: str) -> Recipe:
    return Recipe(kind, turn.person.id, journey, about, turn.language)


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
    _give_table(turn, at.journey, about_register(register), "")
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
