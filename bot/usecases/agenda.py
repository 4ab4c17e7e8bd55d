"""`dagordning` shows what a workshop holds, with minutes; with a step's number, that step's."""

from datetime import time

from bot.usecases.about import about_journey
from bot.usecases.looking import step_named
from bot.usecases.places import journeys_here
from bot.usecases.turn import Turn
from dialogs.hearing.hear import Commanded
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.reports.agenda import agenda_message
from dialogs.reports.invitations import invitations
from dialogs.wording.teller import Teller


def agenda(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    if spot is None and not journeys_here(turn):
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    step = step_named(teller, heard.rest)
    if step is None:
        if heard.rest and not heard.rest.isdecimal():
            return False
        turn.refuse(Problem("name-the-step", {"of": len(teller.pack.steps)}))
    else:
        turn.reply_about(agenda_message(teller, step, _begins(teller, step.id)), at.journey)
    return True


def _begins(teller: Teller, step: str) -> time | None:
    """Return when the step's next occasion begins, where the group has booked one."""
    found = (one for one in invitations(teller) if one.step == step and not one.called_off)
    return next((one.begins for one in found if one.day >= teller.today), None)
