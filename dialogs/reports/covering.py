"""Whom a coverage lacks something for, and what is counted by the year: who is at 0, 1 or 2 of so many."""

from content.schema.coverage import Coverage
from dialogs.flows.facts import Facts, Gap, covered, gaps, times_there, times_wanted
from dialogs.flows.periods import checkpoint_of
from dialogs.messages import Spans, words
from dialogs.model.checkpoint import page_key
from dialogs.wording.teller import Teller


def gap_lines(teller: Teller) -> list[Spans]:
    """Return a line for each coverage that isn't counted by the year and has gaps: who lacks it."""
    facts = _facts(teller)
    lines = []
    for coverage in teller.pack.coverage_of.values():
        lacking = gaps(coverage, facts) if coverage.per is None else ()
        if lacking:
            names = teller.listed(gap_name(teller, one, coverage) for one in lacking)
            lines.append(teller.say("gap-line", title=teller.words(coverage.title), names=names))
    return lines


def year_lines(teller: Teller, *, begun: bool = False, lacking: bool = False) -> list[Spans]:
    """Return a line for each coverage that is counted by the year: how many each has this year, the fewest first.

    With *begun* only what has been asked for this year, with *lacking* only what somebody lacks. The journey holds the
    items and records that they count.
    """
    facts = _facts(teller)
    every = (one for one in teller.pack.coverage_of.values() if one.per is not None and covered(one, facts))
    return [
        _year(teller, one, facts)
        for one in every
        if (not begun or _has_begun(teller, one)) and (not lacking or gaps(one, facts))
    ]


def _year(teller: Teller, coverage: Coverage, facts: Facts) -> Spans:
    wanted = times_wanted(coverage, facts)
    by_count: dict[int, list[Gap]] = {}
    for one in covered(coverage, facts):
        by_count.setdefault(min(times_there(one, coverage, facts), wanted), []).append(one)
    line = [*teller.say("coverage-year", title=teller.words(coverage.title), year=facts.today.year)]
    if by_count.keys() == {wanted}:
        line += (*words(" "), *teller.say("coverage-all", of=wanted))
        return tuple(line)
    for count, those in sorted(by_count.items()):
        names = teller.listed(gap_name(teller, one, coverage) for one in those)
        line += (*words(" "), *teller.say("coverage-count", count=count, of=wanted, names=names))
    return tuple(line)


def _has_begun(teller: Teller, coverage: Coverage) -> bool:
    """Say whether the checkpoint that asks for it has opened this year."""
    if coverage.what.answer is None:
        return True
    checkpoint = checkpoint_of(teller.pack.places[coverage.what.answer])
    begins = page_key(checkpoint, str(teller.today.year))
    return any(page.startswith(begins) for page in teller.journey.pages)


def gap_name(teller: Teller, one: Gap, coverage: Coverage) -> str:
    if one.kind == "unit":
        return teller.journey.roster.unit_name(one.id)
    if one.kind == "person":
        return teller.name(one.id)
    return next((teller.words(own.title) for own in coverage.audiences if own.id == one.id), one.id)


def _facts(teller: Teller) -> Facts:
    return Facts(teller.pack, teller.journey, teller.today)
