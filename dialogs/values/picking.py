"""Picks records of a register by what somebody says: a state, a unit, a person, an option, what is missing, words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from content.schema.files import Register
from content.words import filter_words
from dialogs.calendar.occurrences import is_open
from dialogs.flows.shortfall import is_empty, lacks_something, unmet
from dialogs.model.problem import Problem
from dialogs.model.records import Record
from dialogs.values.asking import Asking, as_list, options_of, title_of
from dialogs.values.names import find, fold
from dialogs.values.showing import label_of, shown, state_title

Test = Callable[[Record], bool]
MOST_TOLD = 12  # of the names that may be written, where none was understood


@dataclass(frozen=True, slots=True)
class Picked:
    """The records with their numbers in the register, and what they were picked by, as people read it."""

    records: tuple[tuple[int, Record], ...]
    by: str = ""
    page: int = 1


def pick(register: Register, said: str, asking: Asking, *, speaker: str = "") -> Picked | Problem:
    """Return the records that *said* names; `pågår, mina, sida 2` is all of that at once."""
    numbered = tuple(enumerate(asking.journey.records_in(register.id), start=1))
    tests: list[Test] = []
    told: list[str] = []
    page = 1
    for part in _parts(said, register, asking):
        word, rest = _worded(part)
        if word == "page" and rest.isdecimal() and 0 < int(rest) < 10_000:
            page = int(rest)
            continue
        test = _test(word, rest, part, register, asking, speaker)
        if isinstance(test, Problem):
            return test
        tests.append(test)
        told.append(part)
    found = tuple((number, record) for number, record in numbered if all(test(record) for test in tests))
    return Picked(found, ", ".join(told), page)


def _parts(said: str, register: Register, asking: Asking) -> Iterator[str]:
    if find(said, tuple((name, name) for name in _named(register, asking)), numbered=False, alike=1).value:
        yield said.strip()  # a name may have a comma in it
        return
    yield from (part.strip() for part in re.split(r"[,;\n]", said) if part.strip())


def _worded(part: str) -> tuple[str, str]:
    """Split `sök klimat` into what the word means and what stands after it; ("", "") where it is none of those words."""
    low = part.casefold()
    for word, id in filter_words().items():
        if low == word or low.startswith((f"{word} ", f"{word}:")):
            return id, part[len(word) :].strip(" :")
    return "", ""


def _test(
    word: str, rest: str, part: str, register: Register, asking: Asking, speaker: str
) -> Test | Problem:
    match word:
        case "mine" if not rest:
            own = [field.id for field in register.fields if field.kind == "person"]
            return lambda record: any(record.fields.get(field) == speaker for field in own)
        case "all" if not rest:
            return lambda record: True
        case "open" if not rest:
            return lambda record: is_open(register, record)
        case "closed" if not rest:
            return lambda record: not is_open(register, record)
        case "missing":
            return _lacking(rest, register, asking)
        case "search" if rest:
            return _searched(rest, asking)
        case _:
            return _by_name(part, register, asking)


def _lacking(what: str, register: Register, asking: Asking) -> Test | Problem:
    if not what:
        return lambda record: lacks_something(asking.pack, record, asking.facts)
    names: list[tuple[str, str]] = []
    for field in register.fields:
        names += [(f"field:{field.id}", label_of(field, language)) for language in field.title.root]
    for criterion in register.criteria:
        names += [(f"criterion:{criterion.id}", word) for word in criterion.title.root.values()]
    found = find(what, tuple(dict.fromkeys(names)), numbered=False)
    if found.value is None:
        return _unknown(what, found.near, [label for _, label in names])
    kind, _, id = found.value.partition(":")
    if kind == "field":
        return lambda record: is_empty(record, id)
    return lambda record: any(one.id == id for one in unmet(asking.pack, record, asking.facts))


def _by_name(part: str, register: Register, asking: Asking) -> Test | Problem:
    """Whatever has the name: a state, a unit, a person, an option. Else the words are looked for in what is written."""
    named = _named(register, asking)
    match = find(part, tuple((name, name) for name in named), numbered=False)
    if match.value is not None:
        tests = named[match.value]
        return lambda record: any(test(record) for test in tests)
    search = _searched(part, asking)
    if any(search(record) for record in asking.journey.records_in(register.id)):
        return search
    return _unknown(part, match.near, list(named))


def _named(register: Register, asking: Asking) -> dict[str, list[Test]]:
    """Return every name that picks records, in both languages, and how each does."""
    named: dict[str, list[Test]] = {}

    def add(name: str, test: Test) -> None:
        named.setdefault(name, []).append(test)

    for state in register.states:
        for word in dict.fromkeys(state.title.root.values()):
            add(word, lambda record, id=state.id: record.state == id)  # type: ignore[misc]
    roster = asking.journey.roster
    for field in register.fields:
        choices: list[tuple[str, str]] = []
        match field.kind:
            case "unit":
                choices = [(unit.id, unit.name) for unit in roster.units]
            case "body":
                choices = [(body.id, body.name) for body in roster.bodies]
            case "person":
                choices = [(member.person.id, member.person.name) for member in roster.members]
            case "choice" | "choices":
                choices = list(options_of(field, asking))
            case "reference":
                there = asking.journey.records_in(field.register_)
                choices = [(record.id, title_of(record, asking)) for record in there]
            case _:
                pass
        for value, label in choices:
            add(
                label,
                lambda record, id=field.id, value=value: value in as_list(record.fields.get(id)),  # type: ignore[misc]
            )
    named.pop("", None)
    return named


def _searched(words: str, asking: Asking) -> Test:
    wanted = fold(words).split()

    def test(record: Record) -> bool:
        fields = asking.pack.registers[record.register].fields
        told = [shown(field, record.fields.get(field.id), asking) for field in fields]
        text = " ".join((*told, state_title(record, asking))).casefold()
        return all(word in text for word in wanted)

    return test


def _unknown(said: str, near: tuple[str, ...], known: list[str]) -> Problem:
    if near:
        return Problem("filter-near", {"said": said, "near": ", ".join(f"”{name}”" for name in near)})
    names = ", ".join(dict.fromkeys(known[:MOST_TOLD])) + (" …" if len(known) > MOST_TOLD else "")
    return Problem("filter-unknown", {"said": said, "names": names})
