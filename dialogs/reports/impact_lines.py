"""The lines that an impact comes to, wherever it is told: counts, aims with what they got, results, what lacks a word."""

from collections import Counter
from collections.abc import Sequence

from dialogs.model.impact import Effort, Reached, Result
from dialogs.reports.impact_words import ToldImpact

MOST_NAMED = 4
LONGEST_RESULT = 280
FEW_AIMS = 8
"""So many aims without anything are named in a line; of more, it is said first how many they are."""


def counts_line(told: ToldImpact) -> str:
    """Return how many efforts there are, of which kinds, and how many are over."""
    text, impact = told.speech.text, told.impact
    if impact.nothing:
        return text("impact-nothing", period=told.period)
    if not impact.efforts:
        return text("impact-no-efforts", period=told.period)
    kinds = Counter(told.kinds_of(one) for one in impact.efforts)
    parts = [text("impact-part", one=one, several=several, n=n) for (one, several), n in kinds.items()]
    over = sum(one.over for one in impact.efforts)
    line = text(
        "impact-counts", period=told.period, n=len(impact.efforts), parts=told.tellers[0].listed(parts)
    )
    return f"{line} {text('impact-over', n=over) if over else text('impact-none-over')}"


def remarks(told: ToldImpact) -> list[str]:
    """Return what isn't counted, and why."""
    text, impact = told.speech.text, told.impact
    found = [text("impact-left-out", n=impact.left_out)] if impact.left_out else []
    return found + ([text("impact-undated", n=impact.undated)] if impact.undated else [])


def aim_line(told: ToldImpact, one: Reached, *, most: int = MOST_NAMED) -> str:
    """Return `Kunskap (3 satsningar, 1 avslutad, nämns i 2 rapporter): Språkcafé; Jobbskuggning`."""
    text, aim = told.speech.text, told.aim(one)
    parts = [
        text("impact-row", n=len(one.efforts)) if one.efforts else text("impact-row-none"),
        *([text("impact-row-over", n=one.over)] if one.over else []),
        *([text("impact-row-tried", n=len(one.tried))] if one.tried else []),
    ]
    got, names = ", ".join(parts), which(told, one.efforts, most=most)
    if not names:
        return text("impact-row-is", aim=aim, got=got)
    return text("impact-row-named", aim=aim, got=got, names=names)


def which(told: ToldImpact, efforts: Sequence[str], *, most: int = MOST_NAMED) -> str:
    names = [told.title(one).rstrip(".") for one in efforts[:most]]
    if len(efforts) > most:
        names.append(told.speech.text("impact-and-more", n=len(efforts) - most))
    return "; ".join(names)


def result_line(told: ToldImpact, result: Result, source: int, *, longest: int = 0) -> str:
    """Return what came of what, who wrote it and when; *longest* cuts it."""
    said = " ".join(told.result(result).split()).rstrip(".")
    if longest and len(said) > longest:
        said = f"{said[:longest].rstrip()}…"
    args = {"about": told.about(result, source), "name": told.who(result, source), "day": result.day}
    if result.field:
        return told.speech.text("impact-result-record", text=said, **args)
    return told.speech.text("impact-result-answer", text=said, **args)


def results(told: ToldImpact) -> list[tuple[Result, int]]:
    """Return every result once, with the group that knows it: the efforts' first, then what the groups answered."""
    impact = told.impact
    found: dict[Result, int] = {}
    for effort in impact.efforts:
        for result in effort.results:
            found.setdefault(result, impact.source_of[result.key])
    return [*found.items(), *((one.result, one.source) for one in impact.told)]


def lacking_line(told: ToldImpact, effort: Effort) -> str:
    fields = [told.speech.text("impact-quoted", field=told.field(effort, one)) for one in effort.lacks]
    return told.speech.text("impact-lacks", what=told.called(effort), fields=told.tellers[0].listed(fields))
