"""Runs a command: each word that people may say, and what it does."""

from collections.abc import Callable

from bot.usecases import (
    adding_people,
    deciding,
    looking,
    moving,
    my_terms,
    oneself,
    organising,
    overview,
    questions,
    registers,
    starting,
)
from bot.usecases.turn import Turn
from dialogs.hearing.hear import Commanded
from dialogs.ports import Spot

Run = Callable[[Turn, Commanded, Spot | None], bool]
"""Does the command; returns False when the words weren't meant as one after all."""


def run(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    return COMMANDS[heard.command](turn, heard, spot)


COMMANDS: dict[str, Run] = {
    "help": looking.help,
    "tour": looking.tour,
    "start": starting.start,
    "practice": starting.practice,
    "end-practice": starting.end_practice,
    "status": looking.status,
    "steps": looking.steps,
    "step": looking.step,
    "question": questions.question,
    "again": questions.open_questions,
    "why": questions.why,
    "example": questions.example,
    "skip": deciding.skip,
    "next": deciding.go_on,
    "at-once": deciding.at_once,
    "back": questions.back,
    "change": deciding.change,
    "others": questions.others,
    "history": questions.history,
    "draft": deciding.draft,
    "settle": deciding.settle,
    "round": deciding.open_round,
    "agree": deciding.voice,
    "concern": deciding.voice,
    "object": deciding.voice,
    "abstain": deciding.voice,
    "close-round": deciding.close_round,
    "despite": deciding.despite,
    "reopen": deciding.reopen,
    "reviewed": deciding.reviewed,
    "done": deciding.sign,
    "reopen-step": deciding.reopen_step,
    "withdraw": deciding.withdraw,
    "pause": deciding.pause,
    "resume": overview.resume,
    "people": looking.people,
    "add-person": adding_people.add_person,
    "role": organising.give_role,
    "drop-role": organising.drop_role,
    "deputy": organising.deputy,
    "hand-over": organising.hand_over,
    "remove-person": organising.remove_person,
    "rename-person": organising.rename_person,
    "units": looking.units,
    "add-unit": organising.add_units,
    "close-unit": organising.close_unit,
    "bodies": looking.bodies,
    "add-body": organising.add_bodies,
    "close-body": organising.close_body,
    "language": oneself.language,
    "privacy": looking.privacy,
    "document": looking.document,
    "list": registers.show,
    "add-record": registers.add,
    "change-record": registers.change,
    "move-record": registers.move,
    "code": oneself.code,
    "time-zone": oneself.zone,
    "settings": oneself.settings,
    "move-here": moving.move_here,
    "cancel": looking.nothing_to_cancel,
    "kept": looking.kept,
    "tracks": looking.tracks,
    "reminders": my_terms.reminders,
    "nudge": my_terms.nudge,
    "quiet": my_terms.quiet,
    "away": my_terms.away,
    "back-again": my_terms.back,
    "mine": overview.mine,
}
