"""The audit's links, how each is tied to the one before, and what is wrong with a chain that doesn't hold."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

FURTHER = 1000
"""A link that was moved is looked for among so many places past its own."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of an organisation's chain ("" for the whole installation): ids, kinds and hashes, never names or texts."""

    organisation: str
    number: int
    kind: str
    person: str
    about: str
    digest: str
    at: datetime
    previous: str
    hash: str


Wrong = Literal["changed", "missing", "shifted", "unlinked", "cut", "replaced"]
"""What is wrong at a link.

*changed*: it says something else than when it was written. *missing*: links before it are gone. *shifted*: it was
written as another number, for links were put in, taken out, or have changed places. *unlinked*: it doesn't follow the
link before it. Beside an earlier state, which alone tells of these two: *cut*: the chain ends before it.
*replaced*: another link stands in its place.
"""


@dataclass(frozen=True, slots=True)
class Broken:
    """What is wrong, from which link on; of a shifted one, the number that it was written as."""

    wrong: Wrong
    number: int
    was: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain has come: its last link's number and hash."""

    organisation: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A chain as it was found: its head as far as it holds, and what is wrong after that."""

    head: Head
    broken: Broken | None = None


def link_hash(link: Link, number: int = 0) -> str:
    """Return the hash of the link's own fields and of the link before it; as if it had another *number*, if given."""
    at = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields = (
        link.previous, link.organisation, number or link.number, link.kind, link.person, link.about, link.digest, at,
    )  # fmt: skip
    return sha256(json.dumps(fields).encode()).hexdigest()


def checked(organisation: str, links: Iterable[Link], earlier: Head | None = None) -> Checked:
    """Follow a chain from its first link, as far as it holds; *earlier* is how far it once had come."""
    head = Head(organisation, 0, "")
    for link in links:
        broken = _wrong_with(link, head)
        if broken is None and earlier is not None and link.number == earlier.number:
            broken = Broken("replaced", link.number) if link.hash != earlier.hash else None
        if broken is not None:
            return Checked(head, broken)
        head = Head(organisation, link.number, link.hash)
    if earlier is not None and head.number < earlier.number:
        return Checked(head, Broken("cut", head.number + 1))
    return Checked(head)


def _wrong_with(link: Link, before: Head) -> Broken | None:
    if link.number != before.number + 1:
        return Broken("missing", before.number + 1)
    if link_hash(link) != link.hash:
        places = range(1, link.number + FURTHER)
        was = next((one for one in places if link_hash(link, one) == link.hash), 0)
        return Broken("shifted", link.number, was) if was else Broken("changed", link.number)
    if link.previous != before.hash:
        return Broken("unlinked", link.number)
    return None
