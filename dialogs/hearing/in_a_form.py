"""Tells a form's next value from a command that interrupts it. What only begins like a command is the value.

A command is a command's word alone; one with the number of a question, a checkpoint or a step; one about a register's
entry; and a one-time code, which is nobody's value. Where a name is asked for, a word alone is the name, but for those
that help and lead out. See decision 0014.
"""

import re
from collections.abc import Callable

from dialogs.hearing.hear import NUMBER, Answered, Commanded, Heard
from dialogs.messages import FormField
from dialogs.values.names import fold

Named = Callable[[str], bool]

_NUMBERED = re.compile(rf"(?:{NUMBER}|[Hh]\d{{1,2}})\s*[?:]?")
_ENTRY = re.compile(r"(.+?)\s+\d{1,5}")
_FIGURES = ("number", "scale")
_NEVER_A_NAME = frozenset({"cancel", "help", "back"})


def interrupts(
    text: str, heard: Heard, field: FormField | None, *, is_register: Named, is_member: Named
) -> bool:
    """Say whether *text* is something else than the value of the field that is asked for.

    *is_register* and *is_member* say whether the group has a register, or a member, of that name.
    """
    if isinstance(heard, Answered):
        return bool(heard.number) or (bool(heard.on_behalf) and is_member(heard.on_behalf))
    if not isinstance(heard, Commanded):
        return False
    if field is not None and heard.command != "cancel" and _is_among(text, field):
        return False
    if field is not None and field.kind in _FIGURES and text.strip() == heard.number:
        return False  # a figure such as 2.5, where one is asked for
    if field is not None and field.names and _may_be_a_name(text, heard):
        return False
    return _is_surely_one(heard, is_register)


def _may_be_a_name(text: str, heard: Commanded) -> bool:
    """Say whether somebody or something may be called so: *Gruppen*, *Steg 3*, *H3*, but neither *hjälp* nor *1.2*."""
    if heard.command == "checkpoint" and heard.number:
        return text.strip().upper() == heard.number
    if heard.command == "step" and heard.rest.isdecimal():
        return True
    return not (heard.number or heard.rest) and heard.command not in _NEVER_A_NAME


def _is_surely_one(heard: Commanded, is_register: Named) -> bool:
    about = heard.number or heard.rest
    if not about or heard.command == "code" or _NUMBERED.fullmatch(about):
        return True
    if heard.command == "step" and about.isdecimal():
        return True
    entry = _ENTRY.fullmatch(about)
    return (entry is not None and is_register(entry[1])) or (bool(heard.number) and is_register(heard.number))


def _is_among(text: str, field: FormField) -> bool:
    """Say whether the words are one of the field's choices: a state may be called as a command is."""
    return any(fold(label) == fold(text.strip(" .!")) for _, label in field.options)
