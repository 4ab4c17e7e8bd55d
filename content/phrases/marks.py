"""The marks that end a sentence: one is enough, and a title that is a question has its own."""

ENDS = ".!?…"


def ended(text: str) -> str:
    """Return *text* as a sentence: with a full stop, unless it ends with a mark already."""
    return text if text.endswith(tuple(ENDS)) else f"{text}."


def is_double(last: str, mark: str) -> bool:
    """Say whether *mark* is too much after a text whose *last* character is this one."""
    return last in ENDS if mark == "." else last == mark and mark in "!?"
