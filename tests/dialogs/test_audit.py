"""A chain of links tells what was done to it: changed, removed, put in, moved, cut off, or written anew."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from dialogs.model.audit import Broken, Head, Link, checked, link_hash
from dialogs.reports.audit_file import NotAnAudit, as_lines, read_lines
from tests.storage.builders import NOW, later


def a_chain(count: int = 5, person: str = "p1") -> list[Link]:
    links: list[Link] = []
    for number in range(1, count + 1):
        previous = links[-1].hash if links else ""
        link = Link("o1", number, "exported", person, f"g{number}", "d", later(number), previous, "")
        links.append(replace(link, hash=link_hash(link)))
    return links


def renumbered(links: Sequence[Link]) -> list[Link]:
    return [replace(link, number=number) for number, link in enumerate(links, start=1)]


def rehashed(link: Link) -> Link:
    return replace(link, hash=link_hash(link))


def swapped(links: list[Link]) -> list[Link]:
    return renumbered([links[0], links[2], links[1], *links[3:]])


def put_in(links: list[Link]) -> list[Link]:
    new = rehashed(replace(links[1], number=3, previous=links[1].hash, about="g9"))
    return renumbered([*links[:2], new, *links[2:]])


TAMPERED: Sequence[tuple[Callable[[list[Link]], list[Link]], Broken]] = (
    (lambda links: [*links[:2], replace(links[2], person="p2"), *links[3:]], Broken("changed", 3)),
    (lambda links: [*links[:2], replace(links[2], at=NOW), *links[3:]], Broken("changed", 3)),
    (lambda links: [*links[:2], rehashed(replace(links[2], person="p2")), *links[3:]], Broken("unlinked", 4)),
    (lambda links: [*links[:2], *links[3:]], Broken("missing", 3)),
    (lambda links: links[1:], Broken("missing", 1)),
    (lambda links: renumbered([*links[:2], *links[3:]]), Broken("shifted", 3, was=4)),
    (swapped, Broken("shifted", 2, was=3)),
    (put_in, Broken("shifted", 4, was=3)),
    (lambda links: [*links, replace(links[-1], number=6)], Broken("shifted", 6, was=5)),
)


@pytest.mark.parametrize(("tamper", "broken"), TAMPERED)
def test_what_was_done_to_a_chain_is_told_from_its_place(tamper, broken):
    found = checked("o1", tamper(a_chain()))

    assert found.broken == broken
    assert found.head.number == broken.number - 1


def test_a_chain_that_was_cut_off_or_written_anew_shows_beside_an_earlier_head_alone():
    whole, head = a_chain(), Head("o1", 4, a_chain()[3].hash)

    assert checked("o1", whole, head).broken is None
    assert checked("o1", whole[:3]).broken is None
    assert checked("o1", whole[:3], head).broken == Broken("cut", 4)
    assert checked("o1", [], head).broken == Broken("cut", 1)
    assert checked("o1", a_chain(person="p2"), head).broken == Broken("replaced", 4)


def test_a_file_gives_back_its_heads_and_shows_when_it_was_touched():
    lines = list(as_lines([("o1", a_chain()), ("o2", ())], at=NOW))

    found = read_lines(lines)

    assert (found.exported, found.chains[0].head) == (NOW, Head("o1", 5, a_chain()[-1].hash))
    touched = {
        "cut": lines[:-1],
        "changed": [*lines[:3], *lines[4:]],
        "other": [b"{}\n", *lines[1:]],
    }
    for wrong, them in touched.items():
        with pytest.raises(NotAnAudit, match=wrong):
            read_lines(them)
