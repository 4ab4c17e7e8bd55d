"""What another version of the method would change for a group: question by question, before anything is changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from content.pack import Pack, Place
from content.shapes import shape_of
from dialogs.flows.versions import carried, taken_by
from dialogs.model.answers import Address, Item, Value
from dialogs.reports.version_parts import PartsChanged, parts_changed, works_otherwise
from dialogs.wording.teller import Teller

Kind = Literal[
    "new",
    "new-behind",
    "back",
    "reworded",
    "options",
    "when",
    "optional",
    "required",
    "moved",
    "anew",
    "anew-draft",
    "gone",
    "gone-open",
]
"""What becomes of a question. `new-behind`: in a step that is signed; `back`: with what was once said there."""


@dataclass(frozen=True, slots=True)
class Change:
    """A question that changes: its number and words with the version that asks it; what it said, and what it says."""

    kind: Kind
    title: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes, by the part in which it stands, and how many answers come along, are asked anew, lie aside."""

    before: str
    after: str
    parts: Sequence[tuple[str, Sequence[Change]]]
    beside: PartsChanged  # what else is new, changed or gone
    along: int
    anew: int
    aside: int


def difference(before: Teller, after: Teller, drafts: Mapping[str, Value]) -> Difference:
    """Return what differs between the two: the journey as it is, and as it would be. Both are whole."""
    parts: dict[str, list[Change]] = {}
    for place in after.pack.places.values():
        for change in _of_question(before, after, place, drafts):
            parts.setdefault(_part(after, place), []).append(change)
    for place in before.pack.places.values():
        if taken_by(before.pack, after.pack, place.question.id) is None:
            said = any(_is_said(item) for item in before.journey.items_of(place.question.id))
            title = before.title(Address(place.question.id))
            change = Change("gone" if said else "gone-open", title)
            parts.setdefault(_part(before, place), []).append(change)
    said_at = [one for one, item in before.journey.items.items() if _is_said(item)]
    along = [one for one in said_at if carried(before.pack, after.pack, one) is not None]
    rest = [one for one in said_at if one not in along]
    anew = [one for one in rest if taken_by(before.pack, after.pack, one.question) is not None]
    return Difference(
        before.pack.version, after.pack.version,
        list(parts.items()),
        parts_changed(before, after), len(along), len(anew), len(rest) - len(anew),
    )  # fmt: skip


def _of_question(
    before: Teller, after: Teller, place: Place, drafts: Mapping[str, Value]
) -> Iterator[Change]:
    id, title = place.question.id, after.title(Address(place.question.id))
    earlier = _earlier(before.pack, after.pack, id)
    if earlier is None:
        back = any(_is_said(item) for item in after.journey.items_of(id))
        behind = place.step in after.journey.signed
        yield Change("back" if back else "new-behind" if behind else "new", title)
        return
    if shape_of(earlier) != shape_of(place):
        drafted = any(Address.of(key).question == id for key in drafts)
        yield Change(
            "anew-draft" if drafted else "anew", title, before.words(earlier.question.ask), _ask(after, place)
        )
        return
    if before.words(earlier.question.ask) != _ask(after, place):
        yield Change("reworded", title, before.words(earlier.question.ask), _ask(after, place))
    added = [one for one in _options(after, place) if one not in _options(before, earlier)]
    if added:
        yield Change("options", title, after=", ".join(added))
    if works_otherwise(earlier.question.when, place.question.when, after.pack):
        yield Change("when", title)
    if earlier.question.optional != place.question.optional:
        yield Change("optional" if place.question.optional else "required", title)
    if (earlier.step, earlier.checkpoint) != (place.step, place.checkpoint):
        yield Change("moved", title, before=_part(before, earlier))


def _earlier(old: Pack, new: Pack, question: str) -> Place | None:
    """Return the question of *old* that *new* calls so."""
    return next((place for id, place in old.places.items() if taken_by(old, new, id) == question), None)


def _ask(teller: Teller, place: Place) -> str:
    return teller.words(place.question.ask)


def _options(teller: Teller, place: Place) -> list[str]:
    question = place.question
    return [
        teller.words(one.title)
        for one in (*getattr(question, "options", ()), *getattr(question, "items", ()))
    ]


def _part(teller: Teller, place: Place) -> str:
    """Return what people call the step, track or checkpoint in which the question stands."""
    pack = teller.pack
    if place.checkpoint:
        return teller.words(pack.checkpoint_of[place.checkpoint].title)
    track = next((one for one in pack.tracks if one.id == place.track), None)
    if track is not None:
        return teller.words(track.title)
    return teller.text(
        "export-step", number=pack.step_number[place.step], title=teller.step_title(place.step)
    )


def _is_said(item: Item) -> bool:
    """Say whether anybody has put anything in."""
    return bool(item.answer or item.contributions or item.taken_part or item.draft or item.round)
