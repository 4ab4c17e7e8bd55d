"""What holds for all tests: a pack's files are parsed once in a process, however many databases they go into."""

from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from content import loader
from content.loaded import Loaded, Refused, checksum


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """Loading is pure: the same bytes make the same packs, which nobody changes."""
    load_all = loader.load_all
    contents: dict[str, Mapping[str, bytes]] = {}

    @cache
    def loaded(packs: tuple[tuple[str, str], ...]) -> Mapping[str, Loaded | Refused]:
        return load_all({name: contents[digest] for name, digest in packs})

    def once(packs: Mapping[str, Mapping[str, bytes]]) -> dict[str, Loaded | Refused]:
        digests = {name: checksum(files) for name, files in packs.items()}
        contents.update((digests[name], files) for name, files in packs.items())
        return dict(loaded(tuple(digests.items())))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "load_all", once)
        yield
