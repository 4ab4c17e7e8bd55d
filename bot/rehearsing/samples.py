"""What an invented person types as the answer to a question, or in a field of a form."""

from datetime import date, timedelta
from typing import Any

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
    ReferenceSpec,
    ScaleSpec,
    Source,
    TextSpec,
    UnitSpec,
)  # fmt: skip
from dialogs.values.asking import Asking, from_source, options_of

AHEAD = timedelta(weeks=6)
"""What somebody plans is planned for so long ahead."""


def sample(spec: Any, asking: Asking, *, number: int = 0) -> str:
    """Return what could be typed for a question or field; "" where nothing can be as things stand.

    *number* tells several apart: the second record has another name and a later day than the first.
    """
    roster = asking.journey.roster
    match spec:
        case TextSpec():
            return _text(spec, asking, number)
        case ListSpec():
            return "; ".join(f"{_text(spec, asking, number)} {n}" for n in range(1, spec.at_least + 2))
        case ChoiceSpec() | ChoicesSpec():
            labels = [label for _, label in options_of(spec, asking)]
            wanted = spec.at_least if isinstance(spec, ChoicesSpec) else 1
            return "; ".join(labels[:wanted]) or ("" if not getattr(spec, "own", False) else "Eget")
        case RankingSpec():
            return next((label for _, label in options_of(spec, asking)), "")
        case CommitmentSpec():
            return {"sv": "alla"}.get(asking.language, "all")
        case ScaleSpec():
            return str((spec.lowest + spec.highest) // 2)
        case NumberSpec():
            return str(max(10, round(spec.least or 0)) if spec.most is None else round(spec.most))
        case DateSpec():
            return _day(spec, asking.today, number).isoformat()
        case PersonSpec(role=role):
            members = roster.holders(role) if role else roster.members
            return members[number % len(members)].person.name if members else ""
        case UnitSpec():
            return roster.units[number % len(roster.units)].name if roster.units else ""
        case BodySpec():
            return roster.bodies[len(roster.bodies) // 2].name if roster.bodies else ""
        case FileSpec():
            return "https://exempel.se/underlag Underlag"
        case DecisionSpec():
            body = roster.bodies[len(roster.bodies) // 2].name if roster.bodies else ""
            what = {"sv": "Så gör vi"}.get(asking.language, "So we do")
            return f"{body}; {asking.today.isoformat()}; § {number + 1}; {what}" if body else ""
        case ReferenceSpec():
            source = Source(register_=spec.register_, where=spec.where)
            return next((label for _, label in from_source(source, asking)), "")
        case _:
            return ""


def _text(spec: Any, asking: Asking, number: int) -> str:
    example = getattr(spec, "example", None)
    said = example.said_in(asking.language) if example is not None else ""
    if said:
        return " ".join(said.split())
    invented = {"sv": "Ett påhittat svar"}.get(asking.language, "An invented answer")
    return f"{invented} {number + 1}"


def _day(spec: DateSpec, today: date, number: int) -> date:
    if getattr(spec, "has_been", False):
        return today - timedelta(days=1)
    return today + AHEAD * (number + 1)
