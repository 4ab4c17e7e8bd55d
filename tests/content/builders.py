"""Builds small packs for tests: good ones, and good ones with one thing changed."""

from collections.abc import Mapping

from content.loader import Loaded, Refused, load
from content.pack import Pack

MANIFEST = """\
id: prov
version: 1.0.0
format: 1
languages: [sv, en]
title: {sv: Prov, en: Trial}
purpose: {sv: Att prova, en: To try}
tags:
  - id: omraden
    title: {sv: Områden, en: Areas}
    values:
      - {id: skola, title: {sv: Skola, en: School}}
      - {id: vard, title: {sv: Vård, en: Care}}
roles:
  - id: ledare
    title: {sv: Ledare, en: Leader}
    may: [settle, sign]
leader: ledare
entries:
  - {id: nystart, title: {sv: Nystart, en: New start}, from-step: forsta}
steps: [forsta, andra]
tracks: [mal]
decides:
  - id: ideval
    title: {sv: Val av idé, en: Choice of an idea}
    by: committee
    body: organ
    records: {register: ideer, to: [ny], where: {filled: namn}}
  - {id: lag, title: {sv: Läge, en: State}, role: ledare}
"""

FIRST = """\
id: forsta
title: {sv: Första, en: First}
form: talk
why: {sv: Därför, en: Because}
takes-part: {sv: Alla, en: Everybody}
how: {sv: Så, en: So}
questions:
  - id: natverk
    kind: choice
    ask: {sv: Är ni med?, en: Are you in?}
    why: {sv: Därför, en: Because}
    options:
      - {id: ja, title: {sv: Ja, en: "Yes"}}
      - {id: nej, title: {sv: Nej, en: "No"}}
  - id: antal
    kind: number
    ask: {sv: Hur många?, en: How many?}
    why: {sv: Därför, en: Because}
    when: {equals: {question: natverk, to: ja}}
gate:
  leaves: {sv: Ett svar, en: An answer}
  must:
    - rule: {answered: natverk}
      say: {sv: Svara först, en: Answer first}
"""

SECOND = """\
id: andra
title: {sv: Andra, en: Second}
form: workshop
why: {sv: Därför, en: Because}
takes-part: {sv: Alla, en: Everybody}
how: {sv: Så, en: So}
questions:
  - id: ideer
    kind: record
    register: ideer
    ask: {sv: Vilka idéer?, en: Which ideas?}
    why: {sv: Därför, en: Because}
  - id: organ
    kind: body
    ask: {sv: Vilken nämnd?, en: Which committee?}
    why: {sv: Därför, en: Because}
  - id: borjan
    kind: date
    ask: {sv: När börjar ni?, en: When do you begin?}
    why: {sv: Därför, en: Because}
  - id: takt
    kind: choice
    ask: {sv: Hur ofta?, en: How often?}
    why: {sv: Därför, en: Because}
    options:
      - {id: manad, title: {sv: Varje månad, en: Every month}}
      - {id: kvartal, title: {sv: Varje kvartal, en: Every quarter}}
  - id: lage
    kind: text
    ask: {sv: Hur går det?, en: How is it going?}
    why: {sv: Därför, en: Because}
    again: uppfoljning
exercises: [varfor]
gate:
  leaves: {sv: Idéer, en: Ideas}
"""

TRACK = """\
id: mal
title: {sv: Mål, en: Goal}
why: {sv: Därför, en: Because}
shown: malbild
asked:
  - with-step: forsta
    questions:
      - id: malbild
        kind: text
        ask: {sv: Vart vill ni?, en: Where to?}
        why: {sv: Därför, en: Because}
"""

REGISTER = """\
id: ideer
title: {sv: Idéer, en: Ideas}
singular: {sv: idé, en: idea}
what: {sv: Det ni kommer på, en: What you think of}
scope: group
title-field: namn
fields:
  - {id: namn, kind: text, title: {sv: Namn, en: Name}}
  - {id: namnd, kind: body, title: {sv: Nämnd, en: Committee}}
  # where the idea belongs
  - id: omrade
    kind: choice
    title: {sv: Område, en: Area}
    options-from: {tag: omraden}
  - id: dag
    kind: date
    title: {sv: Dag, en: Day}
  - {id: vem, kind: person, title: {sv: Vem, en: Who}}
states:
  - {id: ny, title: {sv: Ny, en: New}}
  - id: klar
    title: {sv: Klar, en: Done}
    must:
      - rule: {filled: dag}
        say: {sv: Skriv dagen, en: Write the day}
ready-made:
  - id: forst
    fields: {namn: {sv: Först, en: First}, omrade: skola}
decision: {body: namnd, date: dag, reference: namn}
criteria:
  - {id: dagen, title: {sv: Dagen, en: The day}, level: must, rule: {after: {field: dag}}}
requires:
  - {to: [ny], rule: {filled: namn}, say: {sv: Skriv namnet, en: Write the name}}
tells:
  - {state: ny, who: adder, field: namn}
prolonging:
  - {date: dag, in: [ny], must: [{rule: {filled: vem}, say: {sv: Skriv vem, en: Write who}}]}
"""

CYCLE = """\
checkpoints:
  - id: arsplan
    title: {sv: Årsplan, en: Plan of the year}
    why: {sv: Därför, en: Because}
    do: {sv: Skriv planen, en: Write the plan}
    who: ledare
    when: {kind: meeting-in, body: organ, month: 11}
    ahead: [{months: 2}, {weeks: 3}, {working-days: 5}]
    questions:
      - id: mal-i-ar
        kind: text
        who: each-unit
        ask: {sv: Vad vill ni i år?, en: What do you want this year?}
        why: {sv: Därför, en: Because}
    document: rapport
  - id: arsdag
    title: {sv: Årsdag, en: Day of the year}
    why: {sv: Därför, en: Because}
    do: {sv: Fira, en: Celebrate}
    when: {kind: rrule, rrule: "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1"}
  - id: ideplats
    title: {sv: Idé till nämnden, en: Idea to the committee}
    why: {sv: Därför, en: Because}
    do: {sv: Ta upp idén, en: Bring the idea}
    owner: vem
    when:
      kind: next-meeting-after
      body: organ
      date: {register: ideer, field: dag, where: {equals: {field: state, to: ny}}}
  - id: utvardering
    title: {sv: Utvärdering, en: Evaluation}
    why: {sv: Därför, en: Because}
    do: {sv: Utvärdera, en: Evaluate}
    when: {kind: before-date, date: {register: ideer, field: dag}}
    done: {filled: dag}
  - id: efterat
    title: {sv: Efteråt, en: Afterwards}
    why: {sv: Därför, en: Because}
    do: {sv: Se tillbaka, en: Look back}
    when: {kind: after-date, date: {question: borjan}, offset: {months: 6}}
  - id: samtal
    title: {sv: Samtal, en: Talk}
    why: {sv: Därför, en: Because}
    do: {sv: Prata, en: Talk}
    when:
      kind: times-per-year
      windows:
        - {id: var, title: {sv: Vår, en: Spring}, first: 02-01, last: 05-31}
        - {id: vinter, title: {sv: Vinter, en: Winter}, first: 11-01, last: 01-31}
  - id: uppfoljning
    title: {sv: Uppföljning, en: Follow-up}
    why: {sv: Därför, en: Because}
    do: {sv: Följ upp, en: Follow up}
    when:
      kind: every
      rhythm: takt
      paces: [{option: manad, offset: {months: 1}}, {option: kvartal, offset: {months: 3}}]
      since: {question: borjan}
  - id: avstamning
    title: {sv: Avstämning, en: Check}
    why: {sv: Därför, en: Because}
    do: {sv: Stäm av, en: Check}
    when:
      kind: since
      since: {question: borjan}
      every: {weeks: 4}
      until: {answered: malbild}
  - id: mandat
    title: {sv: Nytt mandat, en: New term}
    why: {sv: Därför, en: Because}
    do: {sv: Presentera arbetet, en: Present the work}
    when: {kind: term-start, of: board, changed-by: borjan}
"""

EXERCISE = """\
id: varfor
title: {sv: Varför, en: Why}
aliases: [{sv: Fem varför, en: Five whys}]
why: {sv: Därför, en: Because}
prepare: [{sv: Boka rum, en: Book a room}]
facilitator: [{sv: Ge tid, en: Give time}]
must:
  - rule: {answered: natverk}
    say: {sv: Svara först, en: Answer first}
phases:
  - id: fraga
    title: {sv: Fråga, en: Ask}
    minutes: 10
    form: pairs
    do: {sv: Fråga varandra, en: Ask each other}
    notes: [{sv: Lyssna, en: Listen}]
    questions:
      - id: berattat
        kind: text
        who: each
        visibility: after-round
        ask: {sv: Vad hörde du?, en: What did you hear?}
        why: {sv: Därför, en: Because}
  - id: samla
    title: {sv: Samla, en: Gather}
    minutes: 5
    do: {sv: Samla er, en: Gather}
    questions:
      - id: bilden
        kind: list
        ask: {sv: Vad ser ni?, en: What do you see?}
        why: {sv: Därför, en: Because}
      - id: orsak
        kind: record
        register: orsaker
        ask: {sv: Varför?, en: Why?}
        why: {sv: Därför, en: Because}
follow-up: [{sv: Gå vidare, en: Go on}]
sheet: {intro: {sv: Skriv här, en: Write here}, lines: 4}
result: {kind: tree, register: orsaker, under: under, root: rot}
"""

CAUSES = """\
id: orsaker
title: {sv: Orsaker, en: Causes}
singular: {sv: orsak, en: cause}
what: {sv: Varför det blir så, en: Why it comes about}
scope: group
title-field: namn
fields:
  - {id: namn, kind: text, title: {sv: Namn, en: Name}}
  - {id: under, kind: reference, register: orsaker, title: {sv: Under, en: Under}}
  - {id: over, kind: reference, register: ideer, title: {sv: Över, en: Over}}
  - {id: dag, kind: date, title: {sv: Dag, en: Day}}
states:
  - {id: ny, title: {sv: Ny, en: New}}
  - {id: rot, title: {sv: Rot, en: Root}}
"""

WALK = """\
id: kort
title: {sv: Kort, en: Short}
what: {sv: Ett samtal, en: A conversation}
day: 2027-03-15
organisation: Kommunen
units: [Skola]
people:
  Ada: {name: Ada, roles: [ledare], unit: Skola}
scenes:
  - {who: Ada, says: ja, to: "1.1"}
  - expect:
      asks: ["1.2"]
      settled: {"1.1": Ja}
"""

DOCUMENT = """\
id: rapport
title: {sv: Rapport, en: Report}
headings:
  - title: {sv: Idéer, en: Ideas}
    parts:
      - {answer: malbild}
      - {register: ideer, columns: [namn, state], sort-by: dag}
"""

GUIDE = """\
id: trappan
title: {sv: Trappan, en: The staircase}
words: [{sv: Internationaliseringstrappan, en: Staircase of steps}]
why: {sv: Därför, en: Because}
questions:
  - id: behov
    kind: choice
    required: true
    title: {sv: Vad behöver ni?, en: What do you need?}
    options:
      - {id: kunskap, title: {sv: Kunskap, en: Knowledge}}
      - {id: pengar, title: {sv: Pengar, en: Money}}
  - {id: varfor, kind: text, title: {sv: Varför?, en: Why?}}
outcomes:
  - id: projekt
    title: {sv: Projekt, en: Project}
    why: {sv: Pengar finns, en: There is money}
    rule: {equals: {field: behov, to: pengar}}
    speaks-for:
      - {rule: {filled: varfor}, say: {sv: Ni vet varför, en: You know why}}
    add: {register: ideer, fields: {namn: {sv: Nytt, en: New}}}
  - id: bevaka
    title: {sv: Bevaka, en: Watch}
    why: {sv: Börja smått, en: Begin small}
note: {register: ideer, outcome: namn, why: namn}
"""

COVERAGE = """\
document: källan
rows:
  - {row: S0-1, item: "question:natverk", walkthrough: kort}
  - {row: S0-2, none: det är en rubrik}
"""

GOOD: Mapping[str, str] = {
    "pack.yaml": MANIFEST,
    "steps/01-forsta.yaml": FIRST,
    "steps/02-andra.yaml": SECOND,
    "tracks/mal.yaml": TRACK,
    "registers/ideer.yaml": REGISTER,
    "cycle.yaml": CYCLE,
    "walkthroughs/kort.yaml": WALK,
    "documents/rapport.yaml": DOCUMENT,
    "guides/trappan.yaml": GUIDE,
    "exercises/varfor.yaml": EXERCISE,
    "registers/orsaker.yaml": CAUSES,
    "coverage.yaml": COVERAGE,
}

BASE = {
    "pack.yaml": "id: bas\nversion: 1.0.0\nformat: 1\nlanguages: [sv, en]\nmethod: false\n"
    "title: {sv: Bas, en: Base}\npurpose: {sv: Grund, en: Ground}\n"
    "tags: [{id: mal, title: {sv: Mål, en: Goals}, values: [{id: ett, title: {sv: Ett, en: One}}]}]\n",
    "registers/ideer.yaml": REGISTER.replace("{tag: omraden}", "{tag: mal}").replace(
        "omrade: skola", "omrade: ett"
    ),
}


def in_bytes(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}


def files(**changed: str | bytes) -> dict[str, bytes]:
    """Return the good pack's files with some files changed or added: ``steps__x="…"`` is ``steps/x.yaml``."""
    named = {name.replace("__", "/").replace("_", "-") + ".yaml": text for name, text in changed.items()}
    return in_bytes({**GOOD, **named})


def with_change(name: str, old: str, new: str) -> dict[str, bytes]:
    """Return the good pack's files with one piece of text changed in one file."""
    assert old in GOOD[name], f"{old!r} is not in {name}"
    return in_bytes({**GOOD, name: GOOD[name].replace(old, new, 1)})


def a_pack(changed: Mapping[str, bytes] | None = None, **used: Pack) -> Pack:
    result = load(changed or files(), used=used)
    assert isinstance(result, Loaded), said(result, "en")
    return result.pack


def refused(changed: Mapping[str, bytes], **used: Pack) -> Refused:
    result = load(changed, used=used)
    assert isinstance(result, Refused)
    return result


def said(result: Refused, language: str = "en") -> list[str]:
    return [problem.said_in(language) for problem in result.problems]


def found(changed: Mapping[str, bytes], **used: Pack) -> list[tuple[str, str]]:
    """Return where and what the problems are."""
    return [(problem.place, problem.key) for problem in refused(changed, **used).problems]
