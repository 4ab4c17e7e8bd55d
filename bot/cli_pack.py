"""``metodcoach pack``: check, install, list and show content packs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.call import Call

if TYPE_CHECKING:
    from content.loader import Loaded, Refused
    from content.pack import Pack

All = Annotated[bool, typer.Option("--all")]


@dataclass(frozen=True)
class PackCommands:
    call: Call

    def app(self) -> typer.Typer:
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
        app.command("check", help=self.call.text("help-pack-check"))(self.check)
        app.command("install", help=self.call.text("help-pack-install"))(self.install)
        app.command("list", help=self.call.text("help-pack-list"))(self.list)
        app.command("show", help=self.call.text("help-pack-show"))(self.show)
        app.command("walk", help=self.call.text("help-pack-walk"))(self.walk)
        app.command("schema", help=self.call.text("help-pack-schema"))(self.schema)
        return app

    def check(
        self, path: Annotated[Path | None, typer.Argument(metavar="PATH")] = None, every: All = False
    ) -> None:
        if path is not None and every:
            self.call.refuse("pack-one-or-all", wrong_use=True)
        results = self._all() if path is None else {str(path): self._loaded(path)}
        fine = [self._report(name, result) for name, result in results.items()]  # each is told
        if not all(fine):
            raise typer.Exit(1)

    def install(self, path: Annotated[Path, typer.Argument(metavar="PATH")]) -> None:
        from bot.packs import install
        from content.loader import Loaded

        loaded = self._loaded(path)
        if not isinstance(loaded, Loaded):
            self._report(str(path), loaded)
            raise typer.Exit(1)
        with self.call.world() as world:
            problems, new = install(world, loaded, by="cli")
        for problem in problems:
            self.call.print(problem.said_in(self.call.language))
        if problems:
            raise typer.Exit(1)
        key = "pack-installed" if new else "pack-installed-before"
        self.call.say(key, id=loaded.pack.id, version=loaded.pack.version)

    def list(self) -> None:
        with self.call.world() as world:
            with world.uow() as uow:
                versions = [(id, version) for id, version, _ in uow.packs.all()]
            if not versions:
                self.call.say("pack-none")
            for id, version in versions:
                title = world.shelf.pack(id, version).manifest.title.said_in(self.call.language)
                self.call.print(f"{id}  {version}  {title}")

    def show(self, id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
        with self.call.world() as world, world.uow() as uow:
            versions = [version for known, version, _ in uow.packs.all() if known == id]
            if not versions:
                self.call.refuse("pack-unknown", id=id)
            self._show(world.shelf.pack(id, versions[-1]))

    def walk(
        self,
        id: Annotated[str, typer.Argument(metavar="ID")],
        walkthrough: Annotated[str, typer.Argument(metavar="WALKTHROUGH")] = "",
    ) -> None:
        from bot.cli_walk import walk

        if not walk(self.call, self._named(id), walkthrough):
            raise typer.Exit(1)

    def schema(self) -> None:
        from content.json_schema import pack_schema

        self.call.print(json.dumps(pack_schema(), ensure_ascii=False, indent=2))

    def _loaded(self, path: Path) -> "Loaded | Refused":
        """Load the pack in a folder or zip, with those that come with the program at hand."""
        from bot.packs_on_disk import read_folder, read_zip
        from content.loader import Refused

        files = read_zip(path) if path.is_file() else read_folder(path)
        if isinstance(files, Refused):
            return files
        name = path.absolute().name
        return self._all({name: files})[name]

    def _named(self, id: str) -> "Loaded":
        """Return the pack at hand that is called *id*, or the one in the folder or zip of that name."""
        from content.loader import Loaded

        found = self._all()
        result = found[id] if id in found else self._loaded(Path(id)) if Path(id).exists() else None
        if result is None:
            known = ", ".join(sorted(name for name, one in found.items() if isinstance(one, Loaded)))
            self.call.refuse("pack-not-at-hand", id=id, known=known)
        if not isinstance(result, Loaded):
            self._report(id, result)
            raise typer.Exit(1)
        return result

    def _all(self, more: "Mapping[str, Mapping[str, bytes]] | None" = None) -> "dict[str, Loaded | Refused]":
        """Load every pack at hand; *more* take the place of those that have their names."""
        from bot.packs_on_disk import packs_at_hand
        from content.loader import Refused, load_all

        packs = {**packs_at_hand(self.call.settings.packs), **(more or {})}
        refused = {name: one for name, one in packs.items() if isinstance(one, Refused)}
        return refused | load_all({name: one for name, one in packs.items() if not isinstance(one, Refused)})

    def _report(self, name: str, result: "Loaded | Refused") -> bool:
        """Print what is wrong, a line each; return whether nothing is."""
        from content.loader import Refused

        if isinstance(result, Refused):
            for problem in result.problems:
                place = "" if problem.file.startswith(name) else f"{name}/"
                self.call.print(f"{place}{problem.said_in(self.call.language)}")
            self.call.say("pack-problems", n=len(result.problems), name=name)
            return False
        self.call.say("pack-fine", name=name, version=result.pack.version)
        return True

    def _show(self, pack: "Pack") -> None:
        language = self.call.language
        manifest = pack.manifest
        self.call.print(f"{manifest.title.said_in(language)}  ({pack.id} {pack.version})")
        self.call.print(manifest.purpose.said_in(language).strip())
        for step in pack.steps:
            number = pack.step_number[step.id]
            self.call.print(f"{number:>3}. {step.title.said_in(language)}")
            for place in pack.places.values():
                if place.step == step.id and place.track is None:
                    self.call.print(f"     {place.number}  {place.question.ask.said_in(language).strip()}")
        for number, checkpoint in enumerate(pack.cycle, start=1):
            self.call.print(f" H{number}. {checkpoint.title.said_in(language)}")
            for place in pack.questions_at(checkpoint.id):
                self.call.print(f"     {place.number}  {place.question.ask.said_in(language).strip()}")
