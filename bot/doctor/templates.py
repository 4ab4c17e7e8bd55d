"""Looks at the Word templates that documents are laid out by: that the folder is there, and each can be opened."""

import os
from collections.abc import Iterator
from pathlib import Path

from bot.finding import Finding


def template_findings(folder: Path | None) -> Iterator[Finding]:
    if folder is None:
        return
    if not os.access(folder, os.R_OK | os.X_OK) or not folder.is_dir():
        yield Finding("error", "doctor-templates-missing", {"folder": folder})
        return
    from bot.documents.template import opened  # few have templates

    for file in sorted(folder.iterdir()):
        if file.suffix.casefold() not in (".docx", ".dotx") or file.name.startswith("~$"):
            continue
        try:
            opened(file.read_bytes())
        except (ValueError, OSError):
            yield Finding("error", "doctor-template", {"file": file})
