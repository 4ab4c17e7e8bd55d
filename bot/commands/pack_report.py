"""Tells what is wrong with packs: for people, file by file and line by line; or as JSON, for programs."""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from bot.call import Call
from content.loaded import Loaded, Refused


def tell(call: Call, results: Mapping[str, Loaded | Refused]) -> None:
    """Print what is wrong with each pack, by the name that it was asked for, or that nothing is."""
    for name, result in results.items():
        if isinstance(result, Loaded):
            call.say("pack-fine", name=name, version=result.pack.version)
            continue
        for place, problems in groupby(result.problems, key=lambda problem: problem.file):
            for problem in problems:
                call.print(f"{_inside(name, place)}{problem.said_in(call.language)}")
            call.print("")
        call.say("pack-problems", n=len(result.problems), name=name)


def tell_as_json(call: Call, results: Mapping[str, Loaded | Refused]) -> None:
    """Print the same as a list with an object for each pack; ``line`` is 0 for what is about no line."""
    told = [
        {
            "pack": name,
            "version": result.pack.version if isinstance(result, Loaded) else None,
            "problems": list(_problems(call, result)) if isinstance(result, Refused) else [],
        }
        for name, result in results.items()
    ]
    call.print(json.dumps(told, ensure_ascii=False, indent=2))


def _problems(call: Call, refused: Refused) -> Iterator[Mapping[str, Any]]:
    for problem in refused.problems:
        yield {
            "file": problem.file,
            "line": problem.line,
            "field": problem.field,
            "kind": problem.key.removeprefix("pack."),
            "what": problem.what(call.language),
            "meant": problem.suggestion,
        }


def _inside(name: str, file: str) -> str:
    """Return what goes before a file's name, so that it leads to the file from here."""
    return "" if file.startswith(name) or file == "…" else f"{name}/"
