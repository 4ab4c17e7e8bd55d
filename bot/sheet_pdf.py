"""Writes an exercise's sheet as PDF, tagged for screen readers (PDF/UA-1). What people wrote is data, never markup."""

import json
from dataclasses import asdict
from typing import Any

from dialogs.reports.exercise_sheet import Sheet
from dialogs.values.printable import all_printable

TEMPLATE = b"""
#let sheet = json(bytes(sys.inputs.sheet))
#set document(title: sheet.title)
#set text(lang: sheet.language, size: 12pt)
#set page(paper: "a4", margin: (x: 2.2cm, y: 2cm), numbering: "1")
#set par(leading: 0.7em)
#show heading: set block(above: 1.4em, below: 0.8em)
#let lines(count) = for _ in range(count) { block(above: 0.95cm, below: 0cm, line(length: 100%, stroke: 0.5pt + gray)) }
#let shown(text) = text.split("\\n").join(linebreak())

#heading(level: 1, sheet.title)
#par(shown(sheet.why))
#if sheet.intro != "" { par(shown(sheet.intro)) }
#par(strong(sheet.takes))
#if sheet.pairs.len() > 0 {
  heading(level: 2, sheet.pairs_title)
  list(..sheet.pairs.map(shown))
}
#for phase in sheet.phases {
  heading(level: 2, phase.title)
  par(shown(phase.do))
  for asked in phase.questions {
    block(above: 1.2em, strong(shown(asked)), sticky: true)
    lines(sheet.lines)
  }
}
#v(1.4em)
#par(shown(sheet.after))
"""


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return the sheet as PDF. The same sheet gives the same bytes but for the time of writing.

    Where no font has one of its signs, as of a name, it is tagged all the same, but doesn't say that it keeps to the
    standard.
    """
    import typst  # loaded by whoever asks for a sheet

    given = {"sheet": json.dumps(all_printable(asdict(sheet)))}
    made: Any
    try:
        made = typst.compile(TEMPLATE, format="pdf", sys_inputs=given, pdf_standards=["ua-1"])
    except typst.TypstError:
        made = typst.compile(TEMPLATE, format="pdf", sys_inputs=given)
    return bytes(made)
