"""Looks things up: steps, people, documents. Nothing is written."""

from bot.usecases import adopting
from bot.usecases.about import about_journey
from bot.usecases.identify import privacy as privacy_lines
from bot.usecases.organising import unit_line
from bot.usecases.places import asked_now, journeys_here
from bot.usecases.registers import show
from bot.usecases.turn import Turn
from content.schema.files import Step
from dialogs.flows.position import current_step
from dialogs.flows.rights import follows, leaders
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Press, marked, words
from dialogs.model.answers import Address
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.reports.document_message import document_message
from dialogs.reports.documents import document_named
from dialogs.values.names import find, in_sentence
from dialogs.wording.exercises import balance
from dialogs.wording.questions import question_message
from dialogs.wording.steps import step_message
from dialogs.wording.teller import Teller


def tour(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Show the first-run tour of the method that is at hand."""
    packs = turn.shelf.newest()
    if not packs:
        turn.refuse(Problem("no-packs"))
        return True
    here = journeys_here(turn)
    pack = turn.shelf.pack(here[0].pack, here[0].version) if here else packs[0]
    said = Composer().heading(pack.manifest.title.said_in(turn.language))
    said.say(words(pack.manifest.purpose.said_in(turn.language)))
    said.bullets((marked(text.said_in(turn.language)) for text in pack.manifest.tour), ordered=True)
    if not here:
        said.say(turn.words.say("tour-then"))
    if pack.manifest.attribution is not None:
        said.say(words(pack.manifest.attribution.said_in(turn.language)))
    turn.reply(said.done())
    return True


def steps(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    said = teller.composer().heading(teller.words(teller.pack.manifest.title))
    current = current_step(teller.pack, teller.journey)
    for number, step in enumerate(teller.pack.steps, start=1):
        key = (
            "step-line-done"
            if step.id in teller.journey.signed
            else ("step-line-now" if step.id == current else "step-line")
        )
        page = teller.journey.page(step.id)
        said.say(
            teller.say(key, number=number, title=teller.words(step.title), done=page.done, asked=page.asked)
        )
    turn.reply_about(said.done(), at.journey)
    return True


def step(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Show a step by number or name: its opening, and its questions with what has been answered."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    found = step_named(teller, heard.rest)
    if found is None:
        if heard.rest and not heard.rest.isdecimal():
            return False
        turn.refuse(Problem("name-the-step", {"of": len(teller.pack.steps)}))
        return True
    said = Composer()
    said.blocks.extend(step_message(teller, found.id).blocks)
    lines = []
    for address in asked_now(turn, teller.journey, found.id):
        item = teller.journey.item(address)
        lines.append(
            teller.say(
                "question-line", title=teller.title(address), status=teller.text(f"status-{item.status}")
            )
        )
    said.bullets(lines)
    if turn.room.private and follows(teller.pack, teller.journey, turn.person.id):
        said.button(teller.text("button-feedback"), Press("feedback", None, found.id))
    turn.reply_about(said.done(), at.journey)
    return True


def step_named(teller: Teller, name: str) -> Step | None:
    steps = teller.pack.steps
    if not name:
        current = current_step(teller.pack, teller.journey)
        return teller.pack.step_of[current] if current else None
    if name.isdecimal():
        return steps[int(name) - 1] if 1 <= int(name) <= len(steps) else None
    options = [
        (one.id, word) for one in steps for text in (one.title, *one.aliases) for word in text.root.values()
    ]
    found = find(name, options, numbered=False).value
    return teller.pack.step_of[found] if found else None


def people(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.uow.journeys.head(at.journey))
    said = teller.composer().heading(teller.journey.group_name)
    roster = teller.journey.roster
    # a role that only another version of the method has goes unsaid
    named = {one.id: in_sentence(teller.words(one.title)) for one in teller.pack.manifest.roles}
    for member in roster.members:
        roles = [named[role] for role in member.roles if role in named]
        roles += [teller.text("deputy-for", role=named[role]) for role in member.deputy_for if role in named]
        unit = roster.unit_name(member.unit) if member.unit else ""
        said.bullets([words(", ".join(part for part in (member.person.name, *roles, unit) if part))])
    balance(teller, said)
    leading = leaders(teller.pack, teller.journey)
    said.say(teller.say("leads-now", names=teller.names(leading)))
    vacant = [role for role in teller.pack.manifest.roles if len(roster.holders(role.id)) < role.at_least]
    if vacant:
        said.say(
            teller.say(
                "vacant-roles", roles=teller.listed(in_sentence(teller.words(one.title)) for one in vacant)
            )
        )
    turn.reply_about(said.done(), at.journey)
    return True


def units(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_journey(turn, spot)
    if at is not None:
        teller = turn.teller(turn.uow.journeys.head(at.journey))
        said = teller.composer().say(teller.say("units-are", organisation=teller.journey.organisation_name))
        said.bullets(
            words(unit_line(turn, teller.journey.roster, unit)) for unit in teller.journey.roster.units
        )
        turn.reply_about(said.say(teller.say("add-unit-how")).done(), at.journey)
    return True


def bodies(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    at = about_journey(turn, spot)
    if at is not None:
        teller = turn.teller(turn.uow.journeys.head(at.journey))
        said = teller.composer().say(teller.say("bodies-are", organisation=teller.journey.organisation_name))
        said.bullets(words(body.name) for body in teller.journey.roster.bodies)
        turn.reply_about(said.say(teller.say("add-body-how")).done(), at.journey)
    return True


def tracks(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Show what runs through all steps, with the answers that are shown at each."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    said = teller.composer()
    for track in teller.pack.tracks:
        said.heading(teller.words(track.title)).say(words(teller.words(track.why)))
        lines = []
        for placed in track.asked:
            for asked in placed.questions:
                address = Address(asked.id)
                item = teller.journey.item(address)
                state = (
                    teller.settled(item) if item.value is not None else teller.text(f"status-{item.status}")
                )
                lines.append(words(f"{teller.title(address)}: {state}"))
        said.bullets(lines)
    turn.reply_about(said.done(), at.journey)
    return True


def document(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Show a document, the target picture or a register as text; False when the words name none."""

    found = journeys_here(turn)
    if not found and spot is None:
        return False
    if not heard.rest:
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    found_document = document_named(teller, heard.rest)
    if found_document is not None:
        said = document_message(teller, adopting.now(turn, teller, found_document))
        adopting.offer_to_adopt(turn, teller, found_document, said)
        turn.reply_about(said.done(), at.journey)
        return True
    shown = find(heard.rest, _shown_names(teller), numbered=False).value
    if shown is not None:
        turn.reply_about(question_message(teller, Address(shown)), at.journey)
        return True
    return show(turn, heard, spot)


def _shown_names(teller: Teller) -> list[tuple[str, str]]:
    """Return what the answers that are shown at each step are called: the question's short name, the track's title."""
    names: list[tuple[str, str]] = []
    for track in teller.pack.tracks:
        if track.shown:
            for text in (teller.question(Address(track.shown)).short, track.title):
                names += [(track.shown, word) for word in text.root.values()] if text else []
    return names


def privacy(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    said = Composer().say(turn.words.say("privacy-intro"))
    privacy_lines(turn.words, said)
    turn.tell(turn.person.id, said.done())
    return True


def kept(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    draft = turn.draft()
    if draft is None or not draft.text:
        turn.refuse(Problem("nothing-kept"))
        return True
    said = Composer().say(turn.words.say("kept-is")).quote(words(draft.text))
    if draft.journey:
        said.button(turn.words.text("button-use-kept"), Press("kept-answer", draft.address))
    said.button(turn.words.text("button-no-question"), Press("drop-kept"))
    turn.reply_about(said.done(), draft.journey)
    return True


def nothing_to_cancel(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    turn.say("nothing-to-cancel")
    return True
