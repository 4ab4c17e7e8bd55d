"""An impact in the conversation: kind by kind what got efforts and what got none, results, and what lacks a word."""

from dialogs.messages import Composer, Press, words
from dialogs.model.impact import Reached
from dialogs.reports.impact_lines import (
    FEW_AIMS,
    LONGEST_RESULT,
    aim_line,
    counts_line,
    lacking_line,
    remarks,
    result_line,
    results,
)  # fmt: skip
from dialogs.reports.impact_words import ToldImpact

MOST_RESULTS = 6
MOST_LACKING = 6
MOST_BUTTONS = 3


def impact_message(told: ToldImpact, heading: str, said: Composer) -> Composer:
    """Add the whole of it to *said*; buttons to write a result stand where one group is told of."""
    said.heading(heading).say(words(counts_line(told)))
    if told.impact.nothing:
        return said.bullets(words(one) for one in remarks(told))
    for kind, reached in told.impact.kinds.items():
        _kind(told, told.kind(kind), reached, said)
    _results(told, said)
    _lacking(told, said)
    for one in remarks(told):
        said.say(words(one))
    return said


def _kind(told: ToldImpact, title: str, reached: tuple[Reached, ...], said: Composer) -> None:
    text = told.speech.text
    said.heading(title)
    said.bullets(words(aim_line(told, one)) for one in reached if not one.nothing)
    left = [told.aim(one) for one in reached if one.nothing]
    wanted = [told.aim(one) for one in reached if one.nothing and one.wanted]
    if not left:
        said.say(words(text("impact-left-none")))
    elif len(left) <= FEW_AIMS:
        said.say(words(text("impact-left", aims=", ".join(left))))
    elif len(left) == len(reached):
        said.say(words(text("impact-left-all", of=len(left))))
    else:
        said.fold(
            text("impact-left-of", n=len(left), of=len(reached)),
            Composer().bullets(words(one) for one in left),
        )
    if wanted:
        said.say(words(text("impact-wanted", aims=", ".join(wanted))))


def _results(told: ToldImpact, said: Composer) -> None:
    text, found = told.speech.text, results(told)
    said.heading(text("impact-results"))
    if not found:
        said.say(words(text("impact-results-none")))
        return
    shown = found[:MOST_RESULTS]
    said.bullets(words(result_line(told, one, source, longest=LONGEST_RESULT)) for one, source in shown)
    if len(found) > MOST_RESULTS:
        said.say(words(text("impact-results-more", n=len(found) - MOST_RESULTS)))


def _lacking(told: ToldImpact, said: Composer) -> None:
    text, lacking = told.speech.text, told.impact.unevaluated
    said.heading(text("impact-unevaluated"))
    if not lacking:
        over = any(one.over for one in told.impact.efforts)
        said.say(words(text("impact-unevaluated-none" if over else "impact-unevaluated-nothing")))
        return
    said.bullets(words(lacking_line(told, one)) for one in lacking[:MOST_LACKING])
    if len(lacking) > MOST_LACKING:
        said.say(words(text("impact-lacks-more", n=len(lacking) - MOST_LACKING)))
    if len(told.tellers) > 1:
        return
    said.say(told.speech.say("impact-lacks-how", number=told.numbered(lacking[0])))
    for one in lacking[:MOST_BUTTONS]:
        press = Press("change-record", None, one.id, told.tellers[0].journey.id)
        said.button(text("button-impact-write", title=told.title(one.id)), press)
