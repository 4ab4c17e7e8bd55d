"""What the earlier answer to a question that is asked anew comes to there: a draft, for the group to look at."""

from collections.abc import Mapping
from datetime import date, datetime

from content.pack import Pack, Place
from dialogs.flows.proposal import proposal
from dialogs.flows.versions import carried, taken_by
from dialogs.model.answers import Address, Item, Value
from dialogs.model.changed import changed
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.values.asking import Asking
from dialogs.values.reading import read
from dialogs.values.showing import shown

NO_DRAFT = ("commitment", "ranking", "record")
"""What many put in together: it is not made out of something else."""


def drafts(old: Pack, new: Pack, journey: Journey, *, language: str, today: date) -> Mapping[str, Value]:
    """Return, by the key of each address that *new* asks anew, what the answer of *old* comes to; where it comes to any.

    The journey is whole. What only some may see, or nobody is named for, makes no draft for all.
    """
    found: dict[str, Value] = {}
    before, after = (Asking(pack, journey, language, today) for pack in (old, new))
    for address, item in journey.items.items():
        taker = taken_by(old, new, address.question)
        if taker is None or carried(old, new, address) is not None:
            continue
        here, there = old.places[address.question], new.places[taker]
        to = address._replace(question=taker)
        if not _may_follow(here, there, address) or _is_newer(_there(new, journey, to), item):
            continue
        value = _read_anew(here, there, item, before, after)
        if value is not None:
            found[to.key] = value
    return found


def _may_follow(here: Place, there: Place, address: Address) -> bool:
    question = there.question
    if here.question.visibility != "group" or question.visibility != "group":
        return False
    if question.who == "each" or question.kind in NO_DRAFT or here.question.kind in NO_DRAFT:
        return False
    same_subjects = (here.question.for_each, here.question.who == "each-unit") == (
        question.for_each, question.who == "each-unit",
    )  # fmt: skip
    once = not address.subject and there.about_the_group
    return (
        not address.period and not here.at_every_gate and (once or (bool(address.subject) and same_subjects))
    )


def _there(new: Pack, journey: Journey, address: Address) -> Item | None:
    """Return what was once said at *address* and has lain aside since."""
    return next((item for aside, item in journey.retired.items() if aside.as_asked == address), None)


def _is_newer(there: Item | None, here: Item) -> bool:
    if there is None:
        return False
    last = _last(there)
    return last is not None and last >= (_last(here) or last)


def _last(item: Item) -> datetime | None:
    """Return when something was last said there."""
    times = [one.at for one in (item.answer, item.draft, *item.contributions) if one is not None and one.at]
    return max(times, default=None)


def _read_anew(here: Place, there: Place, item: Item, before: Asking, after: Asking) -> Value | None:
    value = item.value if item.value is not None and here.question.who != "each" else None
    if value is None:
        value = proposal(here.question, changed(item, skipped=None))
    if value is None:
        return None
    if here.question.kind == there.question.kind:
        return value
    made = read(there.question, shown(here.question, value, before), after)
    return None if isinstance(made, Problem) else made
