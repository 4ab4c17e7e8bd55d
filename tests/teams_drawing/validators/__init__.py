"""Three readers of Adaptive Cards. Each refuses what another lets through; together they let through what is drawn.

Our rules need nothing. The parser is npm's `adaptivecards`; the types are those of `@microsoft/teams.cards`, read by
TypeScript. Both are left out where npm's packages aren't there.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.teams_drawing.validators import by_our_rules

Card = Mapping[str, Any]


def refusal(surface: by_our_rules.Surface, card: Card) -> str:
    """Return why our rules refuse the card, or ""."""
    try:
        by_our_rules.validate(surface, card)
    except Exception as error:  # noqa: BLE001 - a card of the wrong shape fails in many ways
        return f"{type(error).__name__}: {error}"
    return ""


def refusals(surface: by_our_rules.Surface, cards: Sequence[Card]) -> dict[int, str]:
    """Return by place which cards our rules refuse, and why."""
    found = {place: refusal(surface, card) for place, card in enumerate(cards)}
    return {place: why for place, why in found.items() if why}
