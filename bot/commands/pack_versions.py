"""Tells which versions of a method are installed: by whom, when, who is on them, and which of them are retired."""

from bot.call import Call
from bot.wiring import World
from content.drawing import as_text, outline_of
from dialogs.ports import InstalledPack

SHOWN = 12  # of a checksum's letters


def list_all(call: Call, world: World) -> None:
    with world.looking() as uow:
        installed = uow.packs.installed()
    if not installed:
        call.say("pack-none")
    for one in installed:
        title = world.shelf.pack(one.id, one.version).manifest.title.said_in(call.language)
        mark = f"  ({call.text('pack-is-retired')})" if one.retired_at is not None else ""
        call.print(f"{one.id}  {one.version}  {title}{mark}")


def show(call: Call, world: World, id: str) -> None:
    """Print a method's installed versions, newest first, and what the newest of them holds."""
    with world.looking() as uow:
        versions = [one for one in uow.packs.installed() if one.id == id]
        running = uow.packs.running(id)
    if not versions:
        call.refuse("pack-unknown", id=id)
    pack = world.shelf.pack(id, versions[-1].version)
    call.print(as_text(outline_of(pack, call.language)).rstrip("\n"))
    call.print("")
    call.print(call.text("pack-versions").upper())
    for one in reversed(versions):
        _version(call, world, one, running.get(one.version, 0))


def _version(call: Call, world: World, one: InstalledPack, journeys: int) -> None:
    zone = world.settings.zone
    day = one.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    call.say("pack-version", version=one.version, by=one.by, at=day, checksum=one.checksum[:SHOWN])
    call.print(f"  {call.text('pack-journeys', n=journeys)}")
    if one.retired_at is not None:
        when = one.retired_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        call.print(f"  {call.text('pack-retired-at', by=one.retired_by or '', at=when)}")
