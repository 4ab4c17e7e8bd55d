"""What an admin does with the server's methods in the chat: list, draw, take out of use, begin a new one."""

from collections.abc import Sequence
from datetime import datetime

from bot.usecases.file_kinds import PACK_DRAWING, PACK_NEW, PACK_OUTLINE, described
from bot.usecases.handing_out import hand_out
from bot.usecases.named_packs import installed
from bot.usecases.pack_keepers import keeps_packs
from bot.usecases.turn import Turn
from content.new_pack import is_id
from content.pack import Pack
from dialogs.files import Recipe
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Spans
from dialogs.model.problem import Problem
from dialogs.ports import InstalledPack, Spot, UnitOfWork
from dialogs.values.names import find


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`metoder`: what there is to begin with; to those who look after the methods, by whom and for how many as well."""
    keeper = turn.room.private and keeps(turn)
    there = turn.uow.packs.installed()
    said = Composer().say(turn.words.say("methods-are"))
    for pack in _methods(turn):
        versions = [one for one in there if one.id == pack.id]
        title, retired = pack.manifest.title.said_in(turn.language), versions[-1].retired_at is not None
        key = "method-is-retired" if retired else "method-is-there"
        said.heading(title).say(turn.words.say(key, version=pack.version, id=pack.id))
        if keeper:
            running = turn.uow.packs.running(pack.id)
            said.bullets([_version(turn, one, running.get(one.version, 0)) for one in reversed(versions)])
    turn.reply(said.done())
    return True


def draw(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`rita <metod>`: the method as a picture, and the same in words."""
    pack = method_named(turn, heard.rest)
    if pack is None:
        return looks_like_an_id(heard.rest) and turn.room.private and keeps(turn) and tell_which(turn, heard)
    if not may_keep(turn):
        return True
    about = installed(pack.id, pack.version)
    for kind in (PACK_DRAWING, PACK_OUTLINE):
        _hand_out(turn, Recipe(kind, turn.person.id, "", about, turn.language))
    return True


def retire(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    return _retire(turn, heard, undo=False)


def offer_again(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    return _retire(turn, heard, undo=True)


def begin_new(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`ny metod <id>`: a small method of one's own to begin from, as a zip."""
    if not heard.rest:
        turn.refuse(Problem("method-new-how"))
    elif not may_keep(turn):
        return True
    elif not is_id(heard.rest):
        turn.refuse(Problem("method-new-id", {"said": heard.rest}))
    elif any(one.id == heard.rest for one in turn.uow.packs.installed()):
        turn.refuse(Problem("method-new-taken", {"id": heard.rest}))
    else:
        _hand_out(turn, Recipe(PACK_NEW, turn.person.id, "", heard.rest, turn.language), "method-new-here")
    return True


def retire_versions(
    id: str, version: str, *, uow: UnitOfWork, by: str, at: datetime, undo: bool
) -> Sequence[str]:
    """Let no new journeys start from the version, or from any of the method; or let them again, with *undo*.

    *uow* is open. Return the versions that it changed something for.
    """
    changed = [
        one.version
        for one in uow.packs.installed()
        if one.id == id and version in ("", one.version) and (one.retired_at is not None) == undo
    ]
    for one in changed:
        if undo:
            uow.packs.offer_again(id, one)
        else:
            uow.packs.retire(id, one, by=by, at=at)
    if changed:
        uow.audit.note(
            "pack-offered-again" if undo else "pack-retired", organisation="", by=by, about=id, at=at
        )
    return changed


def _retire(turn: Turn, heard: Commanded, *, undo: bool) -> bool:
    pack = method_named(turn, heard.rest)
    if not may_keep(turn):
        return True
    if pack is None:
        return tell_which(turn, heard)
    title = pack.manifest.title.said_in(turn.language)
    changed = retire_versions(pack.id, "", uow=turn.uow, by=turn.person.id, at=turn.now, undo=undo)
    if not changed:
        turn.refuse(Problem("method-offered-already" if undo else "method-retired-already", {"title": title}))
        return True
    groups = sum(turn.uow.packs.running(pack.id).values())
    said = Composer().say(turn.words.say("method-offered" if undo else "method-taken-out", title=title))
    if groups and not undo:
        said.say(turn.words.say("method-groups-go-on", n=groups))
    turn.reply(said.done())
    return True


def _hand_out(turn: Turn, recipe: Recipe, key: str = "file-here") -> None:
    file = described(turn, recipe)
    if file is not None:
        hand_out(turn, file, Composer().say(turn.words.say(key, name=file.name)))


def _version(turn: Turn, one: InstalledPack, groups: int) -> Spans:
    person = turn.uow.people.get(one.by)
    by = person.name if person is not None else turn.words.text("method-by-server")
    key = "method-version-retired" if one.retired_at is not None else "method-version"
    return turn.words.say(key, version=one.version, by=by, day=one.at.date(), n=groups)


def _methods(turn: Turn) -> list[Pack]:
    return [*turn.shelf.newest(), *turn.shelf.retired()]


def method_named(turn: Turn, said: str) -> Pack | None:
    """Return the method that is called so, by its title or its id; None when the words name none."""
    packs = {pack.id: pack for pack in _methods(turn)}
    titles = [(pack.id, pack.manifest.title.said_in(turn.language)) for pack in packs.values()]
    names = [*titles, *((id, id) for id in packs)]
    found = find(said, names, numbered=False).value if said else None
    return packs.get(found) if found else None


def looks_like_an_id(said: str) -> bool:
    """Say whether it can only be meant as a method's id: `rita en bild` is words."""
    return not said or ("-" in said and is_id(said))


def tell_which(turn: Turn, heard: Commanded) -> bool:
    known = ", ".join(pack.manifest.title.said_in(turn.language) for pack in _methods(turn))
    turn.refuse(
        Problem("method-unknown" if heard.rest else "method-which", {"said": heard.rest, "known": known})
    )
    return True


def keeps(turn: Turn) -> bool:
    return keeps_packs(turn.person.id, uow=turn.uow, by=turn.packs_by)


def may_keep(turn: Turn) -> bool:
    """Say whether the speaker may do it here; they have been told why not."""
    why = "methods-privately" if not turn.room.private else "" if keeps(turn) else "pack-only-keepers"
    if why:
        turn.refuse(Problem(why))
    return not why
