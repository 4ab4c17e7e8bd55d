"""Words for a step: how it begins, what stands at its gate, how it ends, and the journey as a whole."""

from content.schema.files import Step
from dialogs.flows.position import asked, gate, is_optional, number_of
from dialogs.messages import Composer, Link, Message, Press, marked, words
from dialogs.model.answers import Address
from dialogs.wording.exercises import of_step
from dialogs.wording.teller import Teller


def step_message(teller: Teller, step: str) -> Message:
    """Return the step's opening: purpose, who takes part, how; tips and films folded; the target picture shown."""
    part = teller.pack.step_of[step]
    said = teller.composer()
    number = teller.pack.step_number[step]
    said.heading(
        teller.text("step-heading", number=number, of=len(teller.pack.steps), title=teller.words(part.title))
    )
    said.say(words(teller.words(part.why)))
    said.facts(
        (teller.text(key), teller.words(text))
        for key, text in (
            ("fact-goal", part.goal),
            ("fact-takes-part", part.takes_part),
            ("fact-how", part.how),
        )
        if text is not None
    )
    _target_picture(teller, said)
    of_step(teller, step, said)
    said.fold(teller.text("tips"), Composer().bullets(marked(teller.words(tip)) for tip in part.tips))
    _media(teller, part, said)
    return said.done()


def gate_message(teller: Teller, step: str) -> Message:
    """Return what stands at the step's gate, for whoever signs and everybody who follows."""
    part = teller.pack.step_of[step]
    state = gate(teller.pack, teller.journey, step, today=teller.today)
    said = teller.composer()
    number = teller.pack.step_number[step]
    said.heading(teller.text("gate-heading", number=number, title=teller.words(part.title)))
    _target_picture(teller, said)
    if state.missing:
        said.say(teller.say("gate-missing")).bullets(marked(teller.words(one.say)) for one in state.missing)
    if state.warnings:
        said.say(teller.say("gate-warnings")).bullets(marked(teller.words(one.say)) for one in state.warnings)
    left = optional_open(teller, step)
    if left:
        said.fold(
            teller.text("gate-optional", n=len(left)),
            Composer().bullets(words(teller.title(a)) for a in left),
        )
    if state.open:
        said.say(teller.say("gate-open", n=len(state.open), numbers=_numbers(teller, state.open)))
    of_step(teller, step, said, startable=True)
    if not state.missing:
        said.say(teller.say("gate-ready", leaves=teller.words(part.gate.leaves)))
        said.button(teller.text("button-done"), Press("sign", None, step), primary=True)
    return said.done()


def ended_message(teller: Teller, step: str) -> Message:
    part = teller.pack.step_of[step]
    said = teller.composer().say(
        teller.say("step-ended", number=teller.pack.step_number[step], title=teller.words(part.title))
    )
    said.say(teller.say("step-leaves", leaves=teller.words(part.gate.leaves)))
    left = teller.journey.signed[step].left if step in teller.journey.signed else ()
    if left:
        said.say(teller.say("step-left", numbers=_numbers(teller, tuple(Address.of(key) for key in left))))
    return said.done()


def optional_open(teller: Teller, step: str) -> tuple[Address, ...]:

    page = teller.journey.page(step)
    return tuple(
        address
        for address in asked(teller.pack, teller.journey, step, today=teller.today)
        if is_optional(teller.pack, address) and not page.is_done(address)
    )


def _numbers(teller: Teller, addresses: tuple[Address, ...]) -> str:
    return teller.listed(number_of(teller.pack, teller.journey, address) for address in addresses)


def _target_picture(teller: Teller, said: Composer) -> None:
    for question in teller.pack.shown_questions:
        item = teller.journey.item(Address(question))
        if item.value is not None:
            said.say(teller.say("shown-answer", title=teller.short(item.address)))
            said.quote(words(teller.settled(item)))


def _media(teller: Teller, part: Step, said: Composer) -> None:
    inner = Composer()
    for media in part.media:
        inner.say((Link(teller.words(media.title), media.url),)).say(words(teller.words(media.alternative)))
    said.fold(teller.text("media"), inner)
