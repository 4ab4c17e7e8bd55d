"""Shows what can be written here: what everybody needs, and what the methods at hand and one's own part in them add."""

from collections.abc import Iterator, Sequence

from bot.usecases.finding import searched
from bot.usecases.pack_keepers import keeps_packs
from bot.usecases.places import journeys_here, put_now
from bot.usecases.registrar import homes_of
from bot.usecases.turn import Turn
from content.pack import Pack
from dialogs.flows.rights import follows
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer
from dialogs.ports import Spot
from dialogs.reports.impact import has_impact
from dialogs.values.staff import staff_rounds


def help(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    found = journeys_here(turn)
    packs = [turn.shelf.pack(*one) for one in {(ref.pack, ref.version): None for ref in found}]
    said = Composer().say(turn.words.say("help-intro"))
    named = _document_of(packs, turn)
    said.bullets(turn.words.say(key, document=named) for key in _lines(turn, packs))
    if len(found) == 1 and not turn.room.private:
        journey, addresses = put_now(turn, found[0].id)
        teller = turn.teller(journey)
        if addresses:
            said.say(teller.say("help-now", title=teller.title(addresses[-1])))
    elif not found:
        said.say(turn.words.say("help-start"))
    turn.reply(said.done())
    return True


def _lines(turn: Turn, packs: Sequence[Pack]) -> Iterator[str]:
    yield from ("help-answer", "help-decide", "help-look")
    if any(pack.cycle for pack in packs):
        yield "help-year"
    if any(has_impact(pack) for pack in packs):
        yield "help-effects"
    yield "help-files"
    if any(pack.exercise_of for pack in packs):
        yield "help-exercises"
    if any(staff_rounds(pack) for pack in packs):
        yield "help-staff"
    if any(searched(pack) for pack in packs):
        yield "help-examples"
    yield from ("help-people", "help-remind")
    if turn.room.private:
        if _follows(turn):
            yield "help-coach"
        if keeps_packs(turn.person.id, uow=turn.uow, by=turn.packs_by):
            yield "help-methods"
        if homes_of(turn):
            yield "help-registrar"
    yield "help-more"


def _document_of(packs: Sequence[Pack], turn: Turn) -> str:
    """Return a document that can be asked for here, as it stands within a sentence; any, where no method is at hand."""
    language = turn.language
    title = next((document.title.said_in(language) for pack in packs for document in pack.documents), "")
    return title[:1].lower() + title[1:] or turn.words.text("help-some-document")


def _follows(turn: Turn) -> bool:
    heads = turn.uow.journeys.heads_of(turn.person.id)
    return any(follows(turn.pack_of(head), head, turn.person.id) for head in heads)
