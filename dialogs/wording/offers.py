"""Words for what a group that stands still is offered: examples that fit, why they do, and other ways to go."""

from collections.abc import Sequence
from dataclasses import dataclass

from content.schema.base import Text
from content.schema.exercises import Exercise
from content.schema.files import NudgeText
from dialogs.messages import Message, Press, marked
from dialogs.wording.found import Found, example_lines
from dialogs.wording.teller import Teller

MOST = 3
"""So many examples are offered."""


@dataclass(frozen=True, slots=True)
class Way:
    """Another method, or an exercise of it, and when it helps."""

    say: Text
    method: Text
    exercise: Exercise | None


def offer_message(
    teller: Teller, nudge: NudgeText, examples: Sequence[Found], ways: Sequence[Way]
) -> Message:
    """Return what is offered; where nothing fits it says how to look with other words."""
    said = teller.composer().heading(teller.words(nudge.title)).say(marked(teller.words(nudge.say)))
    if examples:
        said.say(teller.say("offer-examples"))
        for number, one in enumerate(examples[:MOST], start=1):
            example_lines(teller, number, one, said)
            label = teller.text("button-show-example", n=number)
            said.button(label, Press("shared-record", None, one.shared.record.id))
    else:
        said.say(teller.say("offer-no-examples"))
    if ways:
        said.say(teller.say("offer-ways"))
        for way in ways:
            said.say(teller.say("offer-way", **_named(teller, way))).say(marked(teller.words(way.say)))
        said.say(teller.say("offer-begin"))
    return said.say(teller.say("offer-yours")).done()


def _named(teller: Teller, way: Way) -> dict[str, object]:
    method = teller.words(way.method)
    if way.exercise is None:
        return {"title": method, "where": teller.text("offer-way-method")}
    where = teller.text("offer-way-exercise", n=way.exercise.minutes, method=method)
    return {"title": teller.words(way.exercise.title), "where": where}
