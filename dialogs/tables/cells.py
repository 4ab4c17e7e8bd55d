"""Reads one cell of a table into a field's value: as it is typed in a form, but by names alone, and days with their year."""

import re
from datetime import date
from typing import Any

from content.schema.questions import BodySpec, ChoiceSpec, ChoicesSpec, DateSpec, ReferenceSpec, UnitSpec
from dialogs.forms import choices_of, typed_again
from dialogs.model.answers import Value
from dialogs.model.problem import Problem
from dialogs.tables.sheets import Cell, Unreadable
from dialogs.values.asking import Asking
from dialogs.values.meetings import meeting_day
from dialogs.values.names import fold
from dialogs.values.reading import read

_NUMBERS = re.compile(r"[\d\s,;.&]+")
_SAID = 80  # characters of a cell that are quoted
_EXCEL_TRUE = {"1": ("ja", "yes", "sant", "true"), "0": ("nej", "no", "falskt", "false")}


def read_cell(spec: Any, cell: Cell, asking: Asking) -> Value | Problem | None:
    """Return the value, None for an empty cell; or what is wrong with it."""
    if isinstance(cell, Unreadable):
        return Problem(f"import-{cell.value}")
    said = cell.strip()
    if not said:
        return None
    match spec:
        case DateSpec(past=past):
            return _day(said, asking.today, past=past)
        case ChoiceSpec() | ChoicesSpec():
            return _chosen(spec, said, asking)
        case UnitSpec() | BodySpec() | ReferenceSpec() if said.isdecimal():
            return _by_name_alone(spec, said, asking)
        case _:
            found = read(spec, said, asking)
            return _short(found) if isinstance(found, Problem) else found


def same_as(spec: Any, value: Value | None, cell: Cell, asking: Asking) -> bool:
    """Say whether the cell holds what an export writes of the value: then nobody has changed it."""
    if isinstance(cell, Unreadable):
        return False
    return _flat(cell) == _flat(written(spec, value, asking))


def written(spec: Any, value: Value | None, asking: Asking) -> str:
    """Return the value as somebody would type it into a cell."""
    if value is None:
        return ""
    if spec.kind == "person":
        return asking.journey.roster.name(str(value))
    return typed_again(spec, value, asking)


def _day(said: str, today: date, *, past: bool) -> Value | Problem:
    day = meeting_day(said, today=today, with_year=True)
    if day is None:
        return Problem("import-not-a-date", {"said": said[:_SAID], "example": f"{today.year + 1}-03-15"})
    if not past and day < today:
        return Problem("day-has-been", {"day": day})
    return day.isoformat()


def _chosen(spec: Any, said: str, asking: Asking) -> Value | Problem:
    """Read options by their names in any of the method's languages, never by their numbers."""
    if _NUMBERS.fullmatch(said):
        return _by_name_alone(spec, said, asking)
    first = read(spec, said, asking)
    if not isinstance(first, Problem) and not getattr(spec, "own", False):
        return first
    for language in asking.pack.manifest.languages:
        other = Asking(asking.pack, asking.journey, language, asking.today)
        labels = {fold(label): id for id, label in choices_of(spec, other)}
        if spec.kind == "choice" and fold(said) in labels:
            return labels[fold(said)]
        named = [labels.get(fold(part)) for part in said.split(";") if part.strip()]
        if spec.kind == "choices" and named and all(named):
            return [one for one in dict.fromkeys(named) if one]
    return _short(first) if isinstance(first, Problem) else first


def _by_name_alone(spec: Any, said: str, asking: Asking) -> Value | Problem:
    """A number in a list of hundreds of rows is a slip, or a name: never the place in a list that nobody has seen."""
    options = choices_of(spec, asking)
    named = [id for id, label in options if fold(label) == fold(said)]
    if not named and said in _EXCEL_TRUE:
        named = [id for id, label in options if fold(label) in _EXCEL_TRUE[said]]
    if len(named) == 1:
        return [named[0]] if spec.kind == "choices" else named[0]
    known = ", ".join(label for _, label in options[:20])
    return Problem("import-not-by-number", {"said": said[:_SAID], "options": known or "–"})


def _short(problem: Problem) -> Problem:
    said = problem.args.get("said")
    if isinstance(said, str) and len(said) > _SAID:
        return Problem(problem.key, {**problem.args, "said": f"{said[:_SAID]}…"})
    return problem


def _flat(text: str) -> str:
    return " ".join(text.split())
