"""The next version of any method: questions renamed, asked in another way, left out, added and moved, by a seed."""

from random import Random  # noqa: TID251 - drawn by a seed
from typing import Any

from content.pack import Pack

NEW = {"kind": "text", "ask": {"sv": "Ny?", "en": "New?"}, "why": {"sv": "!", "en": "!"}}


def next_version(pack: Pack, draw: Random, version: str) -> Pack:
    """Return a version after *pack*. Only what no rule looks at is left out or asked in another way."""
    files: dict[str, Any] = pack.model_dump(mode="json", by_alias=True)
    lists = list(_lists(files))
    gone: list[str] = []
    for questions in lists:
        for question in list(questions):
            id = question["id"]
            alone = _count(files, id) == 1
            match draw.randrange(6):
                case 0:
                    rename(files, id, f"{id}-{version.replace('.', '-')}")
                    question["was"] = [*question.get("was", ()), id]
                case 1 if alone:
                    _ask_otherwise(question, f"{id}-{version.replace('.', '-')}", draw)
                case 2 if alone and len(questions) > 1:
                    questions.remove(question)
                    gone.append(f"question:{id}")
                case _:
                    pass
    for number, step in enumerate(files["steps"]):
        if draw.random() < 0.4:
            place = draw.randrange(len(step["questions"]) + 1)
            step["questions"].insert(place, {**NEW, "id": f"ny{number}-{version.replace('.', '-')}"})
    if len(files["steps"]) > 1 and draw.random() < 0.4:
        _move(files, draw)
    files["manifest"] |= {"version": version, "gone": [*files["manifest"].get("gone", ()), *gone]}
    return Pack.model_validate(files)


def _lists(files: dict[str, Any]) -> list[list[dict[str, Any]]]:
    found = [step["questions"] for step in files["steps"]]
    for track in files["tracks"]:
        found += [placed["questions"] for placed in track["asked"]]
        found.append(track["gate-questions"])
    return found + [checkpoint["questions"] for checkpoint in files["cycle"]]


def _ask_otherwise(question: dict[str, Any], id: str, draw: Random) -> None:
    """Make it another question, which takes up what was said to this one."""
    kept = {key: question[key] for key in ("ask", "why", "when") if question.get(key) is not None}
    kind = draw.choice([one for one in ("text", "number", "list") if one != question["kind"]])
    was = [*question.get("was", ()), question["id"]]
    question.clear()
    question |= {**kept, "id": id, "kind": kind, "was": was}


def _move(files: dict[str, Any], draw: Random) -> None:
    """Put one step's last question first in the step after it, when nothing looks at it."""
    number = draw.randrange(len(files["steps"]) - 1)
    questions = files["steps"][number]["questions"]
    if questions and _count(files, questions[-1]["id"]) == 1:
        files["steps"][number + 1]["questions"].insert(0, questions.pop())


def rename(value: Any, old: str, new: str) -> None:
    """Give what is called *old* another name everywhere but in what tells of the past."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(items):
        if key in ("was", "gone"):
            continue
        if inner == old:
            value[key] = new
        else:
            rename(inner, old, new)


def _count(value: Any, id: str) -> int:
    """Return how often the id stands somewhere."""
    if isinstance(value, dict):
        return sum(_count(inner, id) for key, inner in value.items() if key not in ("was", "gone"))
    if isinstance(value, list):
        return sum(_count(inner, id) for inner in value)
    return int(value == id)
