"""Writes the files of a new pack: small, complete, with remarks that say what to change."""

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files as resources
from importlib.resources.abc import Traversable

from content.schema.base import Id

LANGUAGES = ("sv", "en")  # those that the texts are written in

# The words that stand between braces in the files of `starter/`, and in their names: ids, and what the sample says.
_WORDS: Mapping[str, tuple[str, str]] = {
    "leader": ("ledare", "leader"),
    "member": ("deltagare", "member"),
    "begin": ("kom-igang", "get-going"),
    "plan": ("planera", "plan"),
    "goal": ("vart-vi-ska", "where-to"),
    "rhythm": ("hur-ofta", "how-often"),
    "weekly": ("varje-vecka", "weekly"),
    "monthly": ("varje-manad", "monthly"),
    "between": ("mellan-motena", "between-meetings"),
    "what-to-do": ("vad-gor-vi", "what-to-do"),
    "warm-up": ("det-som-fungerar", "what-works"),
    "on-your-own": ("var-for-sig", "on-your-own"),
    "works": ("vad-fungerar", "works-well"),
    "together": ("tillsammans", "together"),
    "build-on": ("bygga-pa", "build-on"),
    "measures": ("insatser", "measures"),
    "name": ("vad", "what"),
    "day": ("klart-den", "done-by"),
    "planned": ("planerad", "planned"),
    "done": ("gjord", "done"),
    "our-plan": ("var-plan", "our-plan"),
    "review": ("arets-genomgang", "review-of-the-year"),
    "learnt": ("vad-vi-lart-oss", "what-we-learnt"),
    "first-time": ("forsta-gangen", "the-first-time"),
    "organisation": ("Exempelby kommun", "Exempelby"),
    "unit": ("Biblioteket", "The library"),
    "the-goal": ("Fler ska hitta till biblioteket.", "More people should find the library."),
    "the-choice": ("Varje månad", "Every month"),
    "the-contact": ("I en gemensam kanal.", "In a channel of our own."),
    "the-measure": ("Bjuda in skolorna", "Invite the schools"),
    "the-lesson": ("Att skolorna gärna kommer.", "That the schools like to come."),
    "checkpoints": ("hållpunkter", "checkpoints"),
    "settle": ("fastställ", "settle"),
    "ready": ("klart", "done"),
}
_TEXT = re.compile(r"(\s*)(# )?(sv|en): (.*)")
_TOKEN = re.compile(r"\{([a-z-]+)\}")
_ID = re.compile(getattr(Id, "__metadata__")[0].pattern)  # noqa: B009 - what an Annotated has, its type doesn't say


def is_id(word: str) -> bool:
    return bool(_ID.fullmatch(word)) and len(word) <= 60


def title_of(id: str) -> str:
    """Return a title for a pack that has none yet: its id as words."""
    words = id.replace("-", " ")
    return words[0].upper() + words[1:]


def new_pack(id: str, *, title: str, languages: Sequence[str], remarks: str) -> dict[str, bytes]:
    """Return the files of a new pack with texts in *languages*, the first one first, and remarks in one of them.

    *id* is one that ``is_id`` takes, *languages* are of ``LANGUAGES``. The title is written as it is, between quotes.
    """
    words = {key: pair[LANGUAGES.index(languages[0])] for key, pair in _WORDS.items()}
    words |= {"id": id, "title": _quoted(title), "language": languages[0]}
    return {
        _named(name, words): "".join(_lines(text, words, languages, remarks)).encode()
        for name, text in _starter(resources("content").joinpath("starter"))
    }


def _starter(folder: Traversable, inside: str = "") -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _starter(entry, f"{inside}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            yield inside + entry.name, entry.read_text(encoding="utf-8")


def _named(name: str, words: Mapping[str, str]) -> str:
    """Return the file's name in the pack: what it is about is called by its id there."""
    folder, slash, file = name.rpartition("/")
    number, about = re.fullmatch(r"(\d+-)?(.*)\.yaml", file).groups(default="")  # type: ignore[union-attr]
    return f"{folder}{slash}{number}{words.get(about, about)}.yaml"


def _lines(text: str, words: Mapping[str, str], languages: Sequence[str], remarks: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.strip() == "- {languages}":
            yield from (f"{line.partition('-')[0]}- {language}\n" for language in languages)
            continue
        said = _TEXT.fullmatch(line)
        if said is None:
            yield f"{_filled(line, words)}\n"
            continue
        pad, remark, language, _ = said.groups(default="")
        if remark and language == remarks:
            yield f"{pad}# {_filled(said[4], words)}\n"
        elif not remark and language in languages:
            yield f"{_filled(line, words)}\n"


def _filled(line: str, words: Mapping[str, str]) -> str:
    return _TOKEN.sub(lambda found: words[found[1]], line)


def _quoted(text: str) -> str:
    """Return a text as YAML that reads as it is: between single quotes, on one line."""
    flat = " ".join(text.split()).replace("'", "''")
    return f"'{flat}'"
