"""Time, and what is drawn by chance: from outside, so that tests can decide it."""

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """Return this instant, in UTC."""

    def today(self) -> date:
        """Return the date where the organisation is."""


class Ids(Protocol):
    def new(self) -> str:
        """Return an id that nobody can guess and nobody has had."""

    def code(self) -> str:
        """Return a short one-time code that can be read aloud."""
