"""The aims that a method knows: the values of the tags that efforts are marked with, and records that efforts refer to."""

from collections.abc import Iterable, Iterator, Mapping

from content.pack import Pack
from content.schema.files import Register
from content.schema.questions import ChoiceSpec, ChoicesSpec, ReferenceSpec
from dialogs.model.answers import Item
from dialogs.model.impact import Aim
from dialogs.model.journey import Journey
from dialogs.model.records import Record
from dialogs.values.asking import as_list


def tags_of(pack: Pack) -> tuple[str, ...]:
    """Return the tags that efforts, or answers about them, are marked with."""
    specs: list[object] = [
        spec for one in pack.registers.values() if one.effort is not None for spec in one.fields
    ]
    impact = pack.manifest.impact
    if impact is not None:
        asked = (*impact.wanted, *(one.question for one in impact.tried))
        specs += [pack.places[one].question for one in asked]
    used = {
        spec.options_from.tag
        for spec in specs
        if isinstance(spec, ChoiceSpec | ChoicesSpec) and spec.options_from is not None
    }
    return tuple(tag for tag in pack.tags if tag in used)


def every_aim(pack: Pack, journey: Journey) -> Iterator[Aim]:
    """Yield the aims in the method's order."""
    for tag in tags_of(pack):
        model = pack.tags[tag]
        yield from (Aim(_kind_of_tag(pack, tag), one.id) for one in model.values if one.id != model.every)
    for register in pack.registers.values():
        kind = _kind_of_register(pack, register.id)
        yield from (Aim(kind, one.id) for one in _aimed_at(pack, journey, register.id))


def aims_there(pack: Pack, journey: Journey) -> Mapping[str, frozenset[str]]:
    """Return the records that are aims, by their register."""
    return {
        one.id: frozenset(record.id for record in _aimed_at(pack, journey, one.id))
        for one in pack.registers.values()
        if one.aims
    }


def aims_of(
    pack: Pack, there: Mapping[str, frozenset[str]], register: Register, record: Record
) -> Iterator[Aim]:
    """Yield what the record is for, as its fields say; of *there*, the records that are aims."""
    for spec in register.fields:
        said = [str(one) for one in as_list(record.fields.get(spec.id))]
        if not said:
            continue
        source = spec.options_from if isinstance(spec, ChoiceSpec | ChoicesSpec) else None
        if source is not None and source.tag is not None:
            yield from _of_tag(pack, source.tag, said)
        aimed = (source.register_ if source is not None else None) or ""
        if isinstance(spec, ReferenceSpec):
            aimed = spec.register_
        if aimed in there:
            kind = _kind_of_register(pack, aimed)
            yield from (Aim(kind, one) for one in said if one in there[aimed])


def aims_named(pack: Pack, item: Item) -> Iterator[Aim]:
    """Yield what a settled answer names."""
    question = pack.places[item.address.question].question
    tag = getattr(getattr(question, "options_from", None), "tag", None)
    if tag is not None and item.value is not None:
        yield from _of_tag(pack, tag, [str(one) for one in as_list(item.value)])


def title_of_kind(pack: Pack, kind: str, language: str) -> str:
    """Return what the tag or register is called."""
    what, _, name = kind.partition(":")
    id = name.rpartition("/")[2]
    return (pack.tags[id] if what == "tag" else pack.registers[id]).title.said_in(language)


def title_of_aim(pack: Pack, journey: Journey, aim: Aim, language: str) -> str:
    what, _, name = aim.kind.partition(":")
    if what == "tag":
        values = pack.tags[name.rpartition("/")[2]].values
        return next(one.title.said_in(language) for one in values if one.id == aim.id)
    register = name.rpartition("/")[2]
    record = next((one for one in journey.records_in(register) if one.id == aim.id), None)
    return str(record.fields.get(pack.registers[register].title_field, "")) if record is not None else aim.id


def _kind_of_tag(pack: Pack, tag: str) -> str:
    """Return the key of a tag: several methods share one that is none's own."""
    own = any(one.id == tag for one in pack.manifest.tags)
    return f"tag:{pack.id}/{tag}" if own else f"tag:{tag}"


def _kind_of_register(pack: Pack, register: str) -> str:
    return f"register:{pack.id}/{register}"


def _of_tag(pack: Pack, tag: str, said: Iterable[str]) -> Iterator[Aim]:
    """Yield the aims that the values name; the one that stands for all of them names each."""
    model, named = pack.tags[tag], set(said)
    for value in model.values:
        if value.id != model.every and (value.id in named or model.every in named):
            yield Aim(_kind_of_tag(pack, tag), value.id)


def _aimed_at(pack: Pack, journey: Journey, register: str) -> Iterator[Record]:
    aims = pack.registers[register].aims
    return (one for one in journey.records_in(register) if one.state in aims)
