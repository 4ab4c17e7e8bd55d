"""``metodcoach db``: bring the database up to date, back it up, put a backup back, write its search anew."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.call import Call

File = Annotated[Path, typer.Argument(metavar="FILE")]


@dataclass(frozen=True)
class DatabaseCommands:
    call: Call

    def app(self) -> typer.Typer:
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
        app.command("upgrade", help=self.call.text("help-db-upgrade"))(self.upgrade)
        app.command("backup", help=self.call.text("help-db-backup"))(self.backup)
        app.command("restore", help=self.call.text("help-db-restore"))(self.restore)
        app.command("index", help=self.call.text("help-db-index"))(self.index)
        return app

    def index(self) -> None:
        from bot.usecases.sharing import index_anew

        with self.call.world() as world, world.uow() as uow:
            count = index_anew(uow, world.shelf)
            uow.commit()
        self.call.say("db-indexed", n=count)

    def upgrade(self) -> None:
        from bot.wiring import bring_up_to_date

        with self.call.kindly():
            copy = bring_up_to_date(self.call.settings.database_url)
        self.call.say("db-upgraded")
        if copy is not None:
            self.call.say("db-copy", file=copy)

    def backup(self, file: File) -> None:
        from storage.schema import backup

        if file.exists():
            self.call.refuse("db-file-exists", file=file)
        with self.call.kindly():
            backup(self.call.settings.database_url, file)
        self.call.say("db-backed-up", file=file)

    def restore(self, file: File) -> None:
        from storage.schema import restore

        if not file.is_file():
            self.call.refuse("db-no-such-file", file=file)
        with self.call.kindly():
            replaced = restore(self.call.settings.database_url, file)
        self.call.say("db-restored", file=file)
        if replaced is not None:
            self.call.say("db-replaced", file=replaced)
