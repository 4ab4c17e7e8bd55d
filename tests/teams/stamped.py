"""Writes on each card which letter it is, and which part of it: Teams itself has no place for that."""

from collections.abc import Mapping

from bot.serving import Door
from bot.teams.door import TeamsDoor
from bot.teams.render import Post, posts
from dialogs.ports import ClaimedLetter

STAMP = "letter"


def stamp(doors: Mapping[str, Door]) -> None:
    """Let the door to Teams, where there is one, stamp what it posts."""
    for door in doors.values():
        if isinstance(door, TeamsDoor):
            door.messenger._draw = stamped


def stamped(letter: ClaimedLetter) -> tuple[Post, ...]:
    return tuple(
        Post(post.text, {**post.card, STAMP: f"{letter.key}#{part}"})
        for part, post in enumerate(posts(letter))
    )
