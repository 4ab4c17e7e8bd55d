"""The columns of a register as a table: what stands above each, and which one somebody meant by a heading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from content.schema.files import Register
from dialogs.model.problem import Problem
from dialogs.tables.sheets import Cell, Unreadable, column_name
from dialogs.values.names import fold
from dialogs.values.showing import label_of

STATE = "state"
"""The column of the state. No field has this id."""
LACKING = "lacking"
"""What an export tells of the criteria that aren't met. It is read in nowhere."""
_WRITTEN: Mapping[str, Mapping[str, str]] = {
    STATE: {"sv": "Läge", "en": "State"},
    LACKING: {"sv": "Villkor som saknas", "en": "Criteria not met"},
}
_ALSO = {STATE: ("status",)}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each known column stands, by its place from 0; what is wrong with the headings, and what is left out."""

    places: Mapping[int, str]
    slips: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def headings(register: Register, language: str) -> Mapping[str, str]:
    """Return what stands above each column that is written, by its id: words, or the id where they could mean two."""
    named = _named(register)
    own = {STATE: heading_of(STATE, language)} if register.states else {}
    if register.criteria:
        own[LACKING] = heading_of(LACKING, language)
    titles = {field.id: label_of(field, language) for field in register.fields} | own
    return {id: title if named.get(_folded(title)) == {id} else id for id, title in titles.items()}


def heading_of(own: str, language: str) -> str:
    """Return what stands above a column that is no field's."""
    return _WRITTEN[own].get(language, _WRITTEN[own]["en"])


def known_headings(register: Register, cells: Sequence[Cell]) -> int:
    """Return how many of the cells are headings; none unless one stands for what the entries are called by."""
    named = _named(register)
    found = [named.get(_folded(cell), set()) for cell in cells if isinstance(cell, str)]
    return sum(map(bool, found)) if any(register.title_field in one for one in found) else 0


def columns_of(register: Register, cells: Sequence[Cell], language: str) -> Columns:
    """Return which column is which, for a line that has the heading of the title."""
    named = _named(register)
    places: dict[int, str] = {}
    slips: list[Problem] = []
    notes: list[Problem] = []
    written = headings(register, language)
    for place, cell in enumerate(cells):
        said = "" if isinstance(cell, Unreadable) else cell.strip()
        if not said:
            continue
        ids = named.get(_folded(said), set())
        if len(ids) > 1:
            args = {"said": said, "column": column_name(place), "ids": ", ".join(sorted(ids))}
            slips.append(Problem("import-heading-several", args))
        elif not ids:
            notes.append(_unknown(said, place, written))
        elif ids & set(places.values()):
            slips.append(Problem("import-heading-twice", {"said": said, "column": column_name(place)}))
        else:
            [places[place]] = ids
    return Columns(places, tuple(slips), tuple(notes))


def _unknown(said: str, place: int, written: Mapping[str, str]) -> Problem:
    close = get_close_matches(fold(said), [fold(title) for title in written.values()], 1, 0.7)
    near = [title for title in written.values() if fold(title) in close]
    args = {"said": said[:80], "column": column_name(place)}
    if near:
        return Problem("import-heading-near", {**args, "near": near[0]})
    return Problem("import-heading-unknown", {**args, "known": ", ".join(written.values())})


def _named(register: Register) -> Mapping[str, set[str]]:
    """Return whom each word may mean: a field by its id or its title in any language; ids go before titles."""
    named: dict[str, set[str]] = {}
    for field in register.fields:
        for title in field.title.root.values():
            named.setdefault(_folded(title), set()).add(field.id)
    for id, words in _WRITTEN.items():
        for word in (*words.values(), *_ALSO.get(id, ())) if id == LACKING or register.states else ():
            named.setdefault(fold(word), {id})  # a field that is called so goes before
    ids = [field.id for field in register.fields] + [STATE, LACKING]
    return named | {id: {id} for id in ids}


def _folded(heading: Cell) -> str:
    return fold(str(heading).strip().rstrip("*:?").strip()) if isinstance(heading, str) else ""
