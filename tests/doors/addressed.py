"""Words in a question's thread as words that name the question, for where there are no threads."""

from content.words import words
from dialogs.hearing.hear import Answered, Commanded, hear


def addressed(said: str, number: str) -> str:
    """Return the words with the question's number; as they are, where they name one themselves or are about none."""
    heard = hear(said)
    if getattr(heard, "number", ""):
        return said
    if isinstance(heard, Commanded):
        word, command = next(one for one in words() if said.casefold().startswith(one[0]))
        rest = said[len(word) :].lstrip(" :")
        with_number = f"{said[: len(word)]} {number}" + (f": {rest}" if rest else "")
        return with_number if command.takes in ("number", "number-text") else said
    if isinstance(heard, Answered) and heard.on_behalf:
        return f"för {heard.on_behalf} {number}: {heard.text}"
    return f"{number}: {said}"
