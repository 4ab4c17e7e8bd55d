"""The program's settings: from METODCOACH_* in the environment, and from what a command was told."""

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_DATABASE = "sqlite:///data/metodcoach.db"


class Settings(BaseSettings):
    """`packs` is a folder with packs of one's own, beside those that come with the program."""

    model_config = SettingsConfigDict(env_prefix="METODCOACH_", frozen=True, env_ignore_empty=True)

    database_url: str = DEFAULT_DATABASE
    language: Literal["sv", "en"] | None = None
    time_zone: str = "Europe/Stockholm"
    packs: Path | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "warning"

    @field_validator("database_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return database_address(value)

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{value} is no time zone") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


def database_address(typed: str) -> str:
    """Return the address of a database that was given as an address or as the path of a SQLite file."""
    text = typed.strip()
    if "://" not in text:
        return f"sqlite:///{Path(text).expanduser().absolute()}"
    scheme, _, rest = text.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else text
