"""A document as PDF, tagged by PDF/UA-1. What people wrote is handed over as data and never read as markup."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import Any

from dialogs.model.written import Written
from dialogs.values.printable import all_printable


def as_pdf(whole: Written, *, sources: bool = False) -> bytes:
    """Return the file. The same document gives the same bytes, as long as the program is the same.

    Where no font has one of its signs, the file is tagged all the same, but doesn't say that it keeps to the standard.
    """
    import typst  # its library is loaded by whoever makes a file

    page = files(__package__).joinpath("page.typ").read_bytes()
    given = {"document": json.dumps(data_of(whole, sources=sources), default=str)}
    made = datetime.combine(whole.made, time(), UTC)
    try:
        compiled = typst.compile(page, sys_inputs=given, pdf_standards="ua-1", timestamp=made)
    except typst.TypstError:
        compiled = typst.compile(page, sys_inputs=given, timestamp=made)
    return bytes(compiled)


def data_of(whole: Written, *, sources: bool) -> dict[str, Any]:
    """Return what the page reads."""
    told = {
        **asdict(whole),
        "lacks": [asdict(one) for one in whole.lacks] if whole.adopted is None else [],
        "sources": [asdict(one) for one in whole.sources] if sources else [],
    }
    return all_printable(told)  # type: ignore[no-any-return]
