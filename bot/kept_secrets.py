"""Secrets that are kept in the database, sealed: read when the program starts, where no setting says otherwise."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import SecretStr

from bot.seal import NotSealed, Seal, keys_in
from bot.settings import KEPT, Settings
from dialogs.ports import UnitOfWork


class Closed(Exception):  # noqa: N818 - the operator's slip; no bug
    """A secret is kept and can't be opened."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NoKey(Closed):
    """There is no key file to open it with."""


class WrongKey(Closed):
    """No key in the file opens it."""


def seal_of(settings: Settings) -> Seal | None:
    return Seal(keys_in(settings.key_file)) if settings.key_file is not None else None


def with_kept(settings: Settings, uow: UnitOfWork) -> Settings:
    """Return the settings with the secrets that the database keeps. Raises ``NoKey`` and ``WrongKey``."""
    with uow:
        kept = {name: sealed for name, sealed in uow.secrets.all().items() if name in KEPT}
    wanted = {name: sealed for name, sealed in kept.items() if not settings.secret(name)}
    if not wanted:
        return settings
    return settings.model_copy(update=dict(_opened(wanted, seal_of(settings))))


def keep(name: str, secret: str, seal: Seal, at: datetime, uow: UnitOfWork) -> None:
    """Keep the secret in the place of what was kept under its name."""
    with uow:
        uow.secrets.put(name, seal.close(secret), at)
        uow.commit()


def seal_anew(seal: Seal, at: datetime, uow: UnitOfWork) -> int:
    """Seal all that is kept under the first key; return how many. All or none. Raises ``WrongKey``."""
    with uow:
        kept = uow.secrets.all()
        for name, sealed in kept.items():
            try:
                uow.secrets.put(name, seal.anew(sealed), at)
            except NotSealed as error:
                raise WrongKey(name) from error
        uow.commit()
    return len(kept)


def _opened(kept: Mapping[str, str], seal: Seal | None) -> Mapping[str, SecretStr]:
    opened = {}
    for name, sealed in kept.items():
        if seal is None:
            raise NoKey(name)
        try:
            opened[name] = SecretStr(seal.open(sealed))
        except NotSealed as error:
            raise WrongKey(name) from error
    return opened
