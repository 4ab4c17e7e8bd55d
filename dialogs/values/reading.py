"""Reads a value out of what somebody typed, by the question's kind; or says kindly what is wrong with it."""

import re
from datetime import date
from typing import Any, assert_never

from content.schema.questions import (
    BodySpec,
    ChoiceSpec,
    ChoicesSpec,
    CommitmentSpec,
    DateSpec,
    DecisionSpec,
    FileSpec,
    ListSpec,
    NumberSpec,
    PersonSpec,
    RankingSpec,
    RecordSpec,
    ReferenceSpec,
    ScaleSpec,
    Source,
    Spec,
    TextSpec,
    UnitSpec,
    WithoutYear,
)  # fmt: skip
from dialogs.model.answers import Value
from dialogs.model.problem import Problem
from dialogs.values.asking import Asking, Options, from_source, options_of
from dialogs.values.composed import trimmed
from dialogs.values.days import read_day
from dialogs.values.names import Match, find, fold
from dialogs.values.numbers import read_number, write_number

LONGEST = 20_000
"""The most characters that one text may have."""

# also what turns the reading direction around, and halves of characters, which nothing can store
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")
_DOTS = re.compile(r"(.+?)(?:\s*[:=]\s*|\s+)(\d{1,2})")  # a name and how many dots it gets
_SLIP = 0.85  # where own words are taken too, only a slip of the pen is taken for an option
_EMOJI = re.compile(r":[a-z0-9_'+-]+:")  # as Slack passes them on
_URL = re.compile(r"https?://\S+")
_NUMBERS = re.compile(
    r"\d{1,2}(?:(?:\s*[,;&]\s*|\s+(?:(?:och|and)\s+)?)\d{1,2})+"
)  # several by their numbers
_ALL = {"alla", "alla fem", "ja, alla", "ja alla", "all", "all of them", "yes, all", "samtliga"}
_YES = {"ja", "yes"}


def clean(text: str) -> str | Problem:
    """Return *text* composed, with nothing unseen around it, line ends as one sign; or what is wrong with it."""
    said = trimmed(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not said:
        return Problem("empty-text")
    if len(said) > LONGEST:
        return Problem("text-too-long", {"count": len(said), "most": LONGEST})
    if _CONTROL.search(said):
        return Problem("control-characters")
    return said


def has_words(text: str) -> bool:
    """Say whether *text* holds a letter or a figure, and not signs and emoji alone, however a platform writes those."""
    return any(sign.isalnum() for sign in _EMOJI.sub("", text))


def read(spec: Spec | Any, text: str, asking: Asking, *, speaker: str = "") -> Value | Problem:
    """Return the value that *text* gives for a question or field of this kind."""
    said = clean(text)
    if isinstance(said, Problem):
        return said
    match spec:
        case TextSpec():
            return said
        case ChoiceSpec():
            return _choice(said, spec, options_of(spec, asking))
        case ChoicesSpec():
            return _choices(said, spec, options_of(spec, asking))
        case ScaleSpec(lowest=lowest, highest=highest):
            if re.fullmatch(r"-?[0-9]{1,9}", said) and lowest <= int(said) <= highest:
                return int(said)
            return Problem("scale-outside", {"lowest": lowest, "highest": highest})
        case NumberSpec():
            return _number(said, spec, asking.language)
        case DateSpec(past=past, without_year=without_year):
            return _date(said, asking.today, past=past, without_year=without_year)
        case PersonSpec(role=role):
            roster = asking.journey.roster
            members = roster.holders(role) if role else roster.members
            if speaker and fold(said) in ("jag", "me", "i"):
                return speaker
            people = tuple((member.person.id, member.person.name) for member in members)
            return _named(find(said, people, numbered=False), "person-unknown", said)
        case UnitSpec():
            units = tuple((unit.id, unit.name) for unit in asking.journey.roster.units)
            return _named(find(said, units), "unit-unknown", said)
        case BodySpec():
            return _body(said, asking)
        case ReferenceSpec(register_=register, where=where):
            options = from_source(Source(register_=register, where=where), asking)
            return _named(find(said, options), "record-not-found", said)
        case ListSpec(at_least=at_least):
            entries = _entries(said)
            return (
                entries
                if len(entries) >= at_least
                else Problem("too-few", {"n": at_least, "count": len(entries)})
            )
        case FileSpec():
            return _link(said)
        case CommitmentSpec():
            return _confirmed(said, spec, asking)
        case DecisionSpec():
            return _decision(said, asking)
        case RankingSpec(dots=dots):
            return _dots(said, dots, options_of(spec, asking))
        case RecordSpec():
            return Problem("use-the-form")
        case _:
            assert_never(spec)


_NEAR = {
    "person-unknown": "person-unknown-near",
    "unit-unknown": "unit-unknown-near",
    "body-unknown": "body-unknown-near",
    "record-not-found": "record-not-found-near",
}


def _named(match: Match, key: str, said: str) -> Value | Problem:
    if match.value is not None:
        return match.value
    return Problem(_NEAR[key] if match.near else key, {"said": said, "near": _or(match.near)})


def _body(said: str, asking: Asking) -> Value | Problem:
    bodies = tuple((body.id, body.name) for body in asking.journey.roster.bodies)
    found = _named(find(said, bodies), "body-unknown", said)
    if isinstance(found, Problem) and found.key == "body-unknown" and bodies:
        return Problem("body-not-among", {"said": said, "names": ", ".join(name for _, name in bodies)})
    return found


def _or(names: tuple[str, ...]) -> str:
    return ", ".join(f"”{name}”" for name in names)


def _choice(said: str, spec: ChoiceSpec, options: Options) -> Value | Problem:
    match = find(said, options, alike=_SLIP if spec.own else 0.6)
    if match.value is not None:
        return match.value
    if spec.own and not match.near:
        return said
    return _unknown_choice(said, match, options)


def _unknown_choice(said: str, match: Match, options: Options) -> Problem:
    if match.near:
        return Problem("choice-near", {"said": said, "near": _or(match.near)})
    if not options:
        return Problem("choice-none-yet")
    return Problem("choice-unknown", {"said": said, "options": ", ".join(label for _, label in options)})


def _choices(said: str, spec: ChoicesSpec, options: Options) -> Value | Problem:
    whole = find(said, options, alike=1)
    parts = [said] if whole.value is not None else _named_parts(said, options)
    if fold(said) in _ALL and whole.value is None:
        parts = [label for _, label in options]
    chosen: list[str] = []
    for part in parts:
        match = find(part, options, alike=_SLIP if spec.own else 0.6)
        if match.value is not None:
            chosen.append(match.value)
        elif spec.own and not match.near:
            chosen.append(part)
        else:
            return _unknown_choice(part, match, options)
    chosen = list(dict.fromkeys(chosen))
    if len(chosen) < spec.at_least:
        return Problem("too-few", {"n": spec.at_least, "count": len(chosen)})
    if spec.at_most is not None and len(chosen) > spec.at_most:
        return Problem("too-many", {"n": spec.at_most, "count": len(chosen)})
    return chosen


def _number(said: str, spec: NumberSpec, language: str) -> Value | Problem:
    number = read_number(said, language=language)
    if number is None:
        return Problem("not-a-number", {"said": said})
    if spec.whole and number != int(number):
        return Problem("not-a-whole-number", {"said": said})
    if spec.least is not None and number < spec.least:
        return Problem("number-too-small", {"least": write_number(spec.least, language=language)})
    if spec.most is not None and number > spec.most:
        return Problem("number-too-large", {"most": write_number(spec.most, language=language)})
    return int(number) if number == int(number) else number


def no_day(said: str, *, today: date) -> Problem:
    """Return what is wrong with words in a day's place."""
    return Problem("not-a-date", {"said": said, "example": f"{today.year + 1}-03-15"})


def _date(said: str, today: date, *, past: bool, without_year: WithoutYear) -> Value | Problem:
    day = read_day(said, today=today, without_year=without_year)
    if day is None:
        return no_day(said, today=today)
    if not past and day < today:
        return Problem("day-has-been", {"day": day})
    return day.isoformat()


def _named_parts(said: str, options: Options, dots: re.Pattern[str] | None = None) -> list[str]:
    """Split at commas too, but not inside an option's own name. *dots* is what may stand after a name."""
    if dots is None and _NUMBERS.fullmatch(said):
        return re.findall(r"\d+", said)
    parts: list[str] = []
    most = 1 + max((label.count(",") for _, label in options), default=0)
    for entry in _entries(said):
        pieces = entry.split(",")
        while pieces:
            together = range(min(most, len(pieces)), 1, -1)
            longest = next((n for n in together if _names(pieces[:n], options, dots)), 1)
            parts.append(",".join(pieces[:longest]).strip())
            pieces = pieces[longest:]
    return [part for part in parts if part]


def _names(pieces: list[str], options: Options, dots: re.Pattern[str] | None) -> bool:
    name = ",".join(pieces).strip()
    found = dots.fullmatch(name) if dots is not None else None
    return find(found[1] if found else name, options).value is not None


def _entries(said: str) -> list[str]:
    parts = re.split(r"[\n;]", said)
    entries = [re.sub(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+", "", part).strip() for part in parts]
    return [entry for entry in entries if entry]


def _link(said: str) -> Value | Problem:
    found = _URL.search(said)
    if found is None:
        return Problem("not-a-link", {"said": said})
    name = (said[: found.start()] + said[found.end() :]).strip(" :-–\n") or found[0]
    return {"name": name, "url": found[0]}


def _confirmed(said: str, spec: CommitmentSpec, asking: Asking) -> Value | Problem:
    options = tuple((option.id, option.title.said_in(asking.language)) for option in spec.items)
    if fold(said) in _ALL | _YES:
        return {"confirms": [id for id, _ in options]}
    confirmed: list[str] = []
    for part in _named_parts(said, options):
        match = find(part, options)
        if match.value is None:
            return _unknown_choice(part, match, options)
        confirmed.append(match.value)
    if not confirmed:
        return Problem("too-few", {"n": 1, "count": 0})
    return {"confirms": list(dict.fromkeys(confirmed))}


def _decision(said: str, asking: Asking) -> Value | Problem:
    """A decision in one line: body; date; reference; what."""
    parts = [part.strip() for part in re.split(r"[;\n]", said, maxsplit=3)]
    if len(parts) < 4:
        return Problem("use-the-form")
    body, day, reference, what = parts
    return decision_of({"body": body, "date": day, "reference": reference, "what": what}, asking)


def decision_of(fields: dict[str, str], asking: Asking) -> Value | Problem:
    """Return a decision out of its four fields as they were typed."""
    body = _body(fields.get("body", ""), asking)
    if isinstance(body, Problem):
        return body
    day = _date(fields.get("date", ""), asking.today, past=True, without_year="latest")
    if isinstance(day, Problem):
        return day
    what = clean(fields.get("what", ""))
    if isinstance(what, Problem):
        return what
    return {"body": body, "date": day, "reference": fields.get("reference", "").strip(), "what": what}


def _dots(said: str, dots: int, options: Options) -> Value | Problem:
    laid: dict[str, int] = {}
    for part in _named_parts(said, options, _DOTS):
        found = None if find(part, options, numbered=False).value else _DOTS.fullmatch(part)
        name, count = (found[1], int(found[2])) if found else (part, 1)
        match = find(name, options)
        if match.value is None:
            return _unknown_choice(name, match, options)
        laid[match.value] = laid.get(match.value, 0) + count
    if sum(laid.values()) > dots:
        return Problem("too-many-dots", {"n": dots, "count": sum(laid.values())})
    # whoever gets none isn't chosen: nobody else may have laid a dot there either
    return {name: count for name, count in laid.items() if count} or Problem("too-few", {"n": 1, "count": 0})
