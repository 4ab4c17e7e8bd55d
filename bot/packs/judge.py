"""Judges a pack that somebody sent: what is wrong with it, or what it is and what it changes; and compiles it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.packs.on_disk import read_zip
from content.checks.upgrade import check_upgrade
from content.loader import Loaded, Refused, load
from content.pack import Pack
from content.phrases.book import LANGUAGES
from content.problems import Problem
from dialogs.model.checked_pack import CheckedPack, PackFacts, Slip
from storage.mapping import CHECKED_PACK, pack_text, pack_value


class Compiled(Mapping[str, Pack]):
    """Installed packs by id, each read only if it is asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._read: dict[str, Pack] = {}

    def __getitem__(self, id: str) -> Pack:
        if id not in self._read:
            self._read[id] = pack_value(self._texts[id])
        return self._read[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def judge(zipped: bytes, installed: Mapping[str, str], checksums: Mapping[str, str]) -> CheckedPack:
    """Return what came of checking the zip. *installed* is the newest version of each pack, compiled, by id.

    *checksums* are theirs.
    """
    files = read_zip(zipped)
    packs = Compiled(installed)
    loaded = files if isinstance(files, Refused) else load(files, used=packs)
    if not isinstance(loaded, Loaded):
        return CheckedPack(slips=_slips(loaded.problems))
    old = packs.get(loaded.pack.id)
    there = checksums.get(loaded.pack.id) == loaded.checksum
    if old is not None and not there and (problems := check_upgrade(old, loaded.pack)):
        return CheckedPack(slips=_slips(problems))
    return CheckedPack(_facts(loaded, old, there=there), pack_text(loaded.pack))


def judge_parts(zipped: bytes, checksums: bytes, *texts: bytes) -> Sequence[bytes]:
    """The same in bytes, for a process of its own: the checksums as JSON by id, then a text for each of them."""
    by_id: Mapping[str, str] = json.loads(checksums)
    installed = {id: text.decode() for id, text in zip(by_id, texts, strict=True)}
    return (CHECKED_PACK.text(judge(zipped, installed, by_id)).encode(),)


def _slips(problems: Sequence[Problem]) -> tuple[Slip, ...]:
    return tuple(
        Slip(one.file, one.line, one.field, {language: one.what(language) for language in LANGUAGES})
        for one in problems
    )


def _facts(loaded: Loaded, old: Pack | None, *, there: bool) -> PackFacts:
    pack = loaded.pack
    facts = PackFacts(
        pack.id, pack.version, loaded.checksum, dict(pack.manifest.title.root), pack.manifest.method,
        steps=len(pack.steps), questions=len(pack.places), checkpoints=len(pack.cycle),
    )  # fmt: skip
    return facts if old is None else replace(_against(old, pack, facts), there=there)


def _against(old: Pack, new: Pack, facts: PackFacts) -> PackFacts:
    now = {id: id if id in new.places else new.now_called.get(id) for id in old.places}
    kept = {after: before for before, after in now.items() if after is not None}
    changed = sum(new.places[after].question != old.places[before].question for after, before in kept.items())
    return replace(
        facts, follows=old.version, new=len(new.places) - len(kept), changed=changed,
        gone=sum(after is None for after in now.values()),
    )  # fmt: skip
