"""A method with a question of each visibility and one for every unit, small enough to talk through in a test."""

from pathlib import Path

PACK = """\
id: litet
version: 1.0.0
format: 1
languages: [sv, en]
title: {sv: Litet, en: Small}
purpose: {sv: Att prova, en: To try}
roles:
  - {id: ledare, title: {sv: Ledare, en: Leader}, deputy: true, at-most: 1, may: [settle, sign, consent, read-private]}
  - {id: grupp, title: {sv: Gruppen, en: Group}, may: [consent]}
leader: ledare
group: grupp
entries:
  - {id: nystart, title: {sv: Nystart, en: New start}, from-step: ett}
steps: [ett]
"""

STEP = """\
id: ett
title: {sv: Ett, en: One}
form: talk
why: {sv: Därför, en: Because}
takes-part: {sv: Alla, en: Everybody}
how: {sv: Så, en: So}
questions:
  - {id: mal, kind: text, ask: {sv: Vart vill ni?, en: Where to?}, why: {sv: Därför, en: Because}}
  - {id: enhet, kind: text, who: each-unit, ask: {sv: Vad gör enheten?, en: What does the unit do?}, why: {sv: D, en: B}}
  - id: hemligt
    kind: text
    who: each
    visibility: anonymous
    ask: {sv: Vad är svårt?, en: What is hard?}
    why: {sv: Därför, en: Because}
  - id: enskilt
    kind: text
    who: each
    visibility: leader-and-coach
    ask: {sv: Hur mår du?, en: How are you?}
    why: {sv: Därför, en: Because}
gate:
  leaves: {sv: Svar, en: Answers}
"""

DOCUMENT = """\
id: rapport
title: {sv: Rapport, en: Report}
headings:
  - title: {sv: Mål, en: Goal}
    parts: [{answer: mal}, {answer: enhet}]
"""

WALK = """\
id: kort
title: {sv: Kort, en: Short}
what: {sv: Ett samtal, en: A conversation}
day: 2027-03-15
organisation: Kommunen
units: [Skola]
people:
  ada: {name: Ada, roles: [ledare], unit: Skola}
scenes:
  - {who: ada, says: Framåt, to: "1.1"}
  - {who: ada, presses: settle, on: "1.1", expect: {asks: ["1.2.1"], settled: {"1.1": Framåt}}}
"""

FILES = {
    "pack.yaml": PACK, "steps/01-ett.yaml": STEP, "documents/rapport.yaml": DOCUMENT, "walkthroughs/kort.yaml": WALK,
}  # fmt: skip

START = (
    "/som Karin Ek",
    "starta",
    "Ljungby",
    "Litet",
    "-",
    "Skola",
    "-",
    "ny person: Karin Ek, ledare, Skola",
)


def put_into(folder: Path, **changed: str) -> Path:
    """Write the method's files; return its folder."""
    home = folder / "litet"
    for name, text in {**FILES, **changed}.items():
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return home
