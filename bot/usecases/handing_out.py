"""Hands out files: where the place takes one, and else by a button that gets each reader a link of their own.

Rights are those of whoever reads, at the moment they do: when the file is made, and whenever a link is opened.
"""

from dataclasses import replace
from datetime import timedelta

from bot.usecases.file_kinds import REGISTRAR, described
from bot.usecases.turn import Turn
from dialogs.files import PICTURE, FileOut, Recipe, Upload
from dialogs.messages import Button, Composer, Link, Words, file_press, file_pressed
from dialogs.model.problem import Problem
from dialogs.ports import StoredButton, UnitOfWork
from dialogs.reports.registrar import list_about

LINK_HOLDS = timedelta(hours=24)
PLACE = "files"


def address_of(secret: str, public_url: str) -> str:
    """Return where the file behind the secret is read."""
    return f"{public_url.rstrip('/')}/{PLACE}/{secret}"


def may_have(recipe: Recipe, uow: UnitOfWork) -> bool:
    """Say whether the person the file is for may read it now: a group's files are its members', a registrar's its admins'."""
    if uow.people.get(recipe.person) is None:
        return False
    if recipe.kind in REGISTRAR:
        return uow.organisations.is_admin(list_about(recipe.about)[0], recipe.person)
    theirs = uow.journeys.of_person(recipe.person)
    return not recipe.journey or any(one.id == recipe.journey for one in theirs)


def hand_out(turn: Turn, file: FileOut, said: Composer, *, own: bool = False) -> None:
    """Answer with the file: before everybody where it was asked for; one that is somebody's *own*, in private."""
    if not may_have(file.recipe, turn.uow):
        turn.refuse(Problem("file-not-yours"))
    elif (own and not turn.room.private) or turn.incoming.aside:
        turn.tell(turn.person.id, replace(said.done(), file=file))
        if turn.incoming.aside:
            turn.say("file-comes-in-private")
    elif turn.takes_files or file.media == PICTURE:
        turn.reply_about(replace(said.done(), file=file), file.recipe.journey)
    else:
        said.say(turn.words.say("file-by-button"))
        button = Button(turn.words.text("button-get-file"), file_press(file.recipe), "primary")
        said.buttons.insert(0, button)  # in front of the other forms that it may be had in
        turn.reply_about(said.done(), file.recipe.journey)


def ask_for(turn: Turn, stored: StoredButton) -> None:
    """Give whoever presses the file itself in their private chat, or a link to it where it was asked for among others."""
    recipe = file_pressed(stored.press, turn.person.id, stored.journey)
    if not may_have(recipe, turn.uow):
        turn.refuse(Problem("file-not-yours"))
        return
    file = described(turn, recipe)
    if file is None:
        turn.refuse(Problem("file-gone"))
    elif turn.room.private or not turn.public_url:
        said = Composer().say(turn.words.say("file-here", name=file.name))
        turn.tell(turn.person.id, replace(said.done(), file=file))
    else:
        _give_link(turn, file)


def answered(turn: Turn, button: str, upload: Upload | None) -> None:
    """Let the file that was offered be put where its reader wants it; or leave it."""
    stored = turn.uow.buttons.get(button)
    if upload is None:
        turn.say("file-declined")
        return
    recipe = file_pressed(stored.press, turn.person.id, stored.journey) if stored is not None else None
    if recipe is None:
        turn.refuse(Problem("old-button"))
    elif not may_have(recipe, turn.uow):
        turn.refuse(Problem("file-not-yours"))
    elif (file := described(turn, recipe)) is None:
        turn.refuse(Problem("file-gone"))
    else:
        said = Composer().say(turn.words.say("file-put", name=file.name))
        turn.reply(replace(said.done(), file=replace(file, upload=upload)))


def _give_link(turn: Turn, file: FileOut) -> None:
    """Tell the presser alone of a link that names them, holds for a day, and asks for their rights when it is opened."""
    secret = turn.ids.new() + turn.ids.new()
    organisation = turn.uow.journeys.head(file.recipe.journey).organisation if file.recipe.journey else None
    turn.uow.file_links.put(secret, file, organisation=organisation, at=turn.now, until=turn.now + LINK_HOLDS)
    about = file.recipe.journey or file.recipe.person
    turn.uow.audit.note(
        "file-linked", organisation=organisation or "", by=turn.person.id, about=about, at=turn.now
    )
    said = Composer()
    said.say((*turn.words.say("file-link"), Words(" "), Link(file.name, address_of(secret, turn.public_url))))
    said.say(turn.words.say("file-link-holds", n=round(LINK_HOLDS.total_seconds() / 3600)))
    turn.tell(turn.person.id, replace(said.done(), secret=True))
