"""Finds which body is meant where meetings are listed: by its whole name, also among a title's words; never by a guess."""

import re
from collections.abc import Sequence
from datetime import date

from dialogs.model.problem import Problem
from dialogs.values.days import read_day
from dialogs.values.names import find, fold

LONGEST_QUOTE = 60
MOST_SEARCHED = 50  # unknown names for which the likely ones are looked for
WEEKDAY = re.compile(
    r"(?:på |on )?(?:mån|tis|ons|tor|fre|lör|sön|mon|tue|wed|thu|fri|sat|sun)[a-zåäö]*\.?,? +", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What may stand around a body's name where a calendar names a meeting, without making it somebody else's.
_AROUND = frozenset(
    _WORD.findall(
        "sammanträde sammanträder sammanträdet sammanträdesdag möte mötet ordinarie extra digitalt för i med av inför"
        " kl klockan till handlingsstopp ärendestopp stopp stoppdag handlingar sista dag"
        " meeting meets the of for at ordinary online document documents stop deadline last day"
    )
)
A_YEAR = date(2000, 1, 1)


class Bodies:
    """The bodies that there are, by name. Each way in which one is written is looked at once."""

    def __init__(self, bodies: Sequence[tuple[str, str]], default: str) -> None:
        self._bodies = bodies
        self._names = dict(bodies)
        self._folded = [(id, fold(name)) for id, name in bodies]
        self._default = default
        self._known: dict[tuple[str, bool], str | Problem] = {}
        self._searched = 0

    def of(self, said: str, *, loosely: bool) -> str | Problem:
        """Return the id of the body that is named in full; *loosely*, its name may stand among other words."""
        asked = (said, loosely)
        if asked not in self._known:
            self._known[asked] = self._named_in(said) if loosely else self._named(said)
        return self._known[asked]

    def _named(self, said: str) -> str | Problem:
        words = fold(said)
        if not words:
            return self._default or Problem("meeting-no-body")
        exact = [id for id, name in self._folded if name == words]
        return exact[0] if len(exact) == 1 else self._unknown(said)

    def _named_in(self, said: str) -> str | Problem:
        """Return the body whose name stands whole in what was said; what may be another one's is never guessed."""
        words = fold(said)
        named = {id: name for id, name in self._folded if _stands_in(name, words)}
        named = {
            id: name
            for id, name in named.items()
            if not any(name != other and _stands_in(name, other) for other in named.values())
        }
        if not named:
            return self._default or (self._unknown(said) if words else Problem("meeting-no-body"))
        if len(named) > 1:
            names = ", ".join(self._names[id] for id in named)
            return Problem("meeting-of-several", {"said": short(said), "bodies": names})
        [(id, name)] = named.items()
        left = {word for word in _WORD.findall(words.replace(name, " ")) if not _is_of_a_date(word)}
        if id != self._default and not left <= _AROUND:
            return Problem("meeting-of-another", {"said": short(said), "body": self._names[id]})
        return id

    def _unknown(self, said: str) -> Problem:
        self._searched += 1
        if self._searched <= MOST_SEARCHED:
            match = find(said, self._bodies, numbered=False)
            near = match.near or tuple(name for id, name in self._bodies if id == match.value)
            if near:
                return Problem("meeting-body-near", {"said": short(said), "near": ", ".join(near)})
        return Problem("meeting-body-unknown", {"said": short(said)})


def _stands_in(name: str, words: str) -> bool:
    return (
        name in words and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None if name else False
    )


def _is_of_a_date(word: str) -> bool:
    """Say whether the word is a month's or a weekday's."""
    return bool(WEEKDAY.fullmatch(f"{word} ")) or read_day(f"1 {word}", today=A_YEAR) is not None


def short(said: str) -> str:
    """Return what was said in so few signs that it can be quoted."""
    flat = " ".join(said.split())
    return flat if len(flat) <= LONGEST_QUOTE else f"{flat[: LONGEST_QUOTE - 1]}…"
