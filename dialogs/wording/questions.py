"""Words for a question: how it is put, how far the group has come, and what can be done next."""

from content.phrases.book import Phrasebook
from content.phrases.marks import ended
from content.schema.base import Option, Text
from content.schema.questions import (
    ChoiceQuestion,
    CommitmentQuestion,
    RankingQuestion,
    RecordQuestion,
    ScaleQuestion,
)
from dialogs.flows.checkpoints import is_asked_privately
from dialogs.flows.facts import records_where
from dialogs.flows.proposal import confirmed_by, proposal
from dialogs.flows.rights import asked_in, lacking
from dialogs.flows.settling import mode_of
from dialogs.messages import Composer, Message, Press, reading_text, words
from dialogs.model.answers import Address, Item
from dialogs.model.changed import changed
from dialogs.values.asking import from_source, options_of, title_of
from dialogs.values.names import in_sentence
from dialogs.wording.teller import Teller

MOST_OPTION_BUTTONS = 7
MOST_NAMES = 6
IN_WORDS = frozenset(
    {"text", "choices", "number", "date", "person", "unit", "list", "file", "reference", "ranking"}
)
"""The kinds of questions that are answered in words; others have buttons for all that one can answer, or a form."""


def question_message(teller: Teller, address: Address) -> Message:
    """Return the question as it is put: what is asked, how to answer, what is known already, how far we are."""
    return _question(teller, address, _progress(teller, teller.journey.item(address)))


def _question(teller: Teller, address: Address, progress: Composer) -> Message:
    said = Composer()
    _suggestions(teller, address, said)
    said.blocks.extend(progress.blocks)
    _answer_buttons(teller, address, said)
    frame = _frame(teller, address)
    if not _is_answered_in_words(teller, address):
        return said.done_within(frame)
    return said.done_within(frame, answers=teller.title(address), sends=teller.text("button-answer"))


def _frame(teller: Teller, address: Address) -> Message:
    """Return what stands around all that changes: what is asked and how to answer, and the buttons that explain it."""
    if not _stays(teller, address):
        return _new_frame(teller, address)
    kept = teller.pack.kept
    how = teller.book.placed(f"how-{teller.question(address).kind}", teller.where)
    name = ("frame", address.question, teller.language, teller.journey.practice, how)
    frame: Message | None = kept.get(name)
    if frame is None:
        frame = kept[name] = _new_frame(teller, address)
    return frame


def _stays(teller: Teller, address: Address) -> bool:
    """Say whether the question's frame is the pack's alone, and in the program's own words: then it never changes."""
    if address.subject or address.period or teller.book is not Phrasebook.load():
        return False
    question = teller.question(address)
    if question.kind in ("choice", "choices", "ranking"):
        return question.options_from is None or question.options_from.tag is not None
    return question.kind != "body"


def _new_frame(teller: Teller, address: Address) -> Message:
    question = teller.question(address)
    said = (
        teller.composer().heading(teller.title(address)).say(words(teller.words(question.ask), strong=True))
    )
    if question.kind == "text" and is_asked_privately(teller.pack, address):
        said.say(teller.say("how-part-text"))
    elif question.kind != "text" or question.visibility == "group":  # else where to answer is said below
        said.say(teller.say(f"how-{question.kind}", **_how(teller, address)))
    _options(teller, address, said)
    if question.visibility != "group":
        said.say(teller.say(f"seen-{question.visibility}"))
    said.button(teller.text("button-why"), Press("why", address))
    if question.example is not None:
        said.button(teller.text("button-example"), Press("example", address))
    return said.done()


def progress_message(teller: Teller, address: Address) -> Message:
    """Return the question's message as it is now; in brief, how far the group has come."""
    item = teller.journey.item(address)
    progress = _progress(teller, item)
    message = _question(teller, address, progress)
    if item.status == "settled":  # the thread tells that, with the answer
        return message
    counts = teller.question(address).kind == "commitment"  # its lines say how far each party is
    first = " ".join(reading_text(progress.blocks[: 2 if counts else 1]).split("\n"))
    return changed(message, brief=f"{teller.title(address)}: {first}" if first else "")


def settle_buttons(teller: Teller, item: Item, said: Composer) -> None:
    """Offer whoever leads what can be done with the contributions."""
    address = item.address
    question = teller.question(address)
    if item.in_round or item.status in ("settled", "skipped"):
        return
    if question.who == "each":
        said.button(teller.text("button-close-picture"), Press("settle", address))
        return
    if question.kind == "commitment":
        return
    if mode_of(question) != "consent" and proposal(question, item) is not None:
        said.button(teller.text("button-settle"), Press("settle", address), primary=True)
    said.button(teller.text("button-draft"), Press("draft", address))
    if mode_of(question) != "direct":
        said.button(
            teller.text("button-round"), Press("round", address), primary=mode_of(question) == "consent"
        )


def draft_lines(teller: Teller, item: Item, said: Composer) -> None:
    """Show what would be settled now."""
    question = teller.question(item.address)
    if question.who == "each" or question.kind in ("commitment", "record"):
        return
    value = proposal(question, item)
    if value is None:
        said.say(teller.say("no-clear-proposal"))
    else:
        said.say(teller.say("proposal-is")).quote(words(teller.answer(item.address, value)))


def _how(teller: Teller, address: Address) -> dict[str, object]:
    question = teller.question(address)
    args: dict[str, object] = {"number": teller.number(address)}
    if isinstance(question, ScaleQuestion):
        args |= {
            "lowest": question.lowest, "highest": question.highest,
            "lowest_means": in_sentence(teller.words(question.lowest_means)),
            "highest_means": in_sentence(teller.words(question.highest_means)),
        }  # fmt: skip
    if isinstance(question, RankingQuestion):
        args["dots"] = question.dots
    if isinstance(question, RecordQuestion):
        args["register"] = teller.words(teller.pack.registers[question.register_].title)
    if isinstance(question, CommitmentQuestion):
        args["parties"] = teller.listed(
            in_sentence(teller.words(teller.pack.role_of[party].title)) for party in question.parties
        )
    return args


def _options(teller: Teller, address: Address, said: Composer) -> None:
    question = teller.question(address)
    if isinstance(question, CommitmentQuestion):
        said.bullets((words(_with_help(teller, item)) for item in question.items), ordered=True)
    elif question.kind in ("choice", "choices", "ranking"):
        helped = {option.id: option for option in question.options}
        lines = []
        for value, label in options_of(question, teller.asking):
            lines.append(words(_with_help(teller, helped[value]) if value in helped else label))
        said.bullets(lines, ordered=True)
        if not lines:
            said.say(teller.say("no-options-yet"))
        elif question.kind != "ranking" and question.own:
            said.say(teller.say("own-words"))
    elif question.kind == "body":
        bodies = teller.journey.roster.bodies
        said.bullets((words(body.name) for body in bodies), ordered=True)
        if not bodies:
            said.say(teller.say("no-bodies-yet"))


def _with_help(teller: Teller, option: Option) -> str:
    title = teller.words(option.title)
    help = teller.words(option.help)
    return f"{ended(title)} {help}" if help else title


def _suggestions(teller: Teller, address: Address, said: Composer) -> None:
    question = teller.question(address)
    if question.suggest_from:
        found = [label for source in question.suggest_from for _, label in from_source(source, teller.asking)]
        inner = Composer().bullets(words(label) for label in dict.fromkeys(found))
        said.fold(teller.text("suggestions"), inner)
    if isinstance(question, RecordQuestion):
        register = teller.pack.registers[question.register_]
        kept = records_where(question.register_, None, teller.asking.facts)
        said.fold(
            teller.text("records-so-far", n=len(kept)),
            Composer().bullets(words(title_of(record, teller.asking)) for record in kept),
        )
        adopted = {record.adopted for record in kept}
        for ready in register.ready_made:
            if ready.id not in adopted:
                title = ready.fields.get(register.title_field)
                label = teller.words(title) if isinstance(title, Text) else str(title or ready.id)
                said.button(teller.text("button-adopt", what=label), Press("record", address, ready.id))


def _progress(teller: Teller, item: Item) -> Composer:
    """Return how far the group has come; the first line alone is enough to know."""
    said = Composer()
    question = teller.question(item.address)
    if item.skipped is not None:
        said.say(teller.say("skipped-because", reason=item.skipped.reason))
    elif item.answer is not None and item.reopened is None:
        said.say(teller.say("answer-is")).quote(words(teller.settled(item)))
    elif item.in_round and item.round is not None:
        n = len(asked_in(teller.pack, teller.journey, item.round))
        said.say(teller.say("round-progress", count=len(item.round.voices), of=n))
        said.quote(words(teller.answer(item.address, item.round.value)))
    elif isinstance(question, CommitmentQuestion):
        if item.contributions:
            said.say(teller.say("confirmed-so-far")).bullets(
                words(
                    f"{teller.words(teller.pack.role_of[party].title)}: {len(items)} / {len(question.items)}"
                )
                for party, items in confirmed_by(question, item).items()
            )
    elif isinstance(question, RecordQuestion):
        if count := len(teller.journey.records_in(question.register_)):
            said.say(teller.say("record-count", n=count))
    else:
        heard_progress(teller, item, said)
        if item.draft is not None:
            said.say(teller.say("draft-is")).quote(words(teller.answer(item.address, item.draft.value)))
    return said


def heard_progress(teller: Teller, item: Item, said: Composer) -> None:
    """Say how many have answered, and whose answers are waited for. Nothing while nobody has."""
    heard = item.contributors()
    if not heard:
        return
    lacks = lacking(teller.pack, teller.journey, item.address)
    waiting = [member for member in lacks if member.person.id not in heard]
    said.say(teller.say("progress", count=len(heard), of=len(heard) + len(waiting)))
    if waiting and len(waiting) <= MOST_NAMES:
        said.say(teller.say("waiting-for", names=teller.names(waiting)))


def _is_answered_in_words(teller: Teller, address: Address) -> bool:
    """Say whether there may be a place to answer in: not where words answer nothing now, or too many would see them."""
    question, item = teller.question(address), teller.journey.item(address)
    closed = item.in_round or item.status in ("settled", "skipped")
    return not closed and question.kind in IN_WORDS and question.visibility == "group"


def _answer_buttons(teller: Teller, address: Address, said: Composer) -> None:
    question = teller.question(address)
    item = teller.journey.item(address)
    if item.status in ("settled", "skipped"):
        return
    if item.in_round:
        voice_buttons(teller, address, said)
        return
    if isinstance(question, ChoiceQuestion):
        for value, label in options_of(question, teller.asking)[:MOST_OPTION_BUTTONS]:
            said.button(label, Press("answer", address, value))
    elif question.kind == "body":
        for body in teller.journey.roster.bodies[:MOST_OPTION_BUTTONS]:
            said.button(body.name, Press("answer", address, body.id))
    elif isinstance(question, ScaleQuestion):
        for step in range(question.lowest, question.highest + 1):
            said.button(str(step), Press("answer", address, str(step)))
    elif isinstance(question, CommitmentQuestion):
        said.button(
            teller.text("button-confirm-all"),
            Press("answer", address, teller.text("all-of-them")),
            primary=True,
        )
    elif question.kind == "decision":
        said.button(teller.text("button-fill-in"), Press("decision", address), primary=True)
    elif isinstance(question, RecordQuestion):
        register = teller.pack.registers[question.register_]
        label = teller.text("button-add-record", what=in_sentence(teller.words(register.singular)))
        said.button(label, Press("record", address), primary=True)
        if len(teller.journey.records_in(question.register_)) >= question.at_least:
            said.button(teller.text("button-enough"), Press("settle", address))


def voice_buttons(teller: Teller, address: Address, said: Composer) -> None:
    said.button(teller.text("button-agree"), Press("agree", address), primary=True)
    said.button(teller.text("button-concern"), Press("concern", address))
    said.button(teller.text("button-object"), Press("object", address), danger=True)
    said.button(teller.text("button-abstain"), Press("abstain", address))
