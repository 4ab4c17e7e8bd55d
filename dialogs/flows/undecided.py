"""Says which decision is waited for, and who may take it."""

from content.pack import Pack
from dialogs.flows.decisions import Waits, bodies_with
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.model.records import Record


def undecided(pack: Pack, journey: Journey, waits: Waits, record: Record | None = None) -> Problem:
    right = waits.right
    what = right.title.said_in(journey.language)
    if right.role is not None:
        role = pack.role_of[right.role].title.said_in(journey.language)
        return Problem("decision-by-role", {"what": what, "role": role})
    who = ", ".join(body.name for body in bodies_with(pack, journey, right, record))
    if waits.why == "not-yet":
        return Problem("decision-not-yet", {"what": what})
    if not who:
        return Problem("decision-first", {"what": what})
    if waits.why == "other-body":
        return Problem("decision-by-another", {"what": what, "who": who})
    return Problem("decision-first-by", {"what": what, "who": who})
