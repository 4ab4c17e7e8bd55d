"""Which organisations may be met where: a tenant that names its own shows nobody else's, and nobody else shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class Borders:
    """*named* is by door and tenant: the names of the organisations that belong there, as somebody typed them.

    A tenant that names none may have any that no other has named. What isn't in *named*, such as another door, has no
    border.
    """

    named: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def are_at(self, door: str, tenant: str) -> bool:
        """Tell whether there is anything that may not be met there."""
        return (door, tenant) in self.named and any(self.named.values())

    def allow(self, door: str, tenant: str, organisation: str) -> bool:
        """Tell whether the organisation of that name may be met there."""
        if (door, tenant) not in self.named:
            return True
        own = self.named[door, tenant]
        if own:
            return _is_among(organisation, own)
        return not any(_is_among(organisation, theirs) for theirs in self.named.values())

    def of(self, door: str, tenant: str) -> tuple[str, ...]:
        """Return the names of the tenant's own organisations; none where it may have any."""
        return self.named.get((door, tenant), ())


def _is_among(organisation: str, names: tuple[str, ...]) -> bool:
    return any(is_the_same(organisation, name) for name in names)


def is_the_same(name: str, other: str) -> bool:
    """Tell whether both name one organisation: whatever the case and the spaces, as everywhere, and how å is kept."""
    return _folded(name) == _folded(other)


def _folded(name: str) -> str:
    return " ".join(normalize("NFC", name).casefold().split())


NONE = Borders()
