"""The organisation's own Word template: its styles, margins, headers and footers, without what stands on its page."""

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

if TYPE_CHECKING:
    from docx.document import Document

_TYPES = "[Content_Types].xml"
_TEMPLATE = b"wordprocessingml.template.main+xml"
_DOCUMENT = b"wordprocessingml.document.main+xml"


def opened(template: bytes) -> "Document":
    """Return an empty document that looks as the template does. Raises ``ValueError`` when it isn't a Word file."""
    import docx

    if not template:
        return _on_a4(docx.Document())
    try:
        document = docx.Document(BytesIO(_as_document(template)))
    except (
        BadZipFile,
        KeyError,
        ValueError,
        OSError,
        SyntaxError,
    ) as error:  # lxml's errors are SyntaxErrors
        raise ValueError("this is no Word template") from error
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
    return document


def _on_a4(document: "Document") -> "Document":
    """Return the library's own empty page, which is American, as wide and as high as paper is here."""
    from docx.shared import Cm

    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    return document


def repacked(made: bytes) -> bytes:
    """Return the file with no time of its own in it: the same document is the same bytes."""
    written = BytesIO()
    with ZipFile(BytesIO(made)) as read, ZipFile(written, "w", ZIP_DEFLATED) as packed:
        for part in read.infolist():
            packed.writestr(ZipInfo(part.filename), read.read(part), ZIP_DEFLATED)
    return written.getvalue()


def _as_document(template: bytes) -> bytes:
    """Return a .dotx as a .docx: the two differ in one word."""
    with ZipFile(BytesIO(template)) as read:
        if _TEMPLATE not in read.read(_TYPES):
            return template
        written = BytesIO()
        with ZipFile(written, "w", ZIP_DEFLATED) as packed:
            for part in read.infolist():
                content = read.read(part)
                changed = content.replace(_TEMPLATE, _DOCUMENT) if part.filename == _TYPES else content
                packed.writestr(part, changed)
    return written.getvalue()
