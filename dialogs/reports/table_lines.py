"""Words for what is to be said of a table's lines, where it was read into a register."""

from collections.abc import Callable, Iterable

from dialogs.tables.judging import Slip

_IN_CHAT = {"import-is-there": "import-is-there-in-chat"}


def slip_line(text: Callable[..., str], slip: Slip) -> str:
    """Return `Rad 3, Form: what is wrong and what to write`, by whoever puts a phrase into words."""
    what = text(slip.problem.key, **slip.problem.args)
    if slip.column:
        return text("import-at-cell", line=slip.line, column=slip.column, what=what)
    return text("meeting-on-line", line=slip.line, what=what) if slip.line else what


def chat_lines(text: Callable[..., str], slips: Iterable[Slip]) -> list[str]:
    """Return the same for whoever reads it in the chat, where a button stands for what an option does elsewhere."""

    def said(key: str, **args: object) -> str:
        return text(_IN_CHAT.get(key, key), **args)

    return [slip_line(said, one) for one in slips]
