"""What Word's format needs beyond what its library does in one call: lists, headings of tables, languages, page numbers."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

_NUMBERING = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
)
_OUTLINE = {"Title": "", "Heading 1": "0"}
INDENT = 360
"""Of a list, in twentieths of a point."""

SIGNS = 80  # on a line across the page, at the size of its text
LONG = 60  # signs in a cell, after which it has to take several lines anyway
PADDING = 3  # signs that the sides of a cell take


class Bullets:
    """A list with bullets, whatever lists the template has. It is put there when something is first listed."""

    def __init__(self, document: "Document") -> None:
        self._document = document
        self._id = 0

    def on(self, line: "Paragraph") -> None:
        """Make the paragraph one of the list's."""
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        if "List Bullet" in self._document.styles:
            line.style = self._document.styles["List Bullet"]
        properties = line._p.get_or_add_pPr()
        numbers = properties.get_or_add_numPr()
        for name, value in (("w:ilvl", 0), ("w:numId", self._number())):
            one = OxmlElement(name)
            one.set(qn("w:val"), str(value))
            numbers.append(one)

    def _number(self) -> int:
        if not self._id:
            self._id = self._add()
        return self._id

    def _add(self) -> int:
        from docx.oxml.ns import qn
        from docx.oxml.parser import parse_xml

        numbering = _numbering(self._document)
        taken = [int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum"))]
        used = [int(one.get(qn("w:numId"))) for one in numbering.findall(qn("w:num"))]
        abstract, number = max(taken, default=-1) + 1, max(used, default=0) + 1
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        described = parse_xml(
            f'<w:abstractNum {space} w:abstractNumId="{abstract}"><w:multiLevelType w:val="singleLevel"/>'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{INDENT * 2}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
            "</w:abstractNum>"
        )
        first = numbering.find(qn("w:num"))  # the described lists stand before those that use them
        if first is not None:
            first.addprevious(described)
        else:
            numbering.append(described)
        numbering.append(
            parse_xml(f'<w:num {space} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>')
        )
        return number


def _numbering(document: "Document") -> Any:
    """Return the element of the document's lists; a template that has never had a list gets its first."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.numbering import NumberingPart

    part = document.part
    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relation.target_part.element
    made = NumberingPart.load(
        PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, _NUMBERING.encode(), part.package
    )
    part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return made.element


def style_named(document: "Document", name: str) -> Any:
    """Return the style; a heading that the template doesn't have is made, so that it is one for those who don't see it."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    if name in document.styles:
        return document.styles[name]
    if name not in _OUTLINE:
        return None
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    style.font.bold = True
    style.font.size = Pt(20 if name == "Title" else 14)
    style.paragraph_format.keep_with_next = True
    if _OUTLINE[name]:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), _OUTLINE[name])
        style.element.get_or_add_pPr().append(level)
    return style


def speak(document: "Document", language: str) -> None:
    """Say which language the text is in, for whoever reads it aloud or looks at its spelling."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = OxmlElement("w:docDefaults")
        styles.insert(0, defaults)
    for name in ("w:rPrDefault", "w:rPr"):
        inner = defaults.find(qn(name))
        if inner is None:
            inner = OxmlElement(name)
            defaults.insert(0, inner)
        defaults = inner
    spoken = defaults.find(qn("w:lang"))
    if spoken is None:
        spoken = OxmlElement("w:lang")
        defaults.append(spoken)
    spoken.set(qn("w:val"), language)
    for one in styles.iter(qn("w:lang")):
        one.set(qn("w:val"), language)


def repeat_heading(row: "_Row") -> None:
    """Let the row be the table's heading: told as such, and repeated on each page."""
    from docx.oxml.parser import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_rows_whole(table: "Table") -> None:
    """Let no row go on on the next page."""
    from docx.oxml.parser import OxmlElement

    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def in_columns(table: "Table", rows: Sequence[Sequence[str]]) -> None:
    """Let the columns be as wide as their words need, and say that the first row is a heading and the first column isn't."""
    from docx.oxml.ns import qn

    width = sum(int(column.width or 0) for column in table.columns)
    for column, share in zip(table.columns, shares(rows), strict=True):
        column.width = wide = round(width * share)
        for cell in column.cells:
            cell.width = wide
    table.autofit = True
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        for name, value in (("firstRow", "1"), ("firstColumn", "0"), ("noVBand", "1"), ("val", "0420")):
            look.set(qn(f"w:{name}"), value)


def shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """Return how much of the line each column gets: its longest word first, then room for what it has to say."""
    words = [
        max((len(word) for cell in column for word in cell.split()), default=0) + PADDING
        for column in zip(*rows, strict=True)
    ]
    texts = [min(max(map(len, column)), LONG) for column in zip(*rows, strict=True)]
    wishes = [max(text - word, 0) for text, word in zip(texts, words, strict=True)]
    room = max(SIGNS - sum(words), 0)
    asked = sum(wishes) or 1
    wide = [word + room * (wish / asked) for word, wish in zip(words, wishes, strict=True)]
    return [one / sum(wide) for one in wide]


def add_page_number(line: "Paragraph") -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    inner = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    inner.append(text)
    field.append(inner)
    line._p.append(field)


def note_on(document: "Document", line: "Paragraph", text: str, *, by: str, at: datetime) -> None:
    """Put a comment on the paragraph. It is dated like the document, not by the clock."""
    from docx.oxml.ns import qn

    comment = document.add_comment(line.runs, text=text, author=by, initials=by[:1])
    comment._comment_elm.set(qn("w:date"), at.strftime("%Y-%m-%dT%H:%M:%SZ"))
