"""An audit in a file: a line in front that says what it is, a line a link, and a last line with the heads and a checksum."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from typing import Any

from dialogs.model.audit import Checked, Head, Link, checked

NAME = "metodcoach-audit"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class AuditFile:
    """What a file holds: when it was written, and its chains as they were found."""

    exported: datetime
    chains: Sequence[Checked]


class NotAnAudit(ValueError):  # noqa: N818 - said to whoever gave the file
    """The file can't be used: it is something else, not whole, or not what was written. The argument says which."""


def as_lines(chains: Iterable[tuple[str, Iterable[Link]]], *, at: datetime) -> Iterator[bytes]:
    """Yield the file's lines, one after the other, however many there are."""
    digest, heads, count = sha256(), [], 0
    for line in _lines(chains, at):
        if isinstance(line, Head):
            heads.append(asdict(line))
            count += line.number
            continue
        digest.update(line)
        yield line
    yield _line({"heads": heads, "links": count, "sha256": digest.hexdigest()})


def _lines(chains: Iterable[tuple[str, Iterable[Link]]], at: datetime) -> Iterator[bytes | Head]:
    """Yield each line, and after those of a chain its head."""
    yield _line({"is": NAME, "format": FORMAT, "exported": at.astimezone(UTC).isoformat()})
    for organisation, links in chains:
        head = Head(organisation, 0, "")
        for link in links:
            yield _line({**asdict(link), "at": link.at.astimezone(UTC).isoformat(timespec="microseconds")})
            head = Head(organisation, link.number, link.hash)
        yield head


def read_lines(lines: Iterable[bytes]) -> AuditFile:
    """Return what the file holds. Raises ``NotAnAudit`` with ``other``, ``cut`` or ``changed``."""
    digest, waiting = sha256(), iter(lines)
    first = next(waiting, b"")
    start = _object(first, "other")
    if start.get("is") != NAME or start.get("format") != FORMAT:
        raise NotAnAudit("other")
    digest.update(first)
    last: dict[str, Any] = {}

    def links() -> Iterator[Link]:
        for line in waiting:
            told = _object(line, "cut")
            if "heads" in told:
                last.update(told)
                return
            digest.update(line)
            try:
                yield Link(**{**told, "at": datetime.fromisoformat(told["at"])})
            except (TypeError, KeyError, ValueError):
                raise NotAnAudit("changed") from None

    told = links()
    chains = [checked(of, them) for of, them in groupby(told, key=lambda link: link.organisation)]
    for _ in told:  # what comes after a broken link counts in the checksum all the same
        pass
    if not last:
        raise NotAnAudit("cut")
    if last.get("sha256") != digest.hexdigest() or next(waiting, b"").strip():
        raise NotAnAudit("changed")
    return AuditFile(datetime.fromisoformat(start["exported"]), chains)


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _object(line: bytes, otherwise: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError:
        raise NotAnAudit(otherwise) from None
    if not isinstance(told, dict):
        raise NotAnAudit(otherwise)
    return told
