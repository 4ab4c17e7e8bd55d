"""Whoever follows a group from outside reads what its members have put in by no way that leaves no note."""

import pytest

from content.words import commands
from tests.conversation.talk import Talk

SAID = "Ett alldeles eget ord"


@pytest.mark.e2e
def test_no_command_shows_a_coach_what_members_have_put_in_without_a_note(talk: Talk):
    talk.says("Bo", SAID, to="1.1")

    shown, noted = [], []
    for command in commands().values():
        for rest in ("", " 1.1", " Arbetsgruppen"):
            before = len(talk.rows("select * from audit where kind = 'answers-read'"))
            told = talk.privately("Karl", command.words[0] + rest)
            if SAID in told.text:
                shown.append(command.id)
                after = len(talk.rows("select * from audit where kind = 'answers-read'"))
                noted += [command.id] * (after - before)
            talk.privately("Karl", "avbryt")

    assert "others" in shown
    assert noted == shown
