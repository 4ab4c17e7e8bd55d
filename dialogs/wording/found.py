"""Words for what others have shared: what was found and why it fits, one of them whole, and how far one's own is shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.schema.files import Register
from dialogs.flows.sharing import shared_fields
from dialogs.messages import Composer, Message, Press, Spans, words
from dialogs.model.sharing import Share, SharedRecord
from dialogs.search.entries import texts_of
from dialogs.search.terms import LANGUAGES, means_something, terms_of, words_in
from dialogs.values.asking import title_of
from dialogs.values.showing import label_of, shown
from dialogs.wording.records import LONGEST, begin_buttons, shortened
from dialogs.wording.teller import Teller

MOST = 5
"""So many are shown at once."""
MOST_OTHERS = 3  # who have such a problem too
REASONS = 4  # words that are told of why one fits
SAID = 220  # characters of what was done, in a list
TITLE = 120
QUERY = 300  # characters of what was looked for that the button for more keeps


@dataclass(frozen=True, slots=True)
class Found:
    """A record, and the terms by which it fits: what tells the most first."""

    shared: SharedRecord
    by: tuple[str, ...]


def found_message(
    teller: Teller, found: Sequence[Found], *, text: str, called: str = "", behind: int = 0
) -> Composer:
    """Return the list; *found* may hold one more than is shown, which says that there are more."""
    said = teller.composer().heading(teller.text("examples-heading"))
    if called:
        said.say(teller.say("examples-for", title=shortened(called, TITLE)))
    for number, one in enumerate(found[:MOST], start=behind + 1):
        example_lines(teller, number, one, said)
        label = teller.text("button-show-example", n=number)
        said.button(label, Press("shared-record", None, one.shared.record.id))
    if len(found) > MOST:
        more = Press("more-examples", None, f"{behind + MOST}:{text[:QUERY]}")
        said.button(teller.text("button-next-page"), more)
    return said


def nothing_found(teller: Teller, *, more: bool) -> Composer:
    return teller.composer().say(teller.say("examples-no-more" if more else "examples-none"))


def others_lines(teller: Teller, found: Sequence[Found], said: Composer) -> None:
    """Tell who else has such a problem, and let them be shown."""
    if found:
        said.say(teller.say("others-have-it"))
    for one in found[:MOST_OTHERS]:
        record, shared = one.shared.record, one.shared
        title = shortened(title_of(record, teller.asking), TITLE)
        who = {"group": shared.group_name, "organisation": shared.organisation_name}
        said.bullets([teller.say("other-has-it", title=title, **who)])
        label = teller.text("button-show-other", group=shared.group_name)
        said.button(label, Press("shared-record", None, record.id))


def shared_message(teller: Teller, shared: SharedRecord) -> Message:
    """Return the record whole, as far as it is shared, and what the group may do with it."""
    record, model = shared.record, teller.pack.registers[shared.record.register]
    said = teller.composer().heading(shortened(title_of(record, teller.asking), 150))
    said.say(_whose(teller, shared))
    said.facts(
        (label_of(field, teller.language), shortened(shown(field, record.fields[field.id], teller.asking), LONGEST))
        for field in shared_fields(model)
        if field.id != model.title_field and record.fields.get(field.id) not in (None, "", [])
    )  # fmt: skip
    begin_buttons(teller, record, said)
    return said.done()


def sharing_message(
    teller: Teller, title: str, shares: Sequence[Share], names: Mapping[str | None, str]
) -> Message:
    """Tell with whom the group shares the record. *names* are those of the organisations."""
    if not shares:
        return teller.message("share-is-none", title=title)
    said = teller.composer().say(teller.say("share-is", title=title))
    for one in shares:
        key = "share-with" if one.until is None else "share-with-until"
        name = names.get(one.to) or teller.text("share-everybody")
        said.bullets([teller.say(key, who=name, until=one.until)])
    return said.say(teller.say("share-end-how")).done()


def example_lines(teller: Teller, number: int, one: Found, said: Composer) -> None:
    """Add what it is called, whose it is, why it fits and what was done."""
    record = one.shared.record
    model = teller.pack.registers[record.register]
    said.say(words(f"{number}. {shortened(title_of(record, teller.asking), TITLE)}", strong=True))
    said.say(_whose(teller, one.shared))
    reasons = _reasons(teller, one, model)
    if reasons:
        said.say(teller.say("example-is-about", words=", ".join(reasons)))
    summary = next(
        (str(record.fields[field]) for field in model.sharing.summary if record.fields.get(field)), ""
    ) if model.sharing is not None else ""  # fmt: skip
    if summary:
        said.say(words(shortened(" ".join(summary.split()), SAID)))


def _whose(teller: Teller, shared: SharedRecord) -> Spans:
    model = teller.pack.registers[shared.record.register]
    trades = [
        shown(field, shared.record.fields.get(field.id), teller.asking)
        for field in shared_fields(model)
        if field.kind == "choice"
    ]
    told = " · ".join(one for one in trades if one)
    if shared.group == teller.journey.group:
        key = "example-own" if told else "example-own-alone"
    else:
        key = "example-from" if told else "example-from-alone"
    return teller.say(key, trade=told, group=shared.group_name, organisation=shared.organisation_name)


def _reasons(teller: Teller, one: Found, model: Register) -> Sequence[str]:
    """Return words of the record itself, as they stand there, that meet what was looked for."""
    first: dict[str, str] = {}
    for _, text in texts_of(one.shared.record, model, teller.journey.language):
        for word in words_in(text):
            for language in LANGUAGES:
                for term in terms_of(word, language) if means_something(word, language) else ():
                    if term in one.by and len(word) < len(first.get(term, word + "x")):
                        first[term] = word
    return tuple(dict.fromkeys(first[term] for term in one.by if term in first))[:REASONS]
