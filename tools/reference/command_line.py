"""The commands of the command line, as a page of tables."""

from collections.abc import Mapping
from typing import Any

import typer

from bot.call import Call
from bot.cli import commands as cli_commands
from tools.reference.tables import table


def cli_page() -> str:
    whole: Any = typer.main.get_command(cli_commands(Call("en")))
    alone = [_usage(f"metodcoach {name}", part) for name, part in whole.commands.items() if not _inside(part)]
    parts = [f"## On their own\n\n{table(('command', 'does'), alone)}"]
    for name, group in whole.commands.items():
        rows = [_usage(f"metodcoach {name} {inner}", part) for inner, part in _inside(group).items()]
        if rows:
            parts.append(f"## {name}\n\n{group.help}\n\n{table(('command', 'does'), rows)}")
    return "\n\n".join(parts)


def _inside(part: Any) -> Mapping[str, Any]:
    return getattr(part, "commands", {})


def _usage(words: str, part: Any) -> tuple[str, str]:
    """Return a command as it is typed, and what its help says."""
    typed = [words]
    for parameter in part.params:
        option = next((name for name in parameter.opts if name.startswith("--")), "")
        if option == "--help":
            continue
        value = "" if option and parameter.is_flag else parameter.metavar or parameter.name.upper()
        said = f"{option} {value}".strip()
        typed.append(said if parameter.required else f"[{said}]")
    return f"`{' '.join(typed)}`", part.help or ""
