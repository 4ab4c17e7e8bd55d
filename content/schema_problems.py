"""Says in an author's words what pydantic found in a file: nothing of its own vocabulary gets through."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from content.problems import Problem
from content.schema.base import Text
from content.schema.rules import RULE_WORDS
from content.yaml_reader import Data, Path, SourceFile

# What the patterns of the schema ask for. A test sees to it that every pattern is here.
PATTERNS: Mapping[str, str] = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "pack.bad-id",
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": "pack.bad-month-day",
    r"^[a-z]{2}$": "pack.bad-language",
    r"^(film|print|page)$": "pack.bad-media",
    r"^https://": "pack.bad-address",
    r"^\d+\.\d+\.\d+$": "pack.bad-version",
    r"^S\d-\d+$": "pack.bad-row",
}

# What the schema's own validators say. A test sees to it that every sentence is here.
SENTENCES: Mapping[str, str] = {
    "where goes with register": "pack.where-without-register",
    "body goes with by": "pack.body-without-by",
    "unit goes with by, and not with body": "pack.unit-without-by",
    "field goes with register: name both or none": "pack.register-with-field",
    "who: each-unit already puts the question about each unit; leave out for-each": "pack.each-unit-twice",
    "an anonymous question is answered by each member: write who: each": "pack.anonymous-not-each",
    "a yes is given in a round about a record: write settle: consent and for-each a register": "pack.yes-not-in-a-round",
    "a round that is shown afterwards is answered by each member: write who: each": "pack.round-not-each",
}
_ONE_OF = re.compile(r"name exactly one of (.*)\Z")

# What may stand after a word that is missing, by the pattern or the type that the schema asks for there.
EXAMPLES: Mapping[Any, str] = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "start",
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": "09-30",
    r"^(film|print|page)$": "film",
    r"^https://": "https://www.example.org/",
    r"^\d+\.\d+\.\d+$": "1.0.0",
    r"^S\d-\d+$": "S0-12",
    date: "2027-03-15",
    int: "1",
    float: "1",
    bool: "true",
}

_SHAPES = {
    "model_type": "pack.not-a-mapping",
    "model_attributes_type": "pack.not-a-mapping",
    "dict_type": "pack.not-a-mapping",
    "mapping_type": "pack.not-a-mapping",
    "tuple_type": "pack.not-a-list",
    "list_type": "pack.not-a-list",
    "string_type": "pack.not-a-text",
}
_NUMBERS = frozenset(
    {
        "int_type",
        "int_parsing",
        "int_from_float",
        "int_parsing_size",
        "float_type",
        "float_parsing",
        "finite_number",
    }
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an error is: its path in the file, the schema there and around it, and the unions on the way."""

    path: Path
    schema: Any
    around: Any
    unions: tuple[tuple[int, str], ...]


def schema_problems(file: SourceFile, model: type[BaseModel], error: ValidationError) -> Iterator[Problem]:
    """Yield what is wrong with *file* as a *model*, one problem for each slip."""
    found = [(e, _spot(model, e["loc"])) for e in error.errors(include_url=False, include_input=False)]
    problems = [
        _said(file, details, spot)
        for details, spot in _likeliest(found, file.data)
        if not _counted_without_the_bad(details, _at(file.data, spot.path))
    ]
    misspelt = {
        (one.field.rpartition(".")[0], one.suggestion) for one in problems if one.key == "pack.unknown-key"
    }
    # "tilte" is told once: with the word that was meant, not as a word too many and a word too few.
    yield from (
        one
        for one in problems
        if not (one.key.startswith("pack.missing") and (one.field, dict(one.args)["name"]) in misspelt)
    )


def _counted_without_the_bad(error: ErrorDetails, wrote: Data | None) -> bool:
    """Whether a list only lacks parts because those that are there have problems of their own."""
    return (
        error["type"] == "too_short" and isinstance(wrote, list) and len(wrote) >= error["ctx"]["min_length"]
    )


def _said(file: SourceFile, error: ErrorDetails, spot: _Spot) -> Problem:
    path, context = spot.path, error.get("ctx", {})
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    wrote = name if error["loc"][-1:] == ("[key]",) else _at(file.data, path)
    shown: dict[str, Any] = {"name": name, "wrote": wrote if isinstance(wrote, str) else ""}
    match error["type"]:
        case "missing":
            return _missing(file, path[:-1], name, spot)
        case "extra_forbidden":
            return file.problem(path, "pack.unknown-key", name=name, meant=name, known=_keys(spot.around))
        case "string_too_short":
            return file.problem(path, "pack.empty-text", name=name)
        case "string_too_long":
            return file.problem(path, "pack.text-too-long", name=name, most=context["max_length"])
        case "string_pattern_mismatch":
            key = PATTERNS.get(context["pattern"], "pack.not-understood")
            return file.problem(path, key, **shown)
        case "literal_error":
            words = _words(spot.schema)
            return file.problem(path, "pack.not-one-of", known=words, meant=shown["wrote"], **shown)
        case "union_tag_invalid":
            kinds = _kinds(spot.schema)
            return file.problem(
                (*path, "kind"), "pack.unknown-kind", wrote=context["tag"], known=kinds, meant=context["tag"]
            )
        case "union_tag_not_found":
            key = "pack.kind-missing" if isinstance(wrote, dict) else _no_mapping(path)
            return file.problem(
                path, key, name=name, known=_kinds(spot.schema) if isinstance(wrote, dict) else ()
            )
        case "rule_unknown":
            return _bad_rule(file, path, wrote)
        case "value_error" | "assertion_error":
            return _sentence(file, path, str(context.get("error", "")))
        case "too_short":
            return file.problem(path, "pack.too-few", name=name, least=context["min_length"])
        case "too_long":
            return file.problem(path, "pack.too-many", name=name, most=context["max_length"])
        case "greater_than_equal" | "greater_than":
            return file.problem(path, "pack.too-little", **shown, least=context.get("ge", context.get("gt")))
        case "less_than_equal" | "less_than":
            return file.problem(path, "pack.too-much", **shown, most=context.get("le", context.get("lt")))
        case "bool_type" | "bool_parsing":
            return file.problem(path, "pack.not-yes-or-no", **shown)
        case kind if kind in _NUMBERS:
            return file.problem(path, "pack.not-a-number", **shown)
        case kind if kind.startswith("date"):
            return file.problem(path, "pack.not-a-date", **shown)
        case kind:
            key = _SHAPES.get(kind, "pack.not-understood")
            key = _no_mapping(path) if key == "pack.not-a-mapping" else key
            return file.problem(path, "pack.not-in-languages" if _is_text(spot.schema) else key, **shown)


def _missing(file: SourceFile, path: Path, name: str, spot: _Spot) -> Problem:
    """Say what is missing, and how what goes there is written."""
    schema, plain = spot.schema, _plain(spot.schema)
    if _is_text(schema):
        return file.problem(path, "pack.missing-text", name=name)
    if get_origin(plain) is tuple:
        return file.problem(path, "pack.missing-list", name=name)
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        needed = ", ".join(field.alias or n for n, field in plain.model_fields.items() if field.is_required())
        return file.problem(path, "pack.missing-part", name=name, needed=needed)
    if kinds := _kinds(schema):
        return file.problem(path, "pack.missing-kind", name=name, known=kinds)
    if words := _words(schema):
        return file.problem(path, "pack.missing", name=name, example=words[0], known=words[1:] and words)
    asked = (getattr(meta, "pattern", None) for meta in _metadata(spot.around, name))
    example = next((EXAMPLES[one] for one in (*asked, plain) if one in EXAMPLES), "…")
    return file.problem(path, "pack.missing", name=name, example=example)


def _metadata(model: Any, key: str) -> Sequence[Any]:
    """Return what the schema asks of what stands under *key*, beside its type."""
    return next((field.metadata for field in model.model_fields.values() if field.alias == key), ())


def _no_mapping(path: Path) -> str:
    if not path:
        return "pack.file-not-a-mapping"
    return "pack.item-not-a-mapping" if isinstance(path[-1], int) else "pack.not-a-mapping"


def _bad_rule(file: SourceFile, path: Path, wrote: Data | None) -> Problem:
    if not isinstance(wrote, dict):
        return file.problem(path, "pack.rule-not-a-mapping", known=RULE_WORDS)
    if len(wrote) != 1:
        return file.problem(path, "pack.rule-several-keys", count=len(wrote))
    word = next(iter(wrote))
    return file.problem((*path, word), "pack.unknown-rule", name=word, meant=word, known=RULE_WORDS)


def _sentence(file: SourceFile, path: Path, said: str) -> Problem:
    one_of = _ONE_OF.match(said)
    if one_of is not None:
        return file.problem(path, "pack.exactly-one", names=one_of[1].replace(" and ", ", "))
    return file.problem(path, SENTENCES.get(said, "pack.not-understood"), name="", wrote="")


def _likeliest(
    found: Sequence[tuple[ErrorDetails, _Spot]], data: Data
) -> Iterator[tuple[ErrorDetails, _Spot]]:
    """Yield the errors; where pydantic tried several shapes in turn, only those of the shape that comes closest."""
    costs: dict[tuple[Any, ...], dict[str, int]] = {}
    for error, spot in found:
        for at, branch in spot.unions:
            tried = costs.setdefault(error["loc"][:at], {})
            tried[branch] = tried.get(branch, 0) + _cost(error, spot, at, data)
    for error, spot in found:
        if all(
            branch == min(costs[(loc := error["loc"][:at])], key=costs[loc].__getitem__)
            for at, branch in spot.unions
        ):
            yield error, spot


def _cost(error: ErrorDetails, spot: _Spot, at: int, data: Data) -> int:
    """Return how far the error is from what was written: another shape altogether is far."""
    at_the_branch = len(error["loc"]) == at + 1
    wrote = _at(data, spot.path)
    words = error["type"] in ("literal_error", "string_pattern_mismatch") and isinstance(wrote, str)
    return 1_000 if at_the_branch and not words else 1


def _spot(model: type[BaseModel], loc: Iterable[str | int]) -> _Spot:
    """Follow *loc* through the schema: pydantic puts the names of tried shapes and tags among the file's own keys."""
    path: list[str | int] = []
    unions: list[tuple[int, str]] = []
    schema: Any = model
    around: Any = model
    for at, part in enumerate(loc):
        schema = _plain(schema)
        if part == "[key]":
            continue
        members = _members(schema)
        if members:
            if not _tagged(schema, members):
                unions.append((at, str(part)))
            schema = next((member for member in members if _is_member(member, str(part))), None)
            continue
        path.append(part)
        around, schema = schema, _inside(schema, part)
    return _Spot(tuple(path), schema, around, tuple(unions))


def _plain(schema: Any) -> Any:
    """Return the schema without what is only said about it: a root model is its root, an optional is what it may be."""
    while True:
        if get_origin(schema) is Annotated:
            schema = get_args(schema)[0]
        elif get_origin(schema) in (Union, UnionType) and NoneType in get_args(schema):
            rest = [member for member in get_args(schema) if member is not NoneType]
            schema = rest[0] if len(rest) == 1 else Union[tuple(rest)]  # noqa: UP007 - put together at run time
        elif isinstance(schema, type) and issubclass(schema, RootModel):
            schema = schema.model_fields["root"].annotation
        else:
            return schema


def _is_text(schema: Any) -> bool:
    return schema is Text or any(_is_text(inner) for inner in get_args(schema) if inner is not NoneType)


def _members(schema: Any) -> tuple[Any, ...]:
    return get_args(schema) if get_origin(schema) in (Union, UnionType) else ()


def _tagged(schema: Any, members: tuple[Any, ...]) -> bool:
    """Whether a tag says which member it is, so that only that one was tried."""
    return all(get_origin(member) is Annotated and _tag(member) for member in members) or all(
        isinstance(member, type) and issubclass(member, BaseModel) and "kind" in member.model_fields
        for member in members
    )


def _tag(member: Any) -> str | None:
    return next((meta.tag for meta in get_args(member)[1:] if hasattr(meta, "tag")), None)


def _is_member(member: Any, part: str) -> bool:
    plain = _plain(member)
    if get_origin(member) is Annotated and _tag(member):
        return _tag(member) == part
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        return part in (plain.__name__, *_kind_words(plain)) or part.endswith(f"[{plain.__name__}]")
    if member is Text or (isinstance(member, type) and issubclass(member, RootModel)):
        return part == member.__name__
    if get_origin(plain) is Literal:
        return part.startswith("literal")
    if get_origin(plain) is tuple:
        return part.startswith("tuple")
    return plain is str and part in ("str", "constrained-str")


def _inside(schema: Any, part: str | int) -> Any:
    if isinstance(schema, type) and issubclass(schema, BaseModel):
        return next((f.annotation for f in schema.model_fields.values() if f.alias == part), None)
    args = get_args(schema)
    if get_origin(schema) is tuple:
        return args[0]
    return args[1] if len(args) == 2 else None


def _keys(schema: Any) -> tuple[str, ...]:
    if isinstance(schema, type) and issubclass(schema, BaseModel):
        return tuple(field.alias or name for name, field in schema.model_fields.items())
    return ()


def _kind_words(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(get_args(model.model_fields["kind"].annotation)) if "kind" in model.model_fields else ()


def _kinds(schema: Any) -> tuple[str, ...]:
    return tuple(kind for member in _members(_plain(schema)) for kind in _kind_words(_plain(member)))


def _words(schema: Any) -> tuple[str, ...]:
    plain = _plain(schema)
    return tuple(map(str, get_args(plain))) if get_origin(plain) is Literal else ()


def _at(data: Data, path: Path) -> Data | None:
    here: Any = data
    for part in path:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return None
    return here  # type: ignore[no-any-return]  # what a YAML file holds is Data all through
