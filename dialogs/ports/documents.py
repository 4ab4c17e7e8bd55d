"""Documents as they were adopted, and links to files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dialogs.files import FileOut
from dialogs.model.written import Written


@dataclass(frozen=True, slots=True)
class FileLinkRef:
    """What a link to a file leads to, and until when. Whose it is stands in the file's recipe."""

    file: FileOut
    until: datetime


class FileLinks(Protocol):
    """Personal links to files. A link is kept as its hash; whoever opens it is asked for rights anew."""

    def put(
        self, secret: str, file: FileOut, *, organisation: str | None, at: datetime, until: datetime
    ) -> None:
        """Keep it, and forget those that ran out long ago."""

    def get(self, secret: str) -> FileLinkRef | None:
        """Return it, run out or not; None for one that never was, or was forgotten."""


@dataclass(frozen=True, slots=True)
class AdoptedRef:
    """An adopted version of a document: its number, the digest of what is kept, and who entered the decision when."""

    document: str
    number: int
    digest: str
    by: str
    at: datetime
    whole: Written


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """An adopted version of a document, and whether what is kept still is what its digest says."""

    organisation: str
    group: str
    document: str
    number: int
    digest: str
    untouched: bool


class AdoptedDocuments(Protocol):
    """Documents as they were adopted. A version is never changed."""

    def put(self, journey: str, whole: Written, *, by: str, at: datetime) -> str:
        """Keep the version that it says it is; return the digest of what is kept."""

    def last(self, journey: str, document: str) -> int:
        """Return the number of the version that was adopted last; 0 for none."""

    def get(self, journey: str, document: str, number: int = 0) -> Written | None:
        """Return the version; without a number the one that was adopted last."""

    def kept(self) -> Sequence[KeptVersion]:
        """Return every version there is, of real groups, read and looked at one by one."""

    def all(self, journey: str) -> Sequence[AdoptedRef]:
        """Return every version of every document of the journey."""
