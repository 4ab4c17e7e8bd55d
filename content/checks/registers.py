"""Checks what only registers have: records that are there to adopt fit the fields that they fill."""

from collections.abc import Iterator

from content.checks.ground import Ground, fields_of
from content.checks.references import STATE
from content.problems import Problem
from content.schema.files import Register
from content.schema.questions import ChoiceSpec, ChoicesSpec


def check_registers(ground: Ground) -> Iterator[Problem]:
    for spot in ground.spots:
        if not isinstance(spot.part, Register):
            continue
        register = ground.register(spot.register)
        if register is None:
            continue
        for index, field in enumerate(spot.part.fields):
            if field.id == STATE:
                yield spot.problem("fields", index, "id", key="pack.field-called-state")
        fields = fields_of(register)
        for index, ready in enumerate(spot.part.ready_made):
            for name, value in ready.fields.items():
                inside = ("ready-made", index, "fields", name)
                if name not in fields:
                    yield spot.problem(
                        *inside, key="pack.unknown-field",
                        name=name, register=register.id, meant=name, known=tuple(fields),
                    )  # fmt: skip
                    continue
                spec = fields[name]
                options = ground.options(spec)
                if options is None or not isinstance(spec, ChoiceSpec | ChoicesSpec) or spec.own:
                    continue
                for chosen in (
                    (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
                ):
                    if chosen not in options:
                        yield spot.problem(
                            *inside, key="pack.unknown-option",
                            name=chosen, question=name, meant=chosen, known=options,
                        )  # fmt: skip
