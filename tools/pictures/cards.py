"""Writes the page of a card: what npm's `adaptivecards` draws of it, in the looks of Teams, in the frame that it stands in."""

import html
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.pictures.scenes import Picture

HERE = Path(__file__).parent

INK, SUBTLE, RED, ACCENT = "#242424", "#616161", "#c4314b", "#5b5fc7"


def library(packages: Path) -> str:
    """Return the program that draws, as it is loaded into a page."""
    file = packages / "node_modules" / "adaptivecards" / "dist" / "adaptivecards.min.js"
    return file.read_text(encoding="utf-8")


def drawing(picture: Picture, draws: str) -> str:
    """Return the page; its title is how high it is."""
    style = (HERE / "cards.css").read_text(encoding="utf-8")
    if picture.kind == "dialog":
        head = f"<header><b>Metodcoach</b><h1>{html.escape(picture.title)}</h1></header>"
    else:
        head = '<header><span class="face">M</span><b>Metodcoach</b><time>09:14</time></header>'
    return (
        f'<!doctype html><html lang="sv"><meta charset="utf-8"><title>0</title><style>{style}</style>'
        f'<body><main class="{picture.kind}">{head}<div id="card"></div></main><script>{draws}</script><script>'
        "const card = new AdaptiveCards.AdaptiveCard();"
        f"card.hostConfig = new AdaptiveCards.HostConfig({_inside(looks())});"
        f"card.parse({_inside(picture.card)});"
        'document.querySelector("#card").appendChild(card.render());'
        # A browser without a language of its own would write the day as Americans do.
        'for (const one of document.querySelectorAll("input[type=date]")) {'
        'const day = one.value; one.type = "text"; one.value = day; }'
        'document.title = document.querySelector("main").offsetHeight</script></body></html>'
    )


def looks() -> Mapping[str, Any]:
    """Return how Teams draws on white. Source: the host configuration of Teams' light theme, as its designers' kit has it."""
    colors = {
        name: {"default": of, "subtle": SUBTLE}
        for name, of in {"default": INK, "accent": ACCENT, "attention": RED, "dark": INK}.items()
    }
    return {
        "supportsInteractivity": True,
        "fontFamily": "'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif",
        "fontSizes": {"small": 12, "default": 14, "medium": 16, "large": 18, "extraLarge": 24},
        "fontWeights": {"lighter": 300, "default": 400, "bolder": 600},
        "lineHeights": {"small": 16, "default": 20, "medium": 22, "large": 24, "extraLarge": 32},
        "spacing": {"small": 4, "default": 8, "medium": 12, "large": 16, "extraLarge": 20, "padding": 16},
        "containerStyles": {
            "default": {"backgroundColor": "#ffffff", "foregroundColors": colors},
            "emphasis": {"backgroundColor": "#f5f5f5", "foregroundColors": colors},
        },
        "inputs": {
            "label": {
                "inputSpacing": "small",
                "requiredInputs": {"weight": "Bolder", "suffix": " *", "suffixColor": "attention"},
                "optionalInputs": {"weight": "Bolder"},
            }
        },
        "actions": {
            "maxActions": 6, "spacing": "default", "buttonSpacing": 8, "actionsOrientation": "horizontal",
            "actionAlignment": "left", "preExpandSingleShowCardAction": False,
        },
    }  # fmt: skip


def _inside(value: Mapping[str, Any]) -> str:
    """Return JSON that can stand in a page's script."""
    return json.dumps(value).replace("<", "\\u003c")
