"""Compares two versions of a pack: ids are for ever, so none may vanish or become something else."""

from collections.abc import Iterator, Mapping
from typing import Any

from content.pack import Pack
from content.problems import Problem, in_order, problem
from content.reads import date_of
from content.schema.cycle import TimesPerYear


def check_upgrade(old: Pack, new: Pack) -> tuple[Problem, ...]:
    """Return every id of *old* that isn't in *new* any more or is of another kind there, and a version not raised."""
    return in_order(_problems(old, new))


def _problems(old: Pack, new: Pack) -> Iterator[Problem]:
    if new.id != old.id:
        yield _at("id", "pack.upgrade-other-pack", name=new.id, old=old.id)
        return
    if _numbers(new.version) <= _numbers(old.version):
        yield _at("version", "pack.upgrade-version", name=new.version, old=old.version)
    after = dict(_kinds(new))
    for thing, kind in _kinds(old):
        if thing not in after:
            is_of_a_checkpoint = thing.startswith("checkpoint:")
            yield _at(
                thing,
                "pack.upgrade-checkpoint-gone" if is_of_a_checkpoint else "pack.upgrade-gone",
                name=thing,
            )
        elif after[thing] != kind:
            yield _at(thing, "pack.upgrade-kind", name=thing, old=kind, new=after[thing])


def _at(field: str, key: str, **args: str) -> Problem:
    return problem("pack.yaml", 0, field, key, **args)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _kinds(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield everything in a pack that something stored may name, and its kind."""
    for question, place in pack.places.items():
        yield f"question:{question}", place.question.kind
        yield from _options(f"question:{question}", place.question)
    for name, register in pack.registers.items():
        yield f"register:{name}", register.scope
        for field in register.fields:
            yield f"register:{name}.{field.id}", field.kind
            yield from _options(f"register:{name}.{field.id}", field)
        for state in register.states:
            yield f"register:{name}.state={state.id}", "state"
    for checkpoint in pack.cycle:
        date = date_of(checkpoint.when)
        about = f" {date.register_}" if date is not None and date.register_ else ""
        yield f"checkpoint:{checkpoint.id}", f"{checkpoint.when.kind}{about}"
        for window in checkpoint.when.windows if isinstance(checkpoint.when, TimesPerYear) else ():
            yield f"checkpoint:{checkpoint.id}={window.id}", "window"
    named: Mapping[str, Any] = {
        "role": pack.role_of,
        "step": pack.step_of,
        "tag": pack.tags,
        "coverage": pack.coverage_of,
    }
    for kind, things in named.items():
        yield from ((f"{kind}:{name}", kind) for name in things)
    yield from ((f"tag:{tag.id}={value.id}", "tag") for tag in pack.tags.values() for value in tag.values)
    yield from ((f"track:{track.id}", "track") for track in pack.tracks)


def _options(name: str, spec: Any) -> Iterator[tuple[str, str]]:
    for option in (*getattr(spec, "options", ()), *getattr(spec, "items", ())):
        yield f"{name}={option.id}", "option"
