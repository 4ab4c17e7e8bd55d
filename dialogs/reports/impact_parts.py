"""An impact in a document: a passage for each kind of aim, one for the results, and one for what lacks a word."""

from collections.abc import Iterator
from typing import Literal

from dialogs.model.impact import Effort, Reached, Result
from dialogs.model.written import Entry, Passage, Source
from dialogs.reports.impact_lines import (
    aim_line,
    counts_line,
    lacking_line,
    remarks,
    result_line,
    results,
    which,
)  # fmt: skip
from dialogs.reports.impact_words import ToldImpact
from dialogs.time import local_day

Part = Literal["aims", "results", "unevaluated"]

LONGEST_CELL = 120


def impact_passages(told: ToldImpact, part: Part) -> Iterator[Passage]:
    match part:
        case "aims":
            yield Passage(counts_line(told))
            for kind, reached in told.impact.kinds.items():
                yield _kind(told, kind, reached)
            for remark in remarks(told):
                yield Passage(remark)
        case "results":
            found = results(told)
            if not found:
                yield Passage(told.speech.text("impact-results-none"))
            else:
                yield Passage(entries=tuple(_result(told, one, source) for one, source in found))
        case "unevaluated":
            lacking = told.impact.unevaluated
            if not lacking:
                over = any(one.over for one in told.impact.efforts)
                yield Passage(
                    told.speech.text("impact-unevaluated-none" if over else "impact-unevaluated-nothing")
                )
            else:
                yield Passage(entries=tuple(_lacking(told, one) for one in lacking))


def is_empty(told: ToldImpact, part: Part) -> bool:
    """Say whether there is nothing to tell, so that an optional part is left out."""
    match part:
        case "aims":
            return told.impact.nothing
        case "results":
            return not results(told)
        case "unevaluated":
            return not told.impact.unevaluated


def _kind(told: ToldImpact, kind: str, reached: tuple[Reached, ...]) -> Passage:
    """Return how many have got something and which haven't, above a row for each that has."""
    text, title = told.speech.text, told.kind(kind)
    got = [one for one in reached if not one.nothing]
    rows = tuple(_row(told, kind, one) for one in got)
    columns: tuple[str, ...] = (
        title, text("impact-column-efforts"), text("impact-column-over"), text("impact-column-which"),
    )  # fmt: skip
    if not rows or any(len(cell) > LONGEST_CELL for row in rows for cell in row.cells):
        columns = ()
    revision = sum(told.record(id).revision for one in got for id in one.efforts) or 1
    source = Source(f"effekter/{kind}", title, revision, text("impact-source-all"))
    return Passage(_got_of(told, reached), title, rows, columns, source)


def _got_of(told: ToldImpact, reached: tuple[Reached, ...]) -> str:
    text = told.speech.text
    left = [told.aim(one) for one in reached if one.nothing]
    if len(left) == len(reached):
        return text("impact-left-all", of=len(left))
    counted = text("impact-got-of", n=len(reached) - len(left), of=len(reached))
    return f"{counted} {text('impact-left', aims='; '.join(left))}" if left else counted


def _row(told: ToldImpact, kind: str, one: Reached) -> Entry:
    text = told.speech.text
    titles = which(told, one.efforts, most=len(one.efforts))
    tried = text("impact-row-tried", n=len(one.tried)) if one.tried else ""
    counted = text("impact-source", n=len(one.efforts), titles=titles)
    source = Source(
        f"effekter/{kind}/{one.aim.id}", f"{told.kind(kind)}: {told.aim(one)}",
        sum(told.record(id).revision for id in one.efforts) or 1, counted if one.efforts else text("impact-source-all"),
    )  # fmt: skip
    cells = (told.aim(one), str(len(one.efforts)), str(one.over), ", ".join(filter(None, (titles, tried))))
    return Entry(aim_line(told, one, most=len(one.efforts)), cells, source)


def _result(told: ToldImpact, result: Result, source: int) -> Entry:
    line = result_line(told, result, source)
    return Entry(line, source=_source(told, result, source))


def _source(told: ToldImpact, result: Result, source: int) -> Source:
    teller = told.tellers[source]
    said = teller.text(
        "document-entry-source", name=told.who(result, source), day=result.day, n=result.revision
    )
    key = f"effekter/{result.key}/{result.field}" if result.field else f"effekter/{result.key}"
    return Source(key, told.about(result, source), result.revision, said)


def _lacking(told: ToldImpact, effort: Effort) -> Entry:
    record = told.record(effort.id)
    teller = told.teller_of(effort)
    said = teller.text(
        "document-entry-source", name=teller.name(record.by), day=local_day(record.at), n=record.revision
    )
    source = Source(f"effekter/{record.id}", told.called(effort), record.revision, said)
    return Entry(lacking_line(told, effort), source=source)
