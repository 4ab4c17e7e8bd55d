"""``metodcoach secret``: secrets kept in the database, sealed under keys of the operator's; and the change of a key."""

import sys
from typing import Annotated

import typer

from bot.call import Call
from bot.settings import KEPT

LONGEST = 4096

Name = Annotated[str, typer.Argument(metavar="NAME")]


class SecretCommands:
    def __init__(self, call: Call) -> None:
        self._call = call

    def app(self) -> typer.Typer:
        app = typer.Typer(no_args_is_help=True)
        app.command("key", help=self._call.text("help-secret-new-key"))(self.new_key)
        app.command("keep", help=self._call.text("help-secret-keep"))(self.keep)
        app.command("list", help=self._call.text("help-secret-list"))(self.list)
        app.command("drop", help=self._call.text("help-secret-drop"))(self.drop)
        app.command("renew", help=self._call.text("help-secret-seal-anew"))(self.seal_anew)
        return app

    def new_key(self) -> None:
        from bot.seal import new_key

        self._call.print(new_key())

    def keep(self, name: Name) -> None:
        from bot.kept_secrets import keep, seal_of

        known = self._known(name)
        seal = seal_of(self._call.settings)
        if seal is None:
            self._call.refuse("secret-no-key")
        secret = self._typed()
        with self._call.world() as world:
            keep(known, secret, seal, world.clock.now(), world.uow())
        self._call.say("secret-kept", name=known)

    def list(self) -> None:
        with self._call.world() as world, world.looking() as uow:
            names = sorted(uow.secrets.all())
        for name in names:
            self._call.print(name)
        if not names:
            self._call.say("secret-none")

    def drop(self, name: Name) -> None:
        known = self._known(name)
        with self._call.world() as world, world.uow() as uow:
            there = uow.secrets.drop(known)
            uow.commit()
        if not there:
            self._call.refuse("secret-not-there", name=known)
        self._call.say("secret-dropped", name=known)

    def seal_anew(self) -> None:
        from bot.kept_secrets import WrongKey, seal_anew, seal_of

        seal = seal_of(self._call.settings)
        if seal is None:
            self._call.refuse("secret-no-key")
        with self._call.world() as world:
            try:
                count = seal_anew(seal, world.clock.now(), world.uow())
            except WrongKey as wrong:
                self._call.refuse("secret-wrong-key", name=wrong.name)
        self._call.say("secret-sealed", n=count)

    def _known(self, name: str) -> str:
        known = name.strip().lower().removeprefix("metodcoach_").replace("-", "_")
        if known not in KEPT:
            self._call.refuse("secret-unknown", names=", ".join(KEPT), wrong_use=True)
        return known

    def _typed(self) -> str:
        """Return the secret from standard input, or as it is typed without being shown."""
        if sys.stdin.isatty():
            from getpass import getpass

            typed = getpass(self._call.text("secret-type"))
        else:
            typed = sys.stdin.read(LONGEST + 1)
        secret = typed.strip()
        if not secret or len(secret) > LONGEST or "\n" in secret:
            self._call.refuse("secret-empty")
        return secret
