"""Shows a value to people: names for ids, titles for options, days as they are written."""

from collections.abc import Collection
from typing import Any, assert_never

from content.schema.questions import (
    BodySpec,
    ChoiceSpec,
    ChoicesSpec,
    CommitmentSpec,
    DateSpec,
    DecisionSpec,
    FileSpec,
    ListSpec,
    NumberSpec,
    PersonSpec,
    RankingSpec,
    RecordSpec,
    ReferenceSpec,
    RegisterField,
    ScaleSpec,
    Spec,
    TextSpec,
    UnitSpec,
)  # fmt: skip
from dialogs.flows.seen_by import as_seen
from dialogs.model.answers import Value
from dialogs.model.records import Record
from dialogs.values.asking import Asking, as_list, options_of, title_of


def shown(spec: Spec | Any, value: Value | None, asking: Asking) -> str:
    """Return *value* as people read it; "" for none."""
    if value is None:
        return ""
    match spec:
        case TextSpec():
            return str(value)
        case ChoiceSpec():
            return dict(options_of(spec, asking)).get(str(value)) or _record_title(str(value), asking)
        case ChoicesSpec():
            labels = dict(options_of(spec, asking))
            return ", ".join(
                labels.get(str(one)) or _record_title(str(one), asking) for one in as_list(value)
            )
        case ScaleSpec(highest=highest):
            return f"{value} / {highest}"
        case NumberSpec(unit_word=unit):
            number = f"{value:,}".replace(",", "\u00a0").replace(".", "," if asking.language == "sv" else ".")
            return f"{number} {unit.said_in(asking.language)}" if unit else number
        case DateSpec():
            return str(value)
        case PersonSpec():
            return asking.journey.roster.name(str(value))
        case UnitSpec():
            return asking.journey.roster.unit_name(str(value))
        case BodySpec():
            return asking.journey.roster.body_name(str(value))
        case ReferenceSpec():
            return _record_title(str(value), asking)
        case ListSpec():
            return "\n".join(f"- {one}" for one in as_list(value))
        case FileSpec():
            return f"{value['name']} ({value['url']})" if value["name"] != value["url"] else str(value["url"])
        case CommitmentSpec(items=items):
            titles = {item.id: item.title.said_in(asking.language) for item in items}
            confirmed = value["confirms"] if isinstance(value, dict) else value
            return ", ".join(titles.get(one, one) for one in confirmed)
        case DecisionSpec():
            head = [asking.journey.roster.body_name(value["body"]), value["date"], value["reference"]]
            return f"{value['what']} ({', '.join(part for part in head if part)})"
        case RankingSpec():
            labels = dict(options_of(spec, asking))
            if isinstance(value, dict):
                return ", ".join(
                    f"{labels.get(one) or _record_title(one, asking)} {n}" for one, n in value.items()
                )
            return "\n".join(
                f"{place}. {labels.get(one) or _record_title(one, asking)}"
                for place, one in enumerate(value, start=1)
            )
        case RecordSpec():
            return str(value)
        case _:
            assert_never(spec)


def record_facts(record: Record, asking: Asking, *, kinds: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return a record's filled fields as (title, value), in the register's order; of some *kinds*, or all."""
    register = asking.pack.registers[record.register]
    record = as_seen(asking.pack, asking.journey, record, asking.reader)
    return [
        (label_of(field, asking.language), shown(field, record.fields[field.id], asking))
        for field in register.fields
        if record.fields.get(field.id) not in (None, "", [], {}) and (not kinds or field.kind in kinds)
    ]


def label_of(field: RegisterField, language: str) -> str:
    """Return what stands before a field's value: its title, which is no question any more."""
    return field.title.said_in(language).removesuffix("?")


def state_title(record: Record, asking: Asking) -> str:
    register = asking.pack.registers[record.register]
    return next(
        (s.title.said_in(asking.language) for s in register.states if s.id == record.state), record.state
    )


def _record_title(id: str, asking: Asking) -> str:
    record = asking.journey.record(id)
    return (title_of(record, asking) if record else "") or id
