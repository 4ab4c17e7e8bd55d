"""A document in the conversation: to read there, or as a file with what is still missing and who could say it."""

from collections.abc import Iterable

from dialogs.files import Recipe
from dialogs.messages import Composer, Press, Spans, file_press, words
from dialogs.model.written import Entry, Missing, Passage, Written
from dialogs.reports.document_parts import asked_now
from dialogs.wording.teller import Teller

MOST_MISSING = 10
ASK = "ask-document"


def document_message(teller: Teller, whole: Written) -> Composer:
    """Return the document as text to read in the conversation."""
    said = teller.composer().heading(whole.title).say(words(whole.words.of)).say(words(whole.words.state))
    if whole.since:
        said.say(words(whole.since))
    said.facts((fact.label, fact.value or whole.words.unsaid) for fact in whole.header)
    for chapter in whole.chapters:
        said.heading(chapter.title)
        for passage in chapter.passages:
            _passage(teller, said, passage, whole)
    if whole.gone:
        said.heading(whole.words.gone).bullets(words(one) for one in whole.gone)
    say_missing(teller, said, whole)
    return said


def say_missing(teller: Teller, said: Composer, whole: Written) -> None:
    """Say what is missing and who could say it, with a button to ask them where any of it may be answered today."""
    lacks = whole.lacks if whole.adopted is None else ()
    if not lacks:
        return
    said.say(teller.say("document-missing-count", n=len(lacks)))
    said.bullets(_lacking(teller, one) for one in lacks[:MOST_MISSING])
    if len(lacks) > MOST_MISSING:
        said.say(teller.say("document-missing-more", n=len(lacks) - MOST_MISSING))
    if any(asked_now(teller, one) for one in lacks):
        said.button(teller.text("button-ask-them"), Press(ASK, None, whole.id, teller.journey.id))


def offer(teller: Teller, said: Composer, recipes: Iterable[Recipe]) -> None:
    """Offer the document as files of these kinds."""
    for recipe in recipes:
        said.button(teller.text(f"button-{recipe.kind}"), file_press(recipe))


def _lacking(teller: Teller, one: Missing) -> Spans:
    if one.who:
        return teller.say("document-missing-who", title=one.title, names=teller.listed(one.who))
    return words(one.title)


def _passage(teller: Teller, said: Composer, passage: Passage, whole: Written) -> None:
    if passage.missing is not None:
        said.say(teller.say("document-missing", title=passage.missing.title))
        return
    if passage.text or passage.label:
        said.say((*_mark(whole, passage), *words(passage.line.rstrip())))
    said.bullets((*_mark(whole, entry), *words(entry.text)) for entry in passage.entries)


def _mark(whole: Written, what: Passage | Entry) -> Spans:
    return words(f"{whole.words.marked(what.mark)} ", strong=True) if what.mark else ()
