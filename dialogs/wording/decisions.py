"""Words for decisions: who decides what, when they meet next, and what a record waits for."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from content.schema.deciding import Decides
from dialogs.flows.decisions import Waits, bodies_with, holders_of, unit_of
from dialogs.flows.prolonging import Held
from dialogs.messages import Composer, Message, Press, Spans, words
from dialogs.model.occurrence import MeetingDay
from dialogs.model.records import Record
from dialogs.values.asking import title_of
from dialogs.values.names import in_sentence
from dialogs.values.showing import label_of
from dialogs.wording.teller import Teller

MOST_BODIES = 8  # that are named; a region has more committees than anybody reads


def decides_message(teller: Teller, rights: Iterable[Decides], meetings: Sequence[MeetingDay]) -> Message:
    """Say who decides what, with each body's next meeting where it is known."""
    said = teller.composer().heading(teller.text("decides-heading"))
    for right in rights:
        said.say(teller.say("decides-line", what=teller.words(right.title), who=who_decides(teller, right)))
        told = [words(teller.words(right.what))] if right.what is not None else []
        told += _by_unit(teller, right)
        told += next_meetings(teller, right, meetings)
        said.bullets(told)
    return said.done()


def _by_unit(teller: Teller, right: Decides) -> list[Spans]:
    """Return a line for each body that answers for units; and one for the units of which it isn't known."""
    if right.records is None or right.records.unit is None:
        return []
    units: dict[str, list[str]] = {}
    for unit in teller.journey.roster.units:
        units.setdefault(teller.journey.roster.body_of(unit.id) or "", []).append(unit.name)
    unknown = units.pop("", [])
    told = [
        teller.say(
            "decides-for-units", body=teller.journey.roster.body_name(body), units=teller.listed(names)
        )
        for body, names in units.items()
    ]
    return [*told, body_unknown(teller, unknown)] if unknown else told


def body_unknown(teller: Teller, units: Sequence[str]) -> Spans:
    """Say that it isn't known which body answers for the units, and how that is said."""
    named = teller.listed(units[:MOST_BODIES])
    named = f"{named} …" if len(units) > MOST_BODIES else named
    return teller.say("unit-body-unknown", units=named, unit=units[0])


def who_decides(teller: Teller, right: Decides, record: Record | None = None) -> str:
    """Return who has the right: by name as far as is known, else what kind of body or role it is."""
    if right.role is not None:
        role = in_sentence(teller.words(teller.pack.role_of[right.role].title))
        names = teller.names(holders_of(teller.journey, right))
        return f"{role} ({names})" if names else role
    bodies = bodies_with(teller.pack, teller.journey, right, record)
    if teller.journey.roster.body_of(unit_of(right, record)) is not None:
        return teller.listed(body.name for body in bodies)
    kind = teller.text(f"body-kind-{right.by}")
    if not bodies:
        return kind
    named = teller.listed(body.name for body in bodies[:MOST_BODIES])
    return (
        f"{kind} ({named}{' …' if len(bodies) > MOST_BODIES else ''})" if right.by == "committee" else named
    )


def next_meetings(
    teller: Teller, right: Decides, meetings: Sequence[MeetingDay], record: Record | None = None
) -> list[Spans]:
    """Return a line for the next meeting, of each body that may decide, for which papers can still be handed in."""
    told = []
    for body in bodies_with(teller.pack, teller.journey, right, record)[:MOST_BODIES]:
        found = next_meeting(meetings, (body.id,), teller.today)
        if found is not None and found.document_stop is not None:
            stop = found.document_stop
            told.append(teller.say("next-meeting-with-stop", body=body.name, day=found.day, stop=stop))
        elif found is not None:
            told.append(teller.say("next-meeting", body=body.name, day=found.day))
    return told


def next_meeting(meetings: Sequence[MeetingDay], bodies: Collection[str], today: date) -> MeetingDay | None:
    """Return the first of the bodies' meetings whose document stop, or else whose day, isn't past."""
    coming = (one for one in meetings if one.body in bodies and (one.document_stop or one.day) >= today)
    return min(coming, key=lambda one: one.day, default=None)


def waiting_message(
    teller: Teller, record: Record, to: str, waits: Waits, meetings: Sequence[MeetingDay]
) -> Message:
    """Say which decision a record waits for before its state can be *to*, and where it is entered."""
    what, who = teller.words(waits.right.title), who_decides(teller, waits.right, record)
    key = f"record-waits-{waits.why}"
    said = teller.composer().say(
        teller.say(key, title=title_of(record, teller.asking), what=in_sentence(what), who=who)
    )
    if waits.why == "role":
        return said.done()
    unit = unit_of(waits.right, record)
    if unit and teller.journey.roster.body_of(unit) is None:
        said.say(body_unknown(teller, [teller.journey.roster.unit_name(unit)]))
    said.bullets(next_meetings(teller, waits.right, meetings, record))
    decision_button(teller, record, to, said)
    return said.done()


def prolonging_message(teller: Teller, record: Record, held: Held, meetings: Sequence[MeetingDay]) -> Message:
    """Say that the date stands as it was, what is to be done first, and whose decision it takes."""
    fields = {one.id: one for one in teller.pack.registers[record.register].fields}
    named = teller.listed(f"”{label_of(fields[one], teller.language)}”" for one in held.fields)
    said = teller.composer()
    said.say(teller.say("prolonging-held", title=title_of(record, teller.asking), fields=named))
    said.bullets(words(teller.words(one.say)) for one in held.lacking)
    said.button(teller.text("button-change-record"), Press("change-record", None, record.id))
    deciding = [one for one in held.rights if one.role is None]
    for right in deciding or held.rights:
        who = who_decides(teller, right, record)
        said.say(teller.say("prolonging-decided-by", what=teller.words(right.title), who=who))
        said.bullets(next_meetings(teller, right, meetings, record))
    if deciding:
        decision_button(teller, record, "", said)
    return said.done()


def taken_on_trust(teller: Teller, record: Record, right: Decides) -> Spans | None:
    """Say that a decision is taken though it isn't known which body answers for the record's unit; None where it is."""
    unit = unit_of(right, record)
    fields = teller.pack.registers[record.register].decision
    if (
        not unit
        or fields is None
        or right.body is not None
        or teller.journey.roster.body_of(unit) is not None
    ):
        return None
    roster = teller.journey.roster
    body, named = roster.body_name(str(record.fields.get(fields.body, ""))), roster.unit_name(unit)
    return teller.say("decision-on-trust", body=body, unit=named)


def decision_button(teller: Teller, record: Record, to: str, said: Composer) -> None:
    said.button(
        teller.text("button-enter-decision"),
        Press("record-decision", None, f"{record.id}:{to}"),
        primary=True,
    )
