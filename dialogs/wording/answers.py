"""Words the group's answer: how it was settled, what each has said, and the consent round on it."""

from content.schema.questions import RecordQuestion
from dialogs.flows.rights import voters
from dialogs.messages import Composer, Message, Press, words
from dialogs.model.answers import Address, Voice
from dialogs.values.asking import title_of
from dialogs.wording.questions import voice_buttons
from dialogs.wording.teller import Teller
from dialogs.wording.yes import offer_lines, told_of_overtaken


def settled_message(teller: Teller, address: Address) -> Message:
    item = teller.journey.item(address)
    answer = item.answer
    said = teller.composer()
    if answer is None:
        return said.say(teller.say("answer-is")).done()
    said.say(teller.say(f"settled-{answer.how}", title=teller.title(address), name=teller.name(answer.by)))
    said.quote(words(teller.settled(item)))
    _records(teller, address, said)
    if answer.revision > 1:
        said.say(teller.say("revision-is", n=answer.revision))
    if answer.why:
        said.say(teller.say("because", why=answer.why))
    _dissent(teller, answer.dissent, said)
    picture(teller, address, said)
    return said.done()


def _records(teller: Teller, address: Address, said: Composer) -> None:
    question = teller.question(address)
    if isinstance(question, RecordQuestion):
        kept = teller.journey.records_in(question.register_)
        said.bullets(words(title_of(record, teller.asking)) for record in kept)


def _dissent(teller: Teller, dissent: tuple[Voice, ...], said: Composer) -> None:
    if dissent:
        said.say(teller.say("dissent-kept"))
        said.bullets(
            teller.say(f"voice-{voice.stance}", name=teller.name(voice.by), reason=voice.reason)
            for voice in dissent
        )


def picture(teller: Teller, address: Address, said: Composer) -> None:
    """Show what each has answered, by the question's visibility; anonymous words from three answers on."""
    question = teller.question(address)
    item = teller.journey.item(address)
    if question.who != "each" or question.visibility == "leader-and-coach":
        return
    if question.visibility == "anonymous":
        if not item.done or len(item.contributions) < 3:
            said.say(teller.say("anonymous-too-few" if item.done else "anonymous-until-closed"))
            return
        told = sorted(teller.answer(address, one.value) for one in item.contributions)
        said.bullets(words(one) for one in told)
        return
    said.bullets(
        words(f"{teller.name(one.by or '')}: {teller.answer(address, one.value)}")
        for one in item.contributions
    )


def round_message(teller: Teller, address: Address) -> Message:
    round = teller.journey.item(address).round
    said = teller.composer().heading(teller.text("round-heading", title=teller.title(address)))
    if round is None:
        return said.done()
    offer_lines(teller, address, said)
    said.quote(words(teller.answer(address, round.value)))
    said.say(teller.say("round-how", quorum=round.quorum))
    if round.last_day is not None:
        said.say(teller.say("round-last-day", day=round.last_day))
    said.say(teller.say("round-who", names=teller.names(voters(teller.pack, teller.journey))))
    voice_buttons(teller, address, said)
    return said.done()


def round_ended(teller: Teller, address: Address, outcome: str) -> Message:
    round = teller.journey.item(address).round
    asked = teller.question(address).yes is not None
    if asked and outcome == "withdrawn":
        return told_of_overtaken(teller, address)
    key = "round-refused" if asked and outcome == "objected" else f"round-{outcome}"
    said = teller.composer().say(teller.say(key, title=teller.title(address)))
    if round is not None and outcome == "objected" and asked:
        _dissent(teller, (*round.objections, *round.concerns), said)
        said.button(teller.text("button-ask-group-again"), Press("ask-group", address))
    elif round is not None and outcome == "objected":
        _dissent(teller, (*round.objections, *round.concerns), said)
        said.button(teller.text("button-new-proposal"), Press("draft", address), primary=True)
        said.button(teller.text("button-despite"), Press("despite", address))
    if outcome == "no-quorum":
        said.button(teller.text("button-round"), Press("round", address))
    return said.done()
