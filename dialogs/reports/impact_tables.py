"""An impact as tables: each aim with what it got, each effort with its days and results, and each result."""

from datetime import date

from dialogs.reports.impact_lines import results
from dialogs.reports.impact_words import ToldImpact
from dialogs.tables.chosen import Table

Value = str | int | float | date


def impact_tables(told: ToldImpact) -> list[Table]:
    text = told.speech.text
    return [
        (text("impact-sheet-aims"), _aims(told)),
        (text("impact-sheet-efforts"), _efforts(told)),
        (text("impact-sheet-results"), _results(told)),
    ]


def _aims(told: ToldImpact) -> list[list[Value]]:
    text = told.speech.text
    columns = ("kind", "aim", "efforts", "over", "tried", "wanted", "which")
    rows: list[list[Value]] = [[text(f"impact-column-{one}") for one in columns]]
    for kind, reached in told.impact.kinds.items():
        title = told.kind(kind)
        for one in reached:
            titles = "; ".join(told.title(id) for id in one.efforts)
            wanted = text("impact-yes") if one.wanted else ""
            row: list[Value] = [
                title,
                told.aim(one),
                len(one.efforts),
                one.over,
                len(one.tried),
                wanted,
                titles,
            ]
            rows.append(row)
    return rows


def _efforts(told: ToldImpact) -> list[list[Value]]:
    """Return a row for each effort, with a column for each kind of aim."""
    text = told.speech.text
    kinds = told.impact.kinds
    columns = ("register", "effort", "state", "first", "last", "is-over")
    heading: list[Value] = [text(f"impact-column-{one}") for one in columns]
    heading += [told.kind(kind) for kind in kinds]
    rows = [[*heading, text("impact-column-result"), text("impact-column-lacks")]]
    for effort in told.impact.efforts:
        row: list[Value] = [told.register(effort), told.title(effort.id), told.state(effort)]
        row += [effort.first or "", effort.last or "", text("impact-yes" if effort.over else "impact-no")]
        row += [
            "; ".join(told.aim(one) for one in reached if one.aim in effort.aims)
            for reached in kinds.values()
        ]
        row.append("\n".join(told.result(one) for one in effort.results))
        row.append("; ".join(told.field(effort, one) for one in effort.lacks))
        rows.append(row)
    return rows


def _results(told: ToldImpact) -> list[list[Value]]:
    text = told.speech.text
    rows: list[list[Value]] = [[text(f"impact-column-{one}") for one in ("about", "result", "who", "day")]]
    rows += [
        [told.about(one, source), told.result(one), told.who(one, source), one.day]
        for one, source in results(told)
    ]
    return rows
