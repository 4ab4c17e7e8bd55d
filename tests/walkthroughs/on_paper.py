"""Turns a conversation in which exercises are held in the channel into the same one where they are held on paper."""

import re
from collections.abc import Iterator, Sequence

from content.schema.files import Scene, Walkthrough

MOVES = re.compile(r"övning (vidare|visa|vilka|nya par)|klart")
OWN = re.compile(r"(\d\.\d+): (.*)")


def held_on_paper(walkthrough: Walkthrough) -> Walkthrough:
    """Return the same conversation where whoever leads types in from paper what the others said in the channel."""
    return walkthrough.model_copy(
        update={"id": f"{walkthrough.id}-papper", "scenes": tuple(_on_paper(walkthrough))}
    )


def _on_paper(walkthrough: Walkthrough) -> Iterator[Scene]:
    on, [leader, *_] = False, walkthrough.people
    for number, scene in enumerate(walkthrough.scenes):
        says = scene.says or ""
        if says.startswith("övning starta"):
            on = _begins(walkthrough.scenes[number + 1 :])
            yield Scene(who=leader, says=says.replace("starta", "papper"))
        elif not on:
            yield scene.model_copy(update={"expect": None})
        elif says == "övning klar":
            on = False
            yield Scene(who=leader, says=says)
        elif MOVES.fullmatch(says) or scene.presses == "exercise-next" or scene.restart:
            continue
        elif scene.to and says != "alla":
            yield Scene(who=leader, says=f"{scene.to}: {says}")
        elif scene.presses == "record":
            yield scene.model_copy(update={"who": leader, "expect": None})
        elif scene.privately and scene.who != leader and (own := OWN.fullmatch(scene.privately)):
            name = walkthrough.people[scene.who or ""].name
            yield Scene(who=leader, says=f"för {name}, {own[1]}: {own[2]}")
        else:
            yield scene.model_copy(update={"expect": None})


def _begins(following: Sequence[Scene]) -> bool:
    """Say whether the exercise that was started is ended: one that was refused is started again first."""
    said = [one.says or "" for one in following]
    return next(one for one in said if one.startswith(("övning starta", "övning klar"))) == "övning klar"
