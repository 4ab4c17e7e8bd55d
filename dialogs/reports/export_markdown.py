"""A journey as a text to read and hand on: every document, then every settled answer with what was said against it."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from content.pack import Pack, register_of
from dialogs.events import Feedback
from dialogs.flows.rights import is_hidden
from dialogs.model.answers import Address, Answer, Item
from dialogs.model.checkpoint import KeptCheckpoint
from dialogs.reports.document_markdown import as_markdown
from dialogs.reports.documents import documents_of_group, written
from dialogs.reports.export_questions import addresses_at, addresses_of, anonymous_texts, retired
from dialogs.reports.markdown import bullet, demoted, escaped, paragraph
from dialogs.time import local_day
from dialogs.values.asking import title_of
from dialogs.wording.checkpoints import checkpoint_title
from dialogs.wording.feedback import about
from dialogs.wording.teller import Teller


def export_markdown(
    teller: Teller, checkpoints: Sequence[KeptCheckpoint] = (), feedback: Sequence[Feedback] = (), *,
    pack_of: Callable[[str], Pack], disposed: str | None = None,
) -> str:  # fmt: skip
    """Return the text. The journey must be loaded whole; *checkpoints* are all that were ever opened.

    *feedback* is what the coach has said, oldest first; *pack_of* gives a version of the journey's method. *disposed* is
    the decision by which the journey was disposed of, where it was.
    """
    journey, pack = teller.journey, teller.pack
    method = teller.words(pack.manifest.title)
    lines = [
        f"# {escaped(f'{journey.group_name}: {method}')}",
        "",
        *paragraph(
            teller.text(
                "export-of",
                organisation=journey.organisation_name,
                method=method,
                version=pack.version,
                day=teller.today,
            )
        ),
        "",
    ]
    if disposed:
        lines += [*paragraph(teller.text("export-disposed", decision=disposed)), ""]
        return "\n".join(lines).rstrip() + "\n"
    if journey.practice:
        lines += [escaped(teller.text("practice-mark")), ""]
    for document in documents_of_group(teller):
        lines += [demoted(as_markdown(written(teller, document))), ""]
    lines += [f"## {escaped(teller.text('export-answers'))}", ""]
    for step in pack.steps:
        lines += _step(teller, step.id)
    if checkpoints:
        lines += [f"## {escaped(teller.text('export-checkpoints'))}", ""]
    for checkpoint in checkpoints:
        lines += _checkpoint(teller, checkpoint)
    if feedback:
        lines += [f"## {escaped(teller.text('export-feedback-all'))}", ""]
    for one in feedback:
        lines += _feedback(teller, one)
    for then, addresses in retired(teller, pack_of):
        told = [item for item in map(then.journey.item, (one.as_asked for one in addresses)) if item.answer]
        if told:
            lines += [f"## {escaped(teller.text('export-retired', version=then.pack.version))}", ""]
        for item in told:
            lines += _answer(then, item)
    return "\n".join(lines).rstrip() + "\n"


def _step(teller: Teller, step: str) -> Iterator[str]:
    items = [teller.journey.item(address) for address, _ in addresses_of(teller, step)]
    number = teller.pack.step_number[step]
    title = teller.text("export-step", number=number, title=teller.step_title(step))
    yield from (f"### {escaped(title)}", "")
    told = [item for item in items if item.value is not None]
    for item in told:
        yield from _answer(teller, item)
    if not told:
        yield from (escaped(teller.text("export-nothing")), "")


def _checkpoint(teller: Teller, one: KeptCheckpoint) -> Iterator[str]:
    yield from (f"### {escaped(checkpoint_title(teller, one.checkpoint, one.subject, one.period))}", "")
    key = "export-checkpoint-due" if one.meeting is None else "export-checkpoint-meeting"
    yield from (
        *paragraph(f"{teller.text(key, day=one.due, meeting=one.meeting or '')} {_became(teller, one)}"),
        "",
    )
    missing = []
    for address, _ in addresses_at(teller, one):
        item = teller.journey.item(address)
        if item.value is not None:
            yield from _answer(teller, item)
        elif not item.done:
            missing.append(teller.text("export-missing", title=teller.title(address)))
    yield from _list(missing)


def _feedback(teller: Teller, one: Feedback) -> Iterator[str]:
    name, day = teller.name(one.by), local_day(one.at)
    said = teller.text("export-feedback", name=name, day=day, what=about(teller, one))
    yield from (*paragraph(said), "", *paragraph(one.text, before="> "), "")


def _became(teller: Teller, one: KeptCheckpoint) -> str:
    day = local_day(one.closed or one.opened)
    if one.state == "left":
        return teller.text("export-checkpoint-left", day=day, name=teller.name(one.by or ""), reason=one.note)
    return teller.text(f"export-checkpoint-{one.state}", day=day)


def _answer(teller: Teller, item: Item) -> Iterator[str]:
    question, answer = teller.question(item.address), item.answer
    yield from (f"#### {escaped(teller.title(item.address))}", "")
    yield from (*paragraph(teller.words(question.ask)), "")
    if question.visibility == "leader-and-coach":
        yield from (f"**{escaped(teller.text('export-private'))}**", "")
    yield from (*paragraph(teller.settled(item), before="> "), "")
    yield from _list(_parts(teller, item))
    if answer is not None:
        yield from _how(teller, item.address, answer)


def _parts(teller: Teller, item: Item) -> Iterator[str]:
    """Yield what a collected answer consists of, as far as it may be shown."""
    question = teller.question(item.address)
    if question.kind == "record":
        records = teller.journey.records_in(register_of(question) or "")
        yield from (title_of(record, teller.asking) for record in records)
    elif question.visibility == "anonymous":
        yield from anonymous_texts(teller, item)
    elif (
        question.who == "each" and question.visibility != "leader-and-coach" and not is_hidden(question, item)
    ):
        for one in item.contributions:
            yield f"{teller.name(one.by or '')}: {teller.answer(item.address, one.value)}"


def _how(teller: Teller, address: Address, answer: Answer) -> Iterator[str]:
    day = local_day(answer.at)
    said = teller.text(f"export-{answer.how}", name=teller.name(answer.by), day=day, n=answer.revision)
    why = teller.text("because", why=answer.why) if answer.why else ""
    yield from (*paragraph("\n".join(part for part in (said, why) if part)), "")
    if answer.dissent:
        yield from (escaped(teller.text("dissent-kept")), "")
        yield from _list(
            teller.text(f"voice-{voice.stance}", name=teller.name(voice.by), reason=voice.reason)
            for voice in answer.dissent
        )


def _list(texts: Iterable[str]) -> Iterator[str]:
    lines = [line for text in texts for line in bullet(text)]
    if lines:
        yield from (*lines, "")
