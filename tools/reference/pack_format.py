"""The format of a content pack, told by its schema, as a page."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from content.json_schema import pack_schema
from content.loader import MODELS
from tools.reference.tables import table

Schema = Mapping[str, Any]


def pack_page() -> str:
    schema = pack_schema()
    parts: dict[str, Schema] = dict(schema["$defs"])
    files: Mapping[str, str] = {ref.rpartition("/")[2]: name for name, ref in schema["x-files"].items()}
    sections = [
        _section(f"`{files[model.__name__]}`", parts.pop(model.__name__)) for model in MODELS.values()
    ]
    sections.append(_kinds("Questions", _taken(parts, lambda name: name.endswith("Question"))))
    sections.append(_kinds("Register fields", _taken(parts, lambda name: name.endswith("Field"))))
    sections.append(_kinds("When", _taken(parts, lambda name: name in _when_names())))
    sections.append(_rules(_taken(parts, lambda name: name in _rule_names(schema))))
    parts.pop("Text")
    sections.append("## Parts")
    sections += [_section(f"{name}", part, level=3) for name, part in sorted(parts.items())]
    return "\n\n".join(sections)


def _rule_names(schema: Schema) -> set[str]:
    """Return the models that are rules: what a condition's rule may be."""
    return set(_refs(schema["$defs"]["Condition"]["properties"]["rule"]))


@cache
def _when_names() -> set[str]:
    """Return the models that say when a checkpoint comes."""
    return set(_refs(pack_schema()["$defs"]["Checkpoint"]["properties"]["when"]))


def _taken(parts: dict[str, Schema], wanted: Callable[[str], bool]) -> dict[str, Schema]:
    return {name: parts.pop(name) for name in [name for name in parts if wanted(name)]}


def _section(title: str, part: Schema, *, level: int = 2) -> str:
    told = _sentence(part.get("description", ""))
    heading = f"{'#' * level} {title}"
    return "\n\n".join(one for one in (heading, told, _fields(part)) if one)


def _sentence(description: str) -> str:
    """Return a model's docstring for readers: without line breaks, and nothing where it only names the file."""
    flat = " ".join(description.split())
    if flat.startswith("`"):
        flat = flat.partition(":")[2].strip() if ":" in flat else ""
    return flat[:1].upper() + flat[1:]


def _kinds(title: str, kinds: Mapping[str, Schema]) -> str:
    """Tell what all kinds have in common once, then what each has of its own."""
    common = set.intersection(*(set(part["properties"]) for part in kinds.values())) - {"kind"}
    first = next(iter(kinds.values()))
    shared = {name: field for name, field in first["properties"].items() if name in common}
    parts = [f"## {title}", "Each has a `kind`, and these:" if shared else "Each has a `kind`."]
    if shared:
        parts.append(_fields({**first, "properties": shared}))
    for part in kinds.values():
        own = {name: field for name, field in part["properties"].items() if name not in {*common, "kind"}}
        parts.append(f"### {title}: `{part['properties']['kind']['const']}`")
        told = _sentence(part.get("description", ""))
        parts += [one for one in (told, _fields({**part, "properties": own}) if own else "") if one]
        if not own and not told:
            parts.append("Nothing more.")
    return "\n\n".join(parts)


def _rules(rules: Mapping[str, Schema]) -> str:
    rows = []
    for part in rules.values():
        [(word, field)] = part["properties"].items()
        rows.append((f"`{word}`", _shape(field), _sentence(part.get("description", ""))))
    told = "A rule is a mapping with one key, the rule's word."
    return f"## Rules\n\n{told}\n\n{table(('rule', 'holds', 'meaning'), rows)}"


def _fields(part: Schema) -> str:
    required = set(part.get("required", ()))
    rows = [
        (f"`{name}`", _shape(field), _needed(name, field, required), field.get("description", ""))
        for name, field in part.get("properties", {}).items()
    ]
    return table(("field", "holds", "needed", "meaning"), rows)


def _needed(name: str, field: Schema, required: set[str]) -> str:
    if name in required:
        return "yes"
    default = field.get("default")
    if default in (None, [], {}, ""):
        return "no"
    said = str(default).lower() if isinstance(default, bool) else default
    return f"no: else `{said}`"


def _shape(field: Schema) -> str:
    refs = sorted(_refs(field)) if "oneOf" in field else []
    if refs:
        return _union(refs)
    if "$ref" in field:
        return _named(field["$ref"].rpartition("/")[2])
    if "anyOf" in field:
        return " or ".join(_shape(one) for one in field["anyOf"] if one.get("type") != "null")
    if "enum" in field:
        return " or ".join(f"`{one}`" for one in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    match field.get("type"):
        case "array":
            return f"list of {_shape(field['items'])}"
        case "object":
            inside = field.get("additionalProperties")
            return f"mapping of name to {_shape(inside if isinstance(inside, dict) else {})}"
        case "boolean":
            return "`true` or `false`"
        case "integer":
            return f"whole number{_bounds(field)}"
        case "number":
            return f"number{_bounds(field)}"
        case "string" if field.get("format") == "date":
            return "date"
        case "string" if field.get("maxLength") == 60 and "pattern" in field:
            return "id"
        case "string":
            return "text"
        case _:
            return "anything"


def _refs(field: Schema) -> Iterator[str]:
    """Yield the names of the models in a union, however deep."""
    for key in ("oneOf", "anyOf"):
        for one in field.get(key, ()):
            if "$ref" in one:
                yield one["$ref"].rpartition("/")[2]
            else:
                yield from _refs(one)


def _union(names: list[str]) -> str:
    if all(name.endswith("Question") for name in names):
        return "[question](#questions)"
    if all(name.endswith("Field") for name in names):
        return "[field](#register-fields)"
    if set(names) == _when_names():
        return "[when](#when)"
    if "Answered" in names:
        return "[rule](#rules)"
    return " or ".join(_named(name) for name in names)


def _named(name: str) -> str:
    return "[text](#texts)" if name == "Text" else f"[{name}](#{name.lower()})"


def _bounds(field: Schema) -> str:
    least, most = field.get("minimum"), field.get("maximum")
    if least is not None and most is not None:
        return f", {least} to {most}"
    return f", {least} or more" if least is not None else ""
