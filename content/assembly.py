"""Puts a pack together from its files: in the manifest's order, with the registers and tags of the packs it uses."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from content.pack import Pack
from content.pack_files import PackFiles, Read
from content.problems import Problem
from content.schema.exercises import Exercise
from content.schema.files import Register, Step, Tag, Track
from content.schema.impact import Effort

TRACKS = 26  # each has a letter of its own

S = TypeVar("S", Step, Track)


def put_together(files: PackFiles, used: Mapping[str, Pack]) -> tuple[Pack | None, list[Problem]]:
    """Return the pack as far as it goes together, and what doesn't; no pack when one that it uses isn't there."""
    manifest = files.manifest
    problems = [
        manifest.source.problem(
            ("uses", index), "pack.unknown-pack", name=name, known=sorted(used), meant=name
        )
        for index, name in enumerate(manifest.part.uses)
        if name not in used
    ]
    if problems:
        return None, problems
    uses = [used[name] for name in manifest.part.uses]
    registers = {name: register for pack in uses for name, register in pack.registers.items()}
    problems += _own_registers(files.registers, registers)
    tags = {name: tag for pack in uses for name, tag in pack.tags.items()}
    problems += _own_tags(files, tags)
    if len(manifest.part.tracks) > TRACKS:
        problems.append(manifest.source.problem(("tracks",), "pack.too-many", name="tracks", most=TRACKS))
    pack = Pack(
        manifest=manifest.part,
        steps=_ordered(files.steps, "steps", manifest.part.steps, files, problems),
        tracks=_ordered(files.tracks, "tracks", manifest.part.tracks, files, problems),
        registers=registers,
        tags=tags,
        documents=tuple(document.part for document in files.documents),
        guides=tuple(guide.part for guide in files.guides),
        exercises=tuple(_exercises(files, problems)),
        nudges=files.nudges.part.nudges if files.nudges else (),
        cycle=files.cycle.part.checkpoints if files.cycle else (),
        yearly=files.cycle.part.coverage if files.cycle else (),
    )
    return pack, problems


def _ordered(
    parts: Sequence[Read[S]], key: str, order: Sequence[str], files: PackFiles, problems: list[Problem]
) -> tuple[S, ...]:
    """Return the parts in the manifest's order; note what is named and isn't there, and what is there and isn't named."""
    source = files.manifest.source
    by_id: dict[str, Read[S]] = {}
    for read in parts:
        if read.part.id in by_id:
            problems.append(
                read.source.problem(
                    ("id",), "pack.id-twice", name=read.part.id, other=by_id[read.part.id].source.name
                )
            )
        by_id.setdefault(read.part.id, read)
    for name, read in by_id.items():
        if name not in order:
            problems.append(read.source.problem(("id",), "pack.not-in-manifest", name=name, folder=key))
    unnamed = tuple(name for name in by_id if name not in order)
    for index, name in enumerate(order):
        if name in order[:index]:
            problems.append(source.problem((key, index), "pack.listed-twice", name=name))
        elif name not in by_id:
            problems.append(
                source.problem((key, index), "pack.no-file", name=name, folder=key, meant=name, known=unnamed)
            )
    return tuple(by_id[name].part for name in dict.fromkeys(order) if name in by_id)


def _exercises(files: PackFiles, problems: list[Problem]) -> Iterator[Exercise]:
    """Yield the exercises in the order of the steps that name them; note those that no step, or two, or a wrong one names."""
    by_id: dict[str, Read[Exercise]] = {}
    for read in files.exercises:
        if read.part.id in by_id:
            other = by_id[read.part.id].source.name
            problems.append(read.source.problem(("id",), "pack.id-twice", name=read.part.id, other=other))
        by_id.setdefault(read.part.id, read)
    steps = {read.part.id: read for read in files.steps}
    named: set[str] = set()
    for step in (*(one for one in files.manifest.part.steps if one in steps), *steps):
        if step not in steps:
            continue
        read_step = steps.pop(step)
        for index, name in enumerate(read_step.part.exercises):
            if name in named:
                problems.append(
                    read_step.source.problem(("exercises", index), "pack.listed-twice", name=name)
                )
            elif name in by_id:
                yield by_id[name].part
            else:
                free = tuple(one for one in by_id if one not in named)
                problems.append(
                    read_step.source.problem(
                        ("exercises", index),
                        "pack.no-file",
                        name=name,
                        folder="exercises",
                        meant=name,
                        known=free,
                    )
                )
            named.add(name)
    for name, read in by_id.items():
        if name not in named:
            problems.append(read.source.problem(("id",), "pack.in-no-step", name=name))


def _own_tags(files: PackFiles, tags: dict[str, Tag]) -> Iterator[Problem]:
    for index, tag in enumerate(files.manifest.part.tags):
        if tag.id in tags:
            yield files.manifest.source.problem(("tags", index, "id"), "pack.tag-twice", name=tag.id)
        tags.setdefault(tag.id, tag)


def _own_registers(own: Sequence[Read[Register]], registers: dict[str, Register]) -> Iterator[Problem]:
    """Add the pack's registers to those of the packs it uses, and its fields to the registers that it extends."""
    inherited = dict(registers)
    extended: set[str] = set()
    for read in own:
        register, base = read.part, read.part.extends
        if base is None:
            if register.id in registers:
                key = "pack.register-of-used" if register.id in inherited else "pack.register-twice"
                yield read.source.problem(("id",), key, name=register.id)
            registers.setdefault(register.id, register)
        elif base not in inherited:
            yield read.source.problem(
                ("extends",), "pack.unknown-base", name=base, meant=base, known=sorted(inherited)
            )
        elif base in extended:
            yield read.source.problem(("extends",), "pack.extended-twice", name=base)
        else:
            extended.add(base)
            problems = list(_extension_problems(read, inherited[base]))
            yield from problems
            if not problems:
                registers[base] = _extended(inherited[base], register)


def _extended(base: Register, by: Register) -> Register:
    return base.model_copy(
        update={
            "fields": (*base.fields, *by.fields),
            "criteria": (*base.criteria, *by.criteria),
            "ready_made": (*base.ready_made, *by.ready_made),
            "warn": (*base.warn, *by.warn),
            "requires": (*base.requires, *by.requires),
            "prolonging": (*base.prolonging, *by.prolonging),
            "tells": (*base.tells, *by.tells),
            "begun_from": (*base.begun_from, *by.begun_from),
            "web": base.web or by.web,
            "effort": _both(base.effort, by.effort),
            "aims": base.aims or by.aims,
            "scope": by.scope,
            "queue_kind": by.queue_kind or base.queue_kind,
            "own": base.own or by.own or by.scope != base.scope,
        }
    )


def _both(base: Effort | None, by: Effort | None) -> Effort | None:
    """Return what two say of efforts: what the extension adds to the results, and what the register itself leaves open."""
    if base is None or by is None:
        return base or by
    said = {name: getattr(base, name) or getattr(by, name) for name in Effort.model_fields}
    return Effort.model_construct(**{**said, "results": (*base.results, *by.results)})


def _keeps_for_the_group(register: Register, base: Register) -> bool:
    return (base.scope, register.scope) == ("organisation", "group")


def _extension_problems(read: Read[Register], base: Register) -> Iterator[Problem]:
    """Yield where an extension changes what it extends, or adds fields that could be taken for somebody else's."""
    register, source = read.part, read.source
    for key, own, theirs in (
        ("scope", register.scope, register.scope if _keeps_for_the_group(register, base) else base.scope),
        ("title-field", register.title_field, base.title_field),
        ("states", register.states or base.states, base.states),
    ):
        if own != theirs:
            yield source.problem((key,), "pack.extension-changes", name=key, base=base.id)
    prefix = register.fields[0].id.partition("-")[0] + "-"
    for index, field in enumerate(register.fields):
        spot = ("fields", index, "id")
        if any(field.id == other.id for other in base.fields):
            yield source.problem(spot, "pack.extension-field-there", name=field.id, base=base.id)
        elif "-" not in field.id or not field.id.startswith(prefix):
            yield source.problem(spot, "pack.extension-prefix", name=field.id)
        elif any(other.id.startswith(prefix) for other in base.fields):
            yield source.problem(
                spot, "pack.extension-prefix-taken", name=field.id, prefix=prefix, base=base.id
            )
    for key, own_ids, their_ids in (
        ("criteria", [one.id for one in register.criteria], [one.id for one in base.criteria]),
        ("ready-made", [one.id for one in register.ready_made], [one.id for one in base.ready_made]),
    ):
        for index, name in enumerate(own_ids):
            if name in their_ids:
                yield source.problem(
                    (key, index, "id"), "pack.extension-field-there", name=name, base=base.id
                )
