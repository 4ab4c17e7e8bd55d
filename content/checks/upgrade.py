"""Compares two versions of a pack: ids are for ever, so none may vanish or become something else unsaid."""

from collections.abc import Iterator, Mapping
from typing import Any

from content.pack import Pack
from content.problems import Problem, in_order, problem
from content.reads import date_of
from content.schema.cycle import TimesPerYear
from content.shapes import shape_of


def check_upgrade(old: Pack, new: Pack) -> tuple[Problem, ...]:
    """Return every id of *old* that *new* has lost or made something else, without saying so; and a version not raised."""
    return in_order(_problems(old, new))


def _problems(old: Pack, new: Pack) -> Iterator[Problem]:
    if new.id != old.id:
        yield _at("id", "pack.upgrade-other-pack", name=new.id, old=old.id)
        return
    if _numbers(new.version) <= _numbers(old.version):
        yield _at("version", "pack.upgrade-version", name=new.version, old=old.version)
    yield from _of_questions(old, new)
    after = dict(_kinds(new))
    for thing, kind in _kinds(old):
        if thing in after:
            if after[thing] != kind and not _is_kept_for_the_group(thing, kind, after[thing]):
                yield _at(thing, "pack.upgrade-kind", name=thing, old=kind, new=after[thing])
        elif thing not in new.manifest.gone:
            yield _at(thing, _GONE.get(thing.partition(":")[0], "pack.upgrade-gone"), name=thing)


def _is_kept_for_the_group(thing: str, before: str, after: str) -> bool:
    """Say whether new records of a register are the group's own: it still reads what it wrote for the organisation."""
    return thing.startswith("register:") and (before, after) == ("organisation", "group")


_GONE = {
    "checkpoint": "pack.upgrade-checkpoint-gone",
    "step": "pack.upgrade-part-gone",
    "track": "pack.upgrade-part-gone",
    "coverage": "pack.upgrade-part-gone",
    "exercise": "pack.upgrade-part-gone",
}


def _of_questions(old: Pack, new: Pack) -> Iterator[Problem]:
    takers: dict[str, str] = {}
    for id, place in old.places.items():
        name = f"question:{id}"
        now = id if id in new.places else new.now_called.get(id)
        if now is None:
            if name not in new.manifest.gone:
                yield _at(name, "pack.upgrade-question-gone", name=name, id=id)
            continue
        if takers.setdefault(now, id) != id:
            yield _at(f"question:{now}", "pack.upgrade-merged", name=now, one=takers[now], other=id)
        for earlier in place.question.was:
            if new.now_called.get(earlier) != now:
                yield _at(f"question:{now}", "pack.upgrade-was-lost", name=now, old=earlier)
        before, after = shape_of(place), shape_of(new.places[now])
        if before == after:
            there = dict(_options(name, new.places[now].question))
            gone = [one for one, _ in _options(name, place.question) if one not in there]
            yield from (_at(one, "pack.upgrade-gone", name=one) for one in gone)
        elif now == id:
            yield _at(name, "pack.upgrade-shape", name=name, id=id, old=before, new=after)


def _at(field: str, key: str, **args: str) -> Problem:
    return problem("pack.yaml", 0, field, key, **args)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _kinds(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield everything in a pack but its questions that something stored may name, and its kind."""
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
        "exercise": pack.exercise_of,
    }
    for kind, things in named.items():
        yield from ((f"{kind}:{name}", kind) for name in things)
    yield from ((f"tag:{tag.id}={value.id}", "tag") for tag in pack.tags.values() for value in tag.values)
    yield from ((f"track:{track.id}", "track") for track in pack.tracks)


def _options(name: str, spec: Any) -> Iterator[tuple[str, str]]:
    for option in (*getattr(spec, "options", ()), *getattr(spec, "items", ())):
        yield f"{name}={option.id}", "option"
