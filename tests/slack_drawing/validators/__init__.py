"""Four readers of Block Kit. Each refuses what another lets through; together they have to let through what is drawn."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from tests.slack_drawing.validators import by_blockkit, by_our_rules, by_sdk, by_slackblocks

Surface = Literal["message", "modal", "home"]
Validator = Callable[[Surface, Mapping[str, Any]], None]

VALIDATORS: Mapping[str, Validator] = {
    "slack_sdk": by_sdk.validate,
    "blockkit": by_blockkit.validate,
    "slackblocks": by_slackblocks.validate,
    "our rules": by_our_rules.validate,
}


def refusals(surface: Surface, payload: Mapping[str, Any]) -> dict[str, str]:
    """Return who refuses the payload, and why. A message is its `text` and `blocks`; else it is the view."""
    found: dict[str, str] = {}
    for name, validate in VALIDATORS.items():
        try:
            validate(surface, payload)
        except Exception as error:  # noqa: BLE001 - each library has errors of its own, and some are plain TypeErrors
            found[name] = f"{type(error).__name__}: {error}"
    return found
