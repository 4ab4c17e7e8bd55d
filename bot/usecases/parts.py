"""What an organisation consists of, changed from the command line: its units, and its bodies in the same way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.usecases import organise
from bot.usecases.office import Office
from dialogs.model.people import Body, Roster, Unit
from dialogs.model.problem import Problem
from dialogs.values.names import find, fold


@dataclass(frozen=True)
class Parts:
    """*kind* says which of the two is meant."""

    office: Office
    organisation: str
    kind: Literal["unit", "body"]

    def all(self) -> Sequence[Unit | Body]:
        books, today = self.office.uow.organisations, self.office.clock.today()
        of = books.units if self.kind == "unit" else books.bodies
        return of(self.organisation, today)

    def lines(self) -> list[str]:
        """Return the name of each, and of a unit the body that answers for it where that is known."""
        roster = self._roster()
        told = []
        for part in self.all():
            body = roster.body_of(part.id) if self.kind == "unit" else None
            told.append(part.name if body is None else f"{part.name} – {roster.body_name(body)}")
        return told

    def set_body(self, name: str, body: str) -> tuple[str, str | None] | Problem:
        """Say which body answers for the unit; return the names of both, None for no body."""
        today = self.office.clock.today()
        done = organise.set_body_of(self.organisation, name, body, uow=self.office.uow, today=today)
        if isinstance(done, Problem):
            return Problem(f"command-{done.key}", {"said": done.args["said"]})
        self.office.note("unit-body-set", self.organisation, self.organisation)
        return done

    def add(self, names: Iterable[str]) -> Sequence[str]:
        """Add those that aren't there yet; return their names."""
        was, put = self._roster(), organise.put_units if self.kind == "unit" else organise.put_bodies
        new = put(self.organisation, names, uow=self.office.uow, today=self.office.clock.today())
        if new:
            self._changed("units-added" if self.kind == "unit" else "bodies-added", was)
        return new

    def close(self, name: str, successor: str) -> tuple[str, str | None] | Problem:
        """Close it from today on; return its name and the successor's."""
        was, close = self._roster(), organise.close_unit if self.kind == "unit" else organise.close_body
        today = self.office.clock.today()
        closed = close(self.organisation, name, successor, uow=self.office.uow, today=today)
        if isinstance(closed, Problem):
            return Problem(f"command-{closed.key}", {"said": closed.args["said"]})
        self._changed(f"{self.kind}-closed", was)
        return closed

    def rename(self, name: str, new: str) -> str | Problem:
        """Give the unit another name; return the one that it had."""
        units = [(str(unit.id), unit.name) for unit in self.all()]
        found = find(name, units, numbered=False).value
        if found is None:
            return Problem("command-unit-unknown", {"said": name})
        if any(fold(label) == fold(new) for id, label in units if id != found):
            return Problem("command-name-taken", {"name": new})
        self.office.uow.organisations.rename_unit(found, new)
        self.office.note("unit-renamed", self.organisation, found)
        return dict(units)[found]

    def _roster(self) -> Roster:
        books, today = self.office.uow.organisations, self.office.clock.today()
        units, bodies = books.units(self.organisation, today), books.bodies(self.organisation, today)
        return Roster(units=tuple(units), bodies=tuple(bodies))

    def _changed(self, kind: str, was: Roster) -> None:
        office = self.office
        office.note(kind, self.organisation, self.organisation)
        office.word(
            organise.renew_organisation(
                self.organisation,
                was,
                uow=office.uow,
                shelf=office.shelf,
                at=office.clock.now(),
                today=office.clock.today(),
            )
        )
