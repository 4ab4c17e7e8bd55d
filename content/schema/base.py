"""The ground that every model of a pack file stands on."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
"""A pack's own name for a thing: small letters, digits and hyphens. Ids are for ever, words are not."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


def _hyphened(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Part(BaseModel):
    """A part of a pack file: frozen, and closed to keys that nobody knows."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=_hyphened,
        populate_by_name=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,  # a pack is stored as JSON, which has neither
        defer_build=True,  # a start that reads no pack builds no validator
    )


class Text(
    RootModel[Mapping[Language, Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]]]
):
    """One text in every language of the pack, side by side."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    def said_in(self, language: str) -> str:
        """Return the text in *language*, or in the pack's first language where that one is missing."""
        return self.root.get(language) or next(iter(self.root.values()))

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.root.items())))


class Titled(Part):
    """Something with an id and a title."""

    id: Id
    title: Text


class Option(Titled):
    """One thing that may be chosen."""

    help: Text | None = None


class Media(Part):
    """A film, a print or a page, with what somebody who can't see it needs to know."""

    kind: str = Field(pattern="^(film|print|page)$")
    title: Text
    url: str = Field(pattern=r"^https://", max_length=500)
    alternative: Text
