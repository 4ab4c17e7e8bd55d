"""Reads how a document is asked for: which one, as what kind of file, in which version, with or without its sources."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from content.words import document_words

Form = Literal["docx", "pdf", "md"]
FORMS: tuple[Form, ...] = get_args(Form)
TableForm = Literal["xlsx", "csv"]
TABLE_FORMS: tuple[TableForm, ...] = get_args(TableForm)
"""What a register, or the registers that a document shows, comes as."""

NEWEST = -1
"""The version that was adopted last."""

_VERSION = re.compile(r"(?:^|\s)version\s+(\d{1,3})$", re.IGNORECASE)
_FIRST = re.compile(r"^(?:den |det |the )?(?:antagna|antagen|adopted)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """`version` is 0 for the document as it is now, `NEWEST` or a number for one that was adopted; `form` "" for any."""

    name: str
    form: str = ""
    version: int = 0
    sources: bool = False

    @property
    def about(self) -> str:
        """Return what a recipe keeps of it. The name is the document's id by then."""
        more = f"/{self.version}/{int(self.sources)}" if self.version or self.sources else ""
        return f"{self.name}{more}"


def read_asked(said: str) -> AskedDocument:
    """Return what *said*, the words after the command, ask for. The name is what is left; it may be no document's."""
    name, form, version, sources = " ".join(said.strip(" ?!.").split()), "", 0, False
    if found := _FIRST.match(name):
        name, version = name[found.end() :], NEWEST
    while True:
        if numbered := _VERSION.search(name):
            name, version = name[: numbered.start()], int(numbered[1])
            continue
        ended = next(((w, k) for w, k in document_words().items() if _ends_with(name, w)), None)
        if ended is None:
            return AskedDocument(name.strip(" ,"), form, version, sources)
        word, kind = ended
        name = name[: len(name) - len(word)].rstrip(" ,")
        if kind == "sources":
            sources = True
        elif kind == "adopted":
            version = version or NEWEST
        else:
            form = form or kind


def asked_about(about: str) -> AskedDocument:
    """Return what a recipe keeps."""
    name, _, rest = about.partition("/")
    version, _, sources = rest.partition("/")
    return AskedDocument(name, "", int(version or 0), sources == "1")


def _ends_with(name: str, word: str) -> bool:
    low = name.casefold()
    return low.endswith(f" {word}")
