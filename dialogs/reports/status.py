"""Where a journey stands: progress over steps and tracks, what is open and with whom, the one next thing."""

from content.schema.questions import Question
from dialogs.flows.facts import Facts, Gap, gaps, holds
from dialogs.flows.position import current_step, gate, in_order, put, recounted, steps_from_entry
from dialogs.flows.rights import expected_of
from dialogs.messages import Composer, Message, Spans, words
from dialogs.model.answers import Address
from dialogs.wording.teller import Teller


def status_message(teller: Teller) -> Message:
    """Return the status of the whole journey, which must be loaded whole: ten lines, the rest folded."""
    pack, journey = teller.pack, teller.journey
    said = teller.composer().heading(
        teller.text("status-heading", group=journey.group_name, method=teller.words(pack.manifest.title))
    )
    if journey.state == "paused":
        said.say(teller.say("status-paused"))
    step = current_step(pack, journey)
    if step is None:
        said.say(teller.say("status-ended", n=len(journey.signed)))
    else:
        page = journey.page(step)
        number = pack.step_number[step]
        said.say(
            teller.say("status-step", number=number, of=len(pack.steps), title=teller.step_title(step),
                       done=page.done, asked=page.asked)
        )  # fmt: skip
        said.say(next_thing(teller))
        said.bullets(_open(teller))
    said.fold(teller.text("status-all-steps"), Composer().bullets(_steps(teller)))
    said.fold(teller.text("status-tracks"), Composer().bullets(_tracks(teller)))
    said.fold(teller.text("status-gaps"), Composer().bullets(_gaps(teller)))
    said.fold(teller.text("status-to-review"), Composer().bullets(_review(teller)))
    return said.done()


def next_thing(teller: Teller) -> Spans:
    """Return the one next thing to do, and for whom."""
    pack, journey = teller.pack, teller.journey
    step = current_step(pack, journey)
    if step is None:
        return teller.say("next-none")
    before_group = put(pack, journey, today=teller.today)
    front = [address for address in before_group if not journey.item(address).waiting] or list(before_group)
    if not front:
        state = gate(pack, journey, step, today=teller.today)
        if state.missing:
            return teller.say("next-missing", what=teller.words(state.missing[0].say))
        return teller.say("next-sign", number=pack.step_number[step])
    address = front[0]
    item = journey.item(address)
    title = teller.title(address)
    if item.in_round:
        return teller.say("next-round", title=title)
    waiting = _waiting_for(teller, address)
    if (
        item.contributions
        and teller.question(address).who != "each"
        and item.status in ("contributed", "draft")
    ):
        return teller.say("next-settle", title=title)
    if waiting and len(waiting) <= 4:
        return teller.say("next-answer-by", title=title, names=teller.listed(waiting))
    return teller.say("next-answer", title=title)


def _waiting_for(teller: Teller, address: Address) -> list[str]:
    item = teller.journey.item(address)
    heard = item.contributors()
    expected = expected_of(teller.pack, teller.journey, teller.question(address), address)
    if item.in_round and item.round is not None:
        heard = frozenset(voice.by for voice in item.round.voices)
    return [member.person.name for member in expected if member.person.id not in heard]


def _open(teller: Teller) -> list[Spans]:
    lines = []
    for address in put(teller.pack, teller.journey, today=teller.today):
        waiting = _waiting_for(teller, address)
        title = teller.title(address)
        status = teller.text(f"status-{teller.journey.item(address).status}")
        if waiting and len(waiting) <= 6:
            lines.append(
                teller.say("open-line-with", title=title, status=status, names=teller.listed(waiting))
            )
        else:
            lines.append(teller.say("open-line", title=title, status=status))
    return lines


def _steps(teller: Teller) -> list[Spans]:
    journey, pack = teller.journey, teller.pack
    current = current_step(pack, journey)
    lines = []
    for step in steps_from_entry(pack, journey):
        counted = recounted(pack, journey, step, today=teller.today).page(step)
        key = (
            "step-line-done"
            if step in journey.signed
            else "step-line-now"
            if step == current
            else "step-line"
        )
        lines.append(
            teller.say(key, number=pack.step_number[step], title=teller.step_title(step), done=counted.done,
                       asked=counted.asked)
        )  # fmt: skip
    return lines


def _tracks(teller: Teller) -> list[Spans]:
    lines = []
    for track in teller.pack.tracks:
        questions = [
            q for placed in track.asked for q in placed.questions if not q.optional and _counts(teller, q)
        ]
        done = sum(any(item.done for item in teller.journey.items_of(question.id)) for question in questions)
        lines.append(
            teller.say("track-line", title=teller.words(track.title), done=done, asked=len(questions))
        )
    return lines


def _counts(teller: Teller, question: Question) -> bool:
    """Say whether the question is asked as things stand, or has been answered."""
    facts = Facts(teller.pack, teller.journey, teller.today)
    return holds(question.when, facts) or any(item.done for item in teller.journey.items_of(question.id))


def _gaps(teller: Teller) -> list[Spans]:
    facts = Facts(teller.pack, teller.journey, teller.today)
    lines = []
    for coverage in teller.pack.coverage_of.values():
        lacking = [gap_name(teller, gap, coverage.id) for gap in gaps(coverage, facts)]
        if lacking:
            lines.append(
                teller.say("gap-line", title=teller.words(coverage.title), names=teller.listed(lacking))
            )
    return lines


def gap_name(teller: Teller, gap: Gap, coverage: str) -> str:
    if gap.kind == "unit":
        return teller.journey.roster.unit_name(gap.id)
    if gap.kind == "person":
        return teller.name(gap.id)
    audiences = teller.pack.coverage_of[coverage].audiences
    return next((teller.words(one.title) for one in audiences if one.id == gap.id), gap.id)


def _review(teller: Teller) -> list[Spans]:
    return [
        words(teller.title(item.address))
        for item in in_order(teller.pack, teller.journey, teller.journey.items.values())
        if item.status == "review"
    ]
