"""What colleagues outside the group are asked, level by level, and what they have said: typed in, never by themselves."""

from collections.abc import Mapping, Sequence

from content.pack import Pack
from content.schema.coverage import Audience, Coverage
from dialogs.flows.facts import Facts, records_where
from dialogs.model.answers import Value
from dialogs.values.names import find

Voices = Sequence[tuple[Audience, tuple[str, ...]]]
"""Each level with what was said there, in the order in which it was typed in."""


def staff_rounds(pack: Pack) -> list[Coverage]:
    """Return the questions that the method has for people outside the group."""
    return [one for one in pack.coverage_of.values() if one.ask is not None]


def level_named(pack: Pack, name: str) -> tuple[Coverage, Audience] | None:
    """Return the level that *name* means, and the round that asks it; whole names alone: people have names too."""
    for coverage in staff_rounds(pack):
        labels = [(one.id, word) for one in coverage.audiences for word in one.title.root.values()]
        found = find(name, labels, numbered=False, alike=1)
        for audience in coverage.audiences:
            if found.value == audience.id:
                return coverage, audience
    return None


def as_fields(
    pack: Pack, coverage: Coverage, audience: Audience, text: str, language: str
) -> Mapping[str, Value]:
    """Return the fields of the record that keeps what somebody of the level said: the level, and no name."""
    what = coverage.what
    title = pack.registers[what.register_ or ""].title_field
    level = {title: audience.title.said_in(language), what.by or "": audience.id}
    return {**level, what.said or "": text}


def voices(coverage: Coverage, facts: Facts) -> Voices:
    """Return what was said at each level. The journey must hold the round's register."""
    what = coverage.what
    kept = records_where(what.register_ or "", what.where, facts)

    def of(level: str) -> tuple[str, ...]:
        those = (one for one in kept if one.fields.get(what.by or "") == level)
        return tuple(str(one.fields.get(what.said or "") or "") for one in those)

    return [(audience, of(audience.id)) for audience in coverage.audiences]
