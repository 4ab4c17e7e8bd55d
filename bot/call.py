"""One call of the command line: its language, its settings, what it says, and how it says that it can't."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NoReturn

from content.phrases.book import LANGUAGES, Phrasebook

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.wiring import World

WRONG_USE = 2
SET_UP_WRONGLY = 78
"""EX_CONFIG of sysexits.h: another setting is needed, and trying again is no use."""


class Slip(Exception):  # noqa: N818 - a person's slip, told kindly; no bug
    """What can't be done, already in words, and how the program ends."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Call:
    """What every command is handed. *chosen* is the language that was asked for, *database* what was typed, if any."""

    chosen: str = ""
    database: str = ""

    @property
    def language(self) -> str:
        return self.chosen or LANGUAGES[0]

    def text(self, key: str, /, **args: object) -> str:
        return Phrasebook.load().text(key, self.language, **args)

    def say(self, key: str, /, **args: object) -> None:
        self.print(self.text(key, **args))

    def print(self, text: str) -> None:
        sys.stdout.write(f"{text}\n")

    def refuse(self, key: str, /, *, wrong_use: bool = False, **args: object) -> NoReturn:
        raise Slip(self.text(key, **args), WRONG_USE if wrong_use else 1)

    def refuse_settings(self, key: str, /, **args: object) -> NoReturn:
        """Refuse until somebody has changed a setting; what may pass by itself is refused by `refuse`."""
        raise Slip(self.text(key, **args), SET_UP_WRONGLY)

    @cached_property
    def settings(self) -> "Settings":
        from pydantic import ValidationError

        from bot.settings import Settings, database_address

        try:
            settings = Settings()
        except ValidationError as error:
            names = sorted(
                {f"METODCOACH_{str(slip['loc'][0]).upper()}" for slip in error.errors() if slip["loc"]}
            )
            what = self.text("command-settings", names=", ".join(names))
            if any(name.endswith("_FILE") for name in names):
                what = f"{what} {self.text('command-settings-file')}"
            raise Slip(what, SET_UP_WRONGLY) from error
        if self.database:
            try:
                settings = settings.model_copy(update={"database_url": database_address(self.database)})
            except ValueError:  # it may hold a password
                self.refuse("db-address")
        if settings.database_password_file is not None:
            # Where libpq looks for it when the address holds none: so it stands in no address that may be printed.
            os.environ["PGPASSWORD"] = settings.database_password_file.value.get_secret_value()
        return settings

    @contextmanager
    def kindly(self) -> Iterator[None]:
        """Put what the store refuses into words."""
        from sqlalchemy.exc import SQLAlchemyError

        from storage.errors import AlreadyServing, Refused

        try:
            yield
        except Refused as refused:
            raise Slip(self.text(refused.key, **refused.told)) from refused
        except AlreadyServing as other:
            self.refuse("command-already-serving", pid=other.pid)
        except SQLAlchemyError as error:
            self.refuse("command-unreachable", error=type(error).__name__)
        except OSError as error:
            raise self.no_file(error) from error

    def no_file(self, error: OSError) -> Slip:
        """Say which file or folder can't be read or written, and the system's reason."""
        if error.filename is None:
            return Slip(self.text("command-unreachable", error=error.strerror or type(error).__name__))
        return Slip(self.text("command-file", file=error.filename, why=error.strerror))

    @contextmanager
    def world(self) -> Iterator["World"]:
        """Open the database for a command, in step with the program; close it afterwards."""
        from bot.wiring import open_world

        with self.kindly(), open_world(self.settings) as world:
            yield world


def call_of(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> tuple[Call, list[str]]:
    """Take ``--language`` and ``--database`` out of the arguments: they may stand anywhere, even before ``--help``.

    Raises ``Slip`` when one of them is used in a wrong way.
    """
    taken = {"--language": environment.get("METODCOACH_LANGUAGE", ""), "--database": ""}
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        name, equals, value = argument.partition("=")
        if argument == "--":
            rest += [argument, *waiting]
        elif name in taken:
            taken[name] = value if equals else next(waiting, "")
            if not taken[name]:
                raise Slip(Call().text("command-no-value", name=name), WRONG_USE)
        else:
            rest.append(argument)
    if taken["--language"] not in ("", *LANGUAGES):
        what, code = Call().text("command-language", languages=", ".join(LANGUAGES)), WRONG_USE
        if taken["--language"] == environment.get("METODCOACH_LANGUAGE"):
            what = f"{Call().text('command-settings', names='METODCOACH_LANGUAGE')} {what}"
            code = SET_UP_WRONGLY
        raise Slip(what, code)
    return Call(taken["--language"], taken["--database"]), rest
