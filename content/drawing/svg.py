"""Draws a method as an SVG picture: steps down, tracks beside them, then guides, registers, rights, documents and the year.

Words are measured with the widths of an ordinary sans-serif, a little too wide rather than too narrow. Nothing is said
by colour alone, and a screen reader is given the text version.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from content.drawing.outline import Box, Line, Outline
from content.drawing.text import as_text

MARGIN, GAP, PAD = 32, 16, 12
STEP, TRACK, BOX = 520, 250, 330  # widths
BODY, HEAD, TITLE = 14, 16, 26  # sizes of letters
LEADING = 1.35
INK, QUIET, PALE, WHITE = "#1b1b1b", "#4a4a4a", "#eef1f4", "#ffffff"
BAND = "#22405f"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[] -/"), frozenset("mwMWÅÄÖ@%…→")


def as_svg(outline: Outline) -> str:
    """Return the picture as an SVG document."""
    page = _Page(outline)
    page.whole()
    return page.svg()


def width_of(text: str, size: float) -> float:
    """Return about how wide *text* is in letters of *size*, rather too wide."""
    return size * sum(
        0.32 if c in _NARROW else 0.95 if c in _WIDE else 0.7 if c.isupper() else 0.55 for c in text
    )


def wrapped(text: str, width: float, size: float) -> Iterator[str]:
    """Yield *text* in lines of at most *width*; a word that is longer is cut."""
    line = ""
    for word in text.split(" "):
        while width_of(word, size) > width and len(word) > 1:
            fits = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width_of(word[:n], size) <= width)
            if line:
                yield line
            yield word[:fits]
            line, word = "", word[fits:]
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


@dataclass
class _Page:
    outline: Outline
    parts: list[str] = field(default_factory=list)
    y: float = MARGIN

    @property
    def width(self) -> float:
        tracks = len(self.outline.tracks) * (TRACK + GAP)
        return max(2 * MARGIN + STEP + tracks, 2 * MARGIN + 3 * BOX + 2 * GAP)

    def svg(self) -> str:
        wide, high = round(self.width), round(self.y + MARGIN)
        title, text = escape(self.outline.title), escape(as_text(self.outline))
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
            f' role="img" aria-labelledby="t d" xml:lang="{self.outline.language}" font-family="{FONT}">'
        )
        return "\n".join(
            (head, f'<title id="t">{title}</title>', f'<desc id="d">{text}</desc>',
             f'<rect width="{wide}" height="{high}" fill="{WHITE}"/>', *self.parts, "</svg>\n")
        )  # fmt: skip

    def whole(self) -> None:
        outline, room = self.outline, self.width - 2 * MARGIN
        self._write(MARGIN, [(outline.title, True)], TITLE, room)
        self.y += 6
        self._write(MARGIN, [(outline.purpose, False)], BODY, min(room, 900), QUIET)
        if outline.rows:
            self._steps()
        self._boxes("guides", outline.guides)
        self._boxes("registers", outline.registers)
        self._boxes("decides", outline.decides)
        self._boxes("documents", outline.documents)
        if outline.year:
            self._year()

    # ------------------------------------------------------------------------------------------------ parts

    def _heading(self, name: str) -> None:
        self.y += 2 * GAP
        self._write(MARGIN, [(self.outline.words[name], True)], HEAD + 4, self.width)
        self.y += 8

    def _steps(self) -> None:
        self._heading("steps")
        outline = self.outline
        columns = [MARGIN + STEP + GAP + at * (TRACK + GAP) for at in range(len(outline.tracks))]
        begin = len(self.parts)
        top = self.y
        if outline.tracks:
            self._beside(
                [(x, TRACK, [Line(track)]) for x, track in zip(columns, outline.tracks, strict=True)],
                bold=True,
            )
        for at, row in enumerate(outline.rows):
            before = self.y
            cells = [(x, TRACK, lines) for x, lines in zip(columns, row.tracks, strict=True)]
            lowest = self._beside(cells)
            self.y = before
            self._box(MARGIN, STEP, row.step)
            if at + 1 < len(outline.rows):
                self._arrow(MARGIN + 40, max(self.y, lowest))
            self.y = max(self.y, lowest) + GAP + 6
        if any(outline.at_each_gate):
            self._write(MARGIN, [(outline.words["gates"], True)], BODY, STEP)
            self.y -= BODY * LEADING
            self.y = self._beside(
                [(x, TRACK, lines) for x, lines in zip(columns, outline.at_each_gate, strict=True)]
            )
        behind = [
            f'<rect x="{x}" y="{top:.0f}" width="{TRACK}" height="{self.y - top:.0f}" rx="8" fill="{PALE}"'
            f' stroke="{QUIET}" stroke-dasharray="5 4"/>'
            for x in columns
        ]
        self.parts[begin:begin] = behind

    def _beside(self, cells: Iterable[tuple[float, float, Sequence[Line]]], *, bold: bool = False) -> float:
        """Write cells beside each other from here down; return where the lowest ends."""
        top = lowest = self.y
        for x, wide, lines in cells:
            self.y = top + PAD
            for line in lines:
                self._line(x + PAD, line, wide - 2 * PAD, bold=bold)
            lowest = max(lowest, self.y + (PAD if lines else 0))
        self.y = lowest
        return lowest

    def _boxes(self, name: str, boxes: Sequence[Box]) -> None:
        if boxes:
            self._heading(name)
            self._side_by_side(boxes)

    def _side_by_side(self, boxes: Sequence[Box]) -> None:
        room = self.width - 2 * MARGIN + GAP
        across = int(room // (BOX + GAP))
        wide = room / across - GAP
        for first in range(0, len(boxes), across):
            top = lowest = self.y
            for at, box in enumerate(boxes[first : first + across]):
                self.y = top
                self._box(MARGIN + at * (wide + GAP), wide, box)
                lowest = max(lowest, self.y)
            self.y = lowest + GAP

    def _year(self) -> None:
        """Draw the months of those checkpoints whose months are known, then all of them in words."""
        self._heading("year")
        if any(mark.months for mark in self.outline.year):
            self._months()
        self._side_by_side(
            [
                Box(box.title, (Line(mark.when[:1].upper() + mark.when[1:]), *box.lines))
                for mark, box in zip(self.outline.year, self.outline.checkpoints, strict=True)
            ]
        )

    def _months(self) -> None:
        wide = (self.width - 2 * MARGIN) / 12
        by_month = [
            [mark.number for mark in self.outline.year if month in mark.months] for month in range(1, 13)
        ]
        high = 24 * max(map(len, by_month)) + 12
        for at, numbers in enumerate(by_month):
            x, fill = MARGIN + at * wide, PALE if at % 2 else WHITE
            self.parts.append(
                f'<rect x="{x:.1f}" y="{self.y:.0f}" width="{wide:.1f}" height="{high + 26}" fill="{fill}"'
                f' stroke="{QUIET}"/>'
            )
            self._text(x + wide / 2, self.y + high + 18, self.outline.months[at], BODY, middle=True)
            for row, number in enumerate(numbers):
                y = self.y + high - 12 - 24 * row
                self.parts.append(f'<circle cx="{x + wide / 2:.1f}" cy="{y:.0f}" r="13" fill="{BAND}"/>')
                self._text(x + wide / 2, y + 4, number, 11, WHITE, bold=True, middle=True)
        self.y += high + 26 + GAP

    # ------------------------------------------------------------------------------------------------ pieces

    def _box(self, x: float, wide: float, box: Box) -> None:
        """Draw a box with its title in a band, from here down."""
        top, at = self.y, len(self.parts)
        self.y += PAD - 2
        self._write(x + PAD, [(box.title, True)], HEAD, wide - 2 * PAD, WHITE)
        band = self.y + 4
        self.y = band + PAD - 4
        for line in box.lines:
            self._line(x + PAD, line, wide - 2 * PAD)
        self.y += PAD - 6
        outer = (
            f'<rect x="{x:.0f}" y="{top:.0f}" width="{wide:.0f}" height="{self.y - top:.0f}" rx="8" fill="{WHITE}"'
            f' stroke="{BAND}" stroke-width="1.5"/>'
        )
        inner = f'<path d="M{x:.0f} {band:.0f}V{top + 8:.0f}q0-8 8-8H{x + wide - 8:.0f}q8 0 8 8V{band:.0f}z" fill="{BAND}"/>'
        self.parts[at:at] = [outer, inner]

    def _line(self, x: float, line: Line, wide: float, *, bold: bool = False) -> None:
        """Write a line of a box: its number in front, the rest indented beside it."""
        indent = max(34.0, width_of(line.number, BODY) + 8) if line.number else 0.0
        if line.number:
            self._text(x, self.y + BODY, line.number, BODY, bold=True)
        text = f"{line.text} ({line.note})" if line.note else line.text
        self._write(x + indent, [(text, bold)], BODY, wide - indent)
        self.y += 3

    def _write(
        self, x: float, runs: Iterable[tuple[str, bool]], size: float, wide: float, ink: str = INK
    ) -> None:
        for text, bold in runs:
            for line in wrapped(text, wide / (1.12 if bold else 1), size):
                self._text(x, self.y + size, line, size, ink, bold=bold)
                self.y += size * LEADING

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        ink: str = INK,
        *,
        bold: bool = False,
        middle: bool = False,
    ) -> None:
        more = (' font-weight="bold"' if bold else "") + (' text-anchor="middle"' if middle else "")
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{ink}"{more}>{escape(text)}</text>'
        )

    def _arrow(self, x: float, y: float) -> None:
        self.parts.append(
            f'<path d="M{x:.0f} {y + 2:.0f}v{GAP}m-5-6l5 6l5-6" fill="none" stroke="{INK}" stroke-width="2"/>'
        )
