"""Tells of a table that somebody sent: line by line what is wrong; or what comes of it, with a button that enters it."""

from collections.abc import Sequence
from datetime import timedelta

from bot.usecases.file_kinds import TABLE_LINES, described
from bot.usecases.handing_out import hand_out
from bot.usecases.table_reading import ENTER, JUDGE, UPDATE
from bot.usecases.turn import Turn
from dialogs.files import FileIn, Recipe
from dialogs.messages import Composer, Press, words
from dialogs.model.problem import Problem
from dialogs.reports.table_lines import chat_lines
from dialogs.tables.judging import Judged
from dialogs.tables.reports import Place, TableIn, TableReport

WAITS = timedelta(hours=1)
MOST_LINES = 15
"""So many lines are told in the chat; the others stand in a file."""
MOST_PLACES = 10


def take_table(turn: Turn, file: FileIn) -> None:
    """Say what the table comes to; where it fits into several registers, ask into which."""
    table = file.read
    if not isinstance(table, TableIn):
        turn.refuse(Problem("file-nobody-takes", {"name": file.name}))
    elif table.report is not None:
        _tell(turn, file.name, table.sheet, table.report)
    else:
        id = _keep(turn, file.name, table.sheet)
        said = Composer().say(turn.words.say("table-which-register", name=file.name))
        for place in table.places[:MOST_PLACES]:
            press = Press(JUDGE, None, f"{id}:{place.register}", place.journey)
            said.button(_label(turn, place, table.places), press)
        turn.reply(said.done())


def press_table(turn: Turn, argument: str) -> None:
    """Say what came of a press: what the table comes to in the register that was chosen, or that it is entered."""
    report, id = turn.table, argument.partition(":")[0]
    waiting = turn.uow.tables_in_waiting.get(id, turn.now)
    if isinstance(report, Problem):
        turn.refuse(report)
    elif report is None or waiting is None:
        turn.refuse(Problem("table-press-again" if waiting is not None else "table-waits-no-more"))
    elif report.kept is None:
        _tell(turn, waiting.name, waiting.sheet, report)
    else:
        turn.uow.tables_in_waiting.drop(id)
        counts = {"new": report.kept.new, "changed": report.kept.changed, "same": report.judged.same}
        said = Composer().say(turn.words.say("table-entered", **_where(turn, report.place), **counts))
        if report.kept.slips:
            n = report.kept.new + report.kept.changed
            said.say(turn.words.say("register-stopped-half-way", n=n))
            said.bullets(words(line) for line in chat_lines(turn.words.text, report.kept.slips[:MOST_LINES]))
        turn.reply(said.done())


def _tell(turn: Turn, name: str, sheet: str, report: TableReport) -> None:
    judged, said = report.judged, Composer()
    if judged.slips:
        said.say(turn.words.say("table-wrong", name=name, n=len(judged.slips), **_where(turn, report.place)))
        sheet = ""  # nothing of it can be entered
    else:
        said.say(turn.words.say("table-fits", name=name, **_where(turn, report.place), **_counts(judged)))
    lines = chat_lines(turn.words.text, (*judged.slips, *judged.notes))
    said.bullets(words(line) for line in lines[:MOST_LINES])
    more = lines if len(lines) > MOST_LINES else []
    differs = not report.update and any(one.problem.key == "import-is-there" for one in judged.notes)
    waits = bool(sheet) and (bool(judged.rows) or differs)
    id = _keep(turn, name, sheet if waits else "", more) if waits or more else ""
    if judged.slips:
        said.say(turn.words.say("table-send-again"))
    elif not waits:
        said.say(turn.words.say("table-nothing-new"))
    else:
        said.say(turn.words.say("table-waits", n=round(WAITS.total_seconds() / 3600)))
        _buttons(turn, said, id, report, differs=differs)
    file = described(turn, Recipe(TABLE_LINES, turn.person.id, "", id, turn.language)) if more else None
    if file is not None:
        said.say(turn.words.say("table-more-lines", n=len(lines) - MOST_LINES))
        hand_out(turn, file, said)
    else:
        turn.reply(said.done())


def _buttons(turn: Turn, said: Composer, id: str, report: TableReport, *, differs: bool) -> None:
    place, how = report.place, UPDATE if report.update else ""
    if report.judged.rows:
        press = Press(ENTER, None, f"{id}:{place.register}:{how}", place.journey)
        said.button(turn.words.text("button-enter-table"), press, primary=True)
    if differs:
        press = Press(JUDGE, None, f"{id}:{place.register}:{UPDATE}", place.journey)
        said.button(turn.words.text("button-change-there"), press)


def _counts(judged: Judged) -> dict[str, int]:
    return {"new": judged.new, "changed": judged.changed, "same": judged.same}


def _keep(turn: Turn, name: str, sheet: str, lines: Sequence[str] = ()) -> str:
    report = "\n".join(f"- {line}" for line in lines)
    return turn.uow.tables_in_waiting.put(
        turn.person.id, name, sheet, at=turn.now, until=turn.now + WAITS, report=report
    )


def _where(turn: Turn, place: Place) -> dict[str, str]:
    head = turn.uow.journeys.head(place.journey)
    title = turn.pack_of(head).registers[place.register].title.said_in(turn.language)
    return {"register": title, "group": head.group_name}


def _label(turn: Turn, place: Place, places: Sequence[Place]) -> str:
    """Return the register and the group, and the method where a group has several."""
    where = _where(turn, place)
    if not any(one != place and _where(turn, one) == where for one in places):
        return turn.words.text("table-place", **where)
    method = turn.pack_of(turn.uow.journeys.head(place.journey)).manifest.title.said_in(turn.language)
    return turn.words.text("table-place-method", **where, method=method)
