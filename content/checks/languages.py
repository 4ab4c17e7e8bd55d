"""Checks that every text is there in every language of the pack, and in no other."""

from collections.abc import Iterator

from content.checks.ground import Ground
from content.problems import Problem
from content.schema.base import Text


def check_languages(ground: Ground) -> Iterator[Problem]:
    manifest = ground.files.manifest
    languages = manifest.part.languages
    for index, language in enumerate(languages):
        if language in languages[:index]:
            yield manifest.source.problem(("languages", index), "pack.listed-twice", name=language)
    for spot in ground.spots:
        if not isinstance(spot.part, Text):
            continue
        for language in languages:
            if language not in spot.part.root:
                yield spot.problem(key="pack.language-missing", language=language)
        for language in spot.part.root:
            if language not in languages:
                yield spot.problem(language, key="pack.language-unknown", language=language, known=languages)
    for walkthrough in ground.files.walkthroughs:
        if walkthrough.part.language not in languages:
            yield walkthrough.source.problem(
                ("language",), "pack.language-unknown", language=walkthrough.part.language, known=languages
            )
