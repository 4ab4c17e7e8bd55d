"""Builds a payload anew with blockkit's components, which check their fields when they are built."""

import inspect
from collections.abc import Mapping
from datetime import date
from typing import Any

from blockkit import core


def _by_type() -> Mapping[str, type[core.Component]]:
    found: dict[str, type[core.Component]] = {}
    for _, one in inspect.getmembers(core, inspect.isclass):
        if not issubclass(one, core.Component) or one is core.Component:
            continue
        made = one()
        if "type" in made._fields and isinstance(made._fields["type"].value, str):
            found[made._fields["type"].value] = one
    return found


COMPONENTS = _by_type()
RICH_TEXTS = {"text": core.RichTextEl, "link": core.RichLinkEl, "user": core.RichUserEl}
TEXTS = ("plain_text", "mrkdwn")


def validate(surface: str, payload: Mapping[str, Any]) -> None:
    if surface == "message":
        made = core.Message(payload["text"])
        made.blocks(*(_component(block) for block in payload["blocks"]))
        again: Any = made.build()
        again = {"text": again.get("text"), "blocks": again.get("blocks")}
    else:
        again = _component(payload).build()
        if "private_metadata" not in payload:
            again.pop("private_metadata", None)  # it writes null where there is none
    if again != {key: payload[key] for key in payload}:
        raise ValueError("not the same when built anew")


def _component(payload: Mapping[str, Any]) -> core.Component:
    kind = payload.get("type")
    if kind in TEXTS:
        return _filled(core.Text(), payload)
    if kind in RICH_TEXTS:
        return _filled(RICH_TEXTS[kind](), payload)
    if kind in COMPONENTS:
        return _filled(COMPONENTS[kind](), payload)
    if "options" in payload:
        return _filled(core.OptionGroup(), payload)
    if "value" in payload:
        return _filled(core.Option(), payload)
    raise TypeError(f"no component for {sorted(payload)}")


def _filled(made: core.Component, payload: Mapping[str, Any]) -> core.Component:
    for key, value in payload.items():
        if key not in made._fields:
            raise TypeError(f"{type(made).__name__} has no {key}")
        made._fields[key].value = _value(key, value)
    return made


def _value(key: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_value(key, one) for one in value]
    if key == "initial_date":
        return date.fromisoformat(value)
    if isinstance(value, Mapping):
        return core.RichStyle(**value) if key == "style" else _component(value)
    return value
