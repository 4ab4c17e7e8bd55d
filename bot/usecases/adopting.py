"""Adopts a document: keeps the decision, and what the document said then, for good."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.usecases.about import about_journey
from bot.usecases.lending import with_lent_in
from bot.usecases.places import journeys_here
from bot.usecases.turn import At, Turn
from content.schema.files import Document
from content.schema.questions import DecisionQuestion
from dialogs.events import RecordChanged, RecordMoved
from dialogs.flows.decisions import Waits, has_right
from dialogs.flows.periods import items_now
from dialogs.flows.rights import leads
from dialogs.flows.undecided import undecided
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Press
from dialogs.model.answers import Value
from dialogs.model.problem import Problem
from dialogs.model.registration import number_in
from dialogs.model.written import Adopted, Written
from dialogs.ports import Spot
from dialogs.reports.document_changes import as_it_is
from dialogs.reports.documents import document_named, document_of, entry_of, revise_by, wording, written
from dialogs.values.reading import decision_of
from dialogs.wording.teller import Teller

ADOPT = "adopt-document"


def adopt(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`anta planen: Kommunstyrelsen; 2026-10-06; § 180` adopts it; without a decision, by the one that is settled."""
    if spot is None and not journeys_here(turn):
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    document = document_named(teller, heard.number) if heard.number else None
    if document is None:
        if heard.number and not heard.rest:
            return False
        turn.refuse(Problem("adopt-how"), text=heard.rest)
        return True
    if not heard.rest:
        by_settled_decision(turn, at.journey, document.id)
        return True
    body, day, reference = (*(part.strip() for part in heard.rest.split(";", 2)), "", "")[:3]
    found = decision_of({"body": body, "date": day, "reference": reference, "what": "-"}, teller.asking)
    if isinstance(found, Problem):
        turn.refuse(found, text=heard.rest)
    elif (wrong := _not_theirs(teller, document, str(found["body"]))) is not None:
        turn.refuse(wrong, text=heard.rest)
    else:
        _adopt(turn, teller, document, found, text=heard.rest)
    return True


def by_settled_decision(turn: Turn, journey: str, document_id: str) -> None:
    """Adopt the document by the decision that the group has entered as an answer."""
    teller = turn.teller(turn.whole(journey))
    document = document_of(teller, document_id)
    if document is None:
        turn.refuse(Problem("old-button"))
        return
    found = settled_decision(teller, document)
    if found is None:
        turn.refuse(Problem("adopt-no-decision", {"title": teller.words(document.title)}))
    else:
        _adopt(turn, teller, document, found)


def settled_decision(teller: Teller, document: Document) -> Mapping[str, Value] | None:
    """Return what the group has answered the outline's question about the decision; None where there is no answer."""
    items = items_now(teller.pack, teller.journey, document.decision) if document.decision else ()
    values = [item.value for item in items if isinstance(item.value, dict)]
    return values[-1] if values else None


def may_be_adopted(teller: Teller, document: Document, before: Written | None) -> bool:
    """Say whether a decision is settled that no adopted version is by yet."""
    found = settled_decision(teller, document)
    if found is None:
        return False
    kept = before.adopted if before is not None else None
    return kept is None or kept.on < date.fromisoformat(str(found["date"]))


def now(turn: Turn, teller: Teller, document: Document) -> Written:
    """Return the document as it is to be shown: adopted, or a draft with what has changed since."""
    knowing = with_lent_in(turn, teller, document)
    return as_it_is(knowing, document, turn.uow.adopted.get(teller.journey.id, document.id))


def offer_to_adopt(turn: Turn, teller: Teller, document: Document, said: Composer) -> None:
    before = turn.uow.adopted.get(teller.journey.id, document.id)
    if may_be_adopted(teller, document, before):
        said.say(teller.say("adopt-decision-there"))
        said.button(teller.text("button-keep-adopted"), Press(ADOPT, None, document.id, teller.journey.id))


def _not_theirs(teller: Teller, document: Document, body: str) -> Problem | None:
    """Return why the body can't adopt it, where the method says who may."""
    question = teller.pack.places[document.decision].question if document.decision else None
    if not isinstance(question, DecisionQuestion) or question.right is None:
        return None
    right = next(one for one in teller.pack.manifest.decides if one.id == question.right)
    if right.by is None or has_right(teller.pack, teller.journey, right, body):
        return None
    return undecided(teller.pack, teller.journey, Waits(right, "other-body"))


def _adopt(
    turn: Turn, teller: Teller, document: Document, decision: Mapping[str, Value], *, text: str = ""
) -> None:
    journey = teller.journey
    if not leads(teller.pack, journey, turn.person.id):
        turn.refuse(Problem("only-leader"), text=text)
        return
    lent = with_lent_in(turn, teller, document).lent
    body = journey.roster.body_name(str(decision["body"]))
    on, reference = date.fromisoformat(str(decision["date"])), str(decision.get("reference") or "")
    if not _entered(turn, teller, document, ", ".join(filter(None, (body, str(on), reference))), text=text):
        return
    # In the group's own language, whoever enters it: what was adopted is one text.
    own = replace(turn.teller(turn.whole(journey.id), language=journey.language), lent=lent)
    number = turn.uow.adopted.last(journey.id, document.id) + 1
    by = revise_by(own, document.header)
    adopted = Adopted(number, body, on, reference, by)
    whole = replace(written(own, document), adopted=adopted, made=on, words=wording(own, adopted))
    digest = turn.uow.adopted.put(journey.id, whole, by=turn.person.id, at=turn.now)
    turn.uow.audit.note(
        "document-adopted", organisation=journey.organisation, by=turn.person.id, about=journey.id, at=turn.now,
        digest=digest,
    )  # fmt: skip
    said = Composer().say(
        turn.words.say("document-was-adopted", title=whole.title, n=number, body=body, day=on)
    )
    if by is not None:
        said.say(turn.words.say("document-revised-by", day=by))
    if whole.missing:
        said.say(turn.words.say("document-adopted-lacks", n=len(whole.missing)))
    if document.header is not None and by is None:
        said.say(turn.words.say("document-may-be-watched", title=whole.title))
        press = Press("add-record", None, document.header.register_, journey.id)
        said.button(turn.words.text("button-enter-document"), press)
    if not number_in(reference):
        said.say(
            turn.words.say("document-lacks-number", title=teller.words(document.title).partition(":")[0])
        )
    turn.announce(said.done())


def _entered(turn: Turn, teller: Teller, document: Document, by: str, *, text: str) -> bool:
    """Write in the register who adopted it and that it is in force; or say what its title page lacks, and do nothing."""
    header = document.header
    if header is None:
        return True
    title = teller.words(document.title)
    record = entry_of(teller, header)
    if record is None and header.optional:
        return True
    if record is None:
        register = teller.words(teller.pack.registers[header.register_].singular)
        said = Composer().say(turn.words.say("adopt-no-entry", title=title, register=register))
        said.button(
            turn.words.text("button-enter-document"),
            Press("add-record", None, header.register_, teller.journey.id),
            primary=True,
        )
        turn.reply_about(said.done(), teller.journey.id)
        return False
    facts = zip(header.fields, written(teller, document).header, strict=True)
    lacks = [fact.label for name, fact in facts if not fact.value and name != header.adopted_by]
    if lacks:
        said = Composer().say(turn.words.say("adopt-header-lacks", title=title, fields=teller.listed(lacks)))
        said.button(
            turn.words.text("button-change-record"),
            Press("change-record", None, record.id, teller.journey.id),
            primary=True,
        )
        turn.reply_about(said.done(), teller.journey.id)
        return False
    at, who = At(teller.journey.id), turn.person.id
    if header.adopted_by is not None:
        change = RecordChanged(
            by=who, at=turn.now, register=record.register, id=record.id, fields={header.adopted_by: by}
        )
        if turn.act(at, turn.load(at), change, text=text) is None:
            return False
    if header.state is not None and record.state != header.state:
        move = RecordMoved(by=who, at=turn.now, register=record.register, id=record.id, to=header.state)
        if turn.act(at, turn.load(at), move, text=text) is None:
            return False
    return True
