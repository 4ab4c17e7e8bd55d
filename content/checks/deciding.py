"""Checks who decides what: that the body is asked for as a body, and that the records that wait can hold the decision."""

from collections.abc import Iterator

from content.checks.ground import Ground, ids
from content.checks.registers import no_date
from content.checks.walk import Spot
from content.problems import Problem
from content.schema.deciding import Decides
from content.schema.files import Document


def check_deciding(ground: Ground) -> Iterator[Problem]:
    for spot in ground.spots:
        if isinstance(spot.part, Decides):
            yield from _body(ground, spot, spot.part)
            yield from _records(ground, spot, spot.part)
        elif isinstance(spot.part, Document):
            yield from _adopting(ground, spot, spot.part)


def _body(ground: Ground, spot: Spot, right: Decides) -> Iterator[Problem]:
    question = ground.questions.get(right.body or "")
    if question is not None and question.kind != "body":
        yield spot.problem("body", key="pack.no-body-in", name=question.id, kind=question.kind)


def _adopting(ground: Ground, spot: Spot, document: Document) -> Iterator[Problem]:
    question = ground.questions.get(document.decision or "")
    if question is not None and question.kind != "decision":
        yield spot.problem("decision", key="pack.no-decision-in", name=question.id, kind=question.kind)


def _records(ground: Ground, spot: Spot, right: Decides) -> Iterator[Problem]:
    register = ground.register(right.records.register_) if right.records is not None else None
    if right.records is None or register is None:
        return
    known = ids(register.states)
    for index, state in enumerate(right.records.to):
        if state not in known:
            yield spot.problem(
                "records", "to", index, key="pack.unknown-state",
                name=state, register=register.id, meant=state, known=known,
            )  # fmt: skip
    unit = right.records.unit
    field = next((one for one in register.fields if one.id == unit), None)
    if unit is not None and field is None:
        yield spot.problem(
            "records", "unit", key="pack.unknown-field", name=unit, register=register.id, meant=unit,
            known=ids(register.fields),
        )  # fmt: skip
    elif field is not None and field.kind != "unit":
        yield spot.problem("records", "unit", key="pack.no-unit-in", name=field.id, kind=field.kind)
    date = next((one for one in register.fields if one.id == right.records.prolongs), None)
    if right.records.prolongs is not None and (date is None or date.kind != "date"):
        yield no_date(spot, register, right.records.prolongs, "records", "prolongs")
    if right.by is not None and register.decision is None:
        yield spot.problem("records", "register", key="pack.no-decision-fields", name=register.id)
