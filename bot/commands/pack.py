"""``metodcoach pack``: check, install, list and show content packs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.call import Call

if TYPE_CHECKING:
    from content.loader import Loaded, Refused

All = Annotated[bool, typer.Option("--all")]
Json = Annotated[bool, typer.Option("--json")]


@dataclass(frozen=True)
class PackCommands:
    call: Call

    def app(self) -> typer.Typer:
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
        app.command("new", help=self.call.text("help-pack-new"))(self.new)
        app.command("check", help=self.call.text("help-pack-check"))(self.check)
        app.command("install", help=self.call.text("help-pack-install"))(self.install)
        app.command("list", help=self.call.text("help-pack-list"))(self.list)
        app.command("show", help=self.call.text("help-pack-show"))(self.show)
        app.command("retire", help=self.call.text("help-pack-retire"))(self.retire)
        app.command("upgrade", help=self.call.text("help-pack-upgrade"))(self.upgrade)
        app.command("walk", help=self.call.text("help-pack-walk"))(self.walk)
        app.command("rehearse", help=self.call.text("help-pack-rehearse"))(self.rehearse)
        app.command("draw", help=self.call.text("help-pack-draw"))(self.draw)
        app.command("schema", help=self.call.text("help-pack-schema"))(self.schema)
        return app

    def new(
        self,
        id: Annotated[str, typer.Argument(metavar="ID")],
        folder: Annotated[Path, typer.Argument(metavar="FOLDER")] = Path(),
        title: Annotated[str, typer.Option("--title", metavar="TITLE")] = "",
        languages: Annotated[str, typer.Option("--languages", metavar="sv,en")] = "",
    ) -> None:
        from bot.commands.pack_new import make

        make(self.call, id, folder, title=title, languages=languages)

    def check(
        self,
        path: Annotated[Path | None, typer.Argument(metavar="PATH")] = None,
        every: All = False,
        as_json: Json = False,
    ) -> None:
        from bot.commands.pack_report import tell, tell_as_json
        from content.loader import Refused

        if path is not None and every:
            self.call.refuse("pack-one-or-all", wrong_use=True)
        results = self._all() if path is None else {str(path): self._loaded(path)}
        (tell_as_json if as_json else tell)(self.call, results)
        if any(isinstance(result, Refused) for result in results.values()):
            raise typer.Exit(1)

    def install(self, path: Annotated[Path, typer.Argument(metavar="PATH")]) -> None:
        from bot.installing import install
        from content.loader import Loaded

        loaded = self._loaded(path)
        if not isinstance(loaded, Loaded):
            self._refuse(str(path), loaded)
        with self.call.world() as world:
            problems, new = install(world, loaded, by="cli")
        for problem in problems:
            self.call.print(problem.said_in(self.call.language))
        if problems:
            raise typer.Exit(1)
        key = "pack-installed" if new else "pack-installed-before"
        self.call.say(key, id=loaded.pack.id, version=loaded.pack.version)

    def list(self) -> None:
        from bot.commands.pack_versions import list_all

        with self.call.world() as world:
            list_all(self.call, world)

    def show(self, id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
        from bot.commands.pack_versions import show

        with self.call.world() as world:
            show(self.call, world, id)

    def retire(
        self,
        id: Annotated[str, typer.Argument(metavar="ID")],
        version: Annotated[str, typer.Argument(metavar="VERSION")] = "",
        undo: Annotated[bool, typer.Option("--undo")] = False,
    ) -> None:
        from bot.installing import retire

        with self.call.world() as world:
            with world.looking() as uow:
                there = [one.version for one in uow.packs.installed() if one.id == id]
                running = sum(uow.packs.running(id).values())
            if not there:
                self.call.refuse("pack-unknown", id=id)
            if version and version not in there:
                self.call.refuse("pack-version-unknown", id=id, version=version, known=", ".join(there))
            changed = retire(world, id, version, by="cli", undo=undo)
            offered = ", ".join(
                pack.manifest.title.said_in(self.call.language) for pack in world.shelf.newest()
            )
        if not changed:
            self.call.say("pack-offered-already" if undo else "pack-retired-already", id=id)
            return
        key = "pack-offered-again" if undo else "pack-retired"
        self.call.say(key, id=id, versions=", ".join(changed), n=running)
        self.call.say("pack-offered" if offered else "pack-none-offered", titles=offered)

    def upgrade(
        self,
        id: Annotated[str, typer.Argument(metavar="ID")],
        group: Annotated[str, typer.Option("--group", metavar="GROUP")] = "",
        ask: Annotated[bool, typer.Option("--ask")] = False,
    ) -> None:
        from bot.commands.pack_upgrade import upgrade

        upgrade(self.call, id, group, ask=ask)

    def walk(
        self,
        id: Annotated[str, typer.Argument(metavar="ID")],
        walkthrough: Annotated[str, typer.Argument(metavar="WALKTHROUGH")] = "",
    ) -> None:
        from bot.commands.walk import walk

        if not walk(self.call, self._named(id), walkthrough):
            raise typer.Exit(1)

    def rehearse(
        self,
        id: Annotated[str, typer.Argument(metavar="ID")],
        year: Annotated[int, typer.Option("--year", metavar="YEAR")] = 0,
        to: Annotated[Path | None, typer.Option("--to", metavar="FILE")] = None,
        overwrite: Annotated[bool, typer.Option("--overwrite")] = False,
    ) -> None:
        from bot.clock import SystemClock
        from bot.commands.rehearse import rehearse
        from dialogs.time import HOME

        next_year = SystemClock(HOME).today().year + 1
        rehearse(self.call, self._named(id), year or next_year, to, overwrite=overwrite)

    def draw(
        self,
        id: Annotated[str, typer.Argument(metavar="ID")],
        to: Annotated[Path | None, typer.Option("--to", metavar="FILE")] = None,
        text: Annotated[bool, typer.Option("--text")] = False,
        overwrite: Annotated[bool, typer.Option("--overwrite")] = False,
    ) -> None:
        from content.drawing import as_svg, as_text, outline_of

        outline = outline_of(self._named(id).pack, self.call.language)
        drawn = as_text(outline) if text else as_svg(outline)
        if to is None:
            self.call.print(drawn.rstrip("\n"))
            return
        try:
            with to.open("w" if overwrite else "x", encoding="utf-8", newline="\n") as file:
                file.write(drawn)
        except FileExistsError:
            self.call.refuse("pack-draw-exists", file=to)
        except OSError as error:
            self.call.refuse("pack-draw-unwritable", file=to, error=error.strerror or type(error).__name__)
        self.call.say("pack-drawn", file=to)

    def schema(self) -> None:
        from content.json_schema import pack_schema

        self.call.print(json.dumps(pack_schema(), ensure_ascii=False, indent=2))

    def _loaded(self, path: Path) -> "Loaded | Refused":
        """Load the pack in a folder or zip, with those that come with the program at hand."""
        from bot.packs.on_disk import read_folder, read_zip
        from content.loader import Refused

        files = read_zip(path) if path.is_file() else read_folder(path)
        if isinstance(files, Refused):
            return files
        name = path.absolute().name
        return self._load({**self._readable(), name: files}, name)

    def _named(self, id: str) -> "Loaded":
        """Return the pack at hand that is called *id*, or the one in the folder or zip of that name."""
        from bot.packs.on_disk import packs_at_hand
        from content.loader import Loaded

        result = self._at_hand(id)
        if result is None:
            known = ", ".join(sorted(packs_at_hand(self.call.settings.packs)))
            self.call.refuse("pack-not-at-hand", id=id, known=known)
        if not isinstance(result, Loaded):
            self._refuse(id, result)
        return result

    def _at_hand(self, id: str) -> "Loaded | Refused | None":
        from bot.packs.on_disk import packs_at_hand
        from content.loader import Refused

        found = packs_at_hand(self.call.settings.packs).get(id)
        if found is None:
            return self._loaded(Path(id)) if Path(id).exists() else None
        return found if isinstance(found, Refused) else self._load(self._readable(), id)

    def _all(self) -> "dict[str, Loaded | Refused]":
        """Load every pack at hand."""
        from bot.packs.on_disk import packs_at_hand
        from content.loader import Refused, load_all

        packs = packs_at_hand(self.call.settings.packs)
        refused = {name: one for name, one in packs.items() if isinstance(one, Refused)}
        return refused | load_all({name: one for name, one in packs.items() if not isinstance(one, Refused)})

    def _readable(self) -> "dict[str, Mapping[str, bytes]]":
        from bot.packs.on_disk import packs_at_hand
        from content.loader import Refused

        packs = packs_at_hand(self.call.settings.packs)
        return {name: one for name, one in packs.items() if not isinstance(one, Refused)}

    def _load(self, packs: "Mapping[str, Mapping[str, bytes]]", name: str) -> "Loaded | Refused":
        """Load one of the packs, and no more than what it uses."""
        from content.loader import load_all, with_used

        return load_all(with_used(packs, name))[name]

    def _refuse(self, name: str, refused: "Refused") -> NoReturn:
        from bot.commands.pack_report import tell

        tell(self.call, {name: refused})
        raise typer.Exit(1)
