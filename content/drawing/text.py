"""Writes a method as plain text: what the drawing says, for whoever doesn't see it, and for a terminal."""

from collections.abc import Iterable, Iterator

from content.drawing.outline import Box, Line, Outline


def as_text(outline: Outline) -> str:
    return "\n".join(_lines(outline)).replace("\u00a0", " ") + "\n"


def _lines(outline: Outline) -> Iterator[str]:
    yield outline.title
    yield outline.purpose
    if outline.rows:
        yield from _heading(outline.words["steps"])
    for row in outline.rows:
        yield row.step.title
        yield from _listed(row.step.lines)
        for track, lines in zip(outline.tracks, row.tracks, strict=True):
            if lines:
                yield f"  {track}"
                yield from _listed(lines, "    ")
    if any(outline.at_each_gate):
        yield from _heading(outline.words["gates"])
        for track, lines in zip(outline.tracks, outline.at_each_gate, strict=True):
            if lines:
                yield track
                yield from _listed(lines)
    for name, boxes in (
        ("guides", outline.guides),
        ("registers", outline.registers),
        ("decides", outline.decides),
        ("documents", outline.documents),
    ):
        if boxes:
            yield from _heading(outline.words[name])
            yield from _boxes(boxes)
    if outline.year:
        yield from _heading(outline.words["year"])
    for mark, box in zip(outline.year, outline.checkpoints, strict=True):
        yield f"{box.title}: {mark.when}"
        yield from _listed(box.lines)


def _heading(said: str) -> Iterator[str]:
    yield from ("", said.upper())


def _boxes(boxes: Iterable[Box]) -> Iterator[str]:
    for box in boxes:
        yield box.title
        yield from _listed(box.lines)


def _listed(lines: Iterable[Line], pad: str = "  ") -> Iterator[str]:
    for line in lines:
        yield f"{pad}{line}"
