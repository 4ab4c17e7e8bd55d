"""Words for why somebody got a reminder: the rule, their role, the day, and what they have chosen themselves."""

from collections.abc import Mapping, Sequence

from dialogs.calendar.budget import MOST_A_WEEK
from dialogs.calendar.ladder import AHEAD, TO_COACH, TO_LEADER
from dialogs.calendar.putting_off import day_asked_for, is_put_off
from dialogs.flows.checkpoints import owing, who_sees_to
from dialogs.flows.rights import coaches, leads
from dialogs.messages import Composer, Message, Spans, Words
from dialogs.model.occurrence import Occurrence
from dialogs.model.terms import Terms
from dialogs.values.asking import title_of
from dialogs.wording.reminders import owner_of
from dialogs.wording.teller import Speech, Teller

MOST_LINES = 8


def why_message(
    speech: Speech, things: Sequence[Occurrence], tellers: Mapping[str, Teller], terms: Terms
) -> Message:
    """Return why one person got these things, which are of the journeys that *tellers* are about."""
    said = Composer()
    lines = [reason(tellers[one.journey], one, terms) for one in things]
    if len(lines) == 1:
        said.say(lines[0])
    else:
        said.bullets(lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        said.say(speech.say("why-more", n=len(lines) - MOST_LINES))
    said.say(
        speech.say(
            "why-terms", intensity=speech.text(f"intensity-{terms.intensity}"),
            most=MOST_A_WEEK[terms.intensity], at=f"{terms.at:%H:%M}", begin=f"{terms.quiet.begin:%H:%M}",
            end=f"{terms.quiet.end:%H:%M}",
        )
    )  # fmt: skip
    return said.say(speech.say("terms-how")).done()


def reason(teller: Teller, thing: Occurrence, terms: Terms) -> Spans:
    """Return whose the thing is, and by which rule it is said now."""
    if thing.rule == "overview":
        return teller.say("why-overview")
    if teller.journey.roster.member(thing.recipient) is None:
        # What the thing is called by now is the group's, and no longer theirs to read.
        return teller.say("why-left", group=teller.journey.group_name)
    if thing.rule == "weekly":
        whose = _weekly(teller, terms)
        return (*whose, Words(" "), *_asked(teller, thing)) if is_put_off(thing) else whose
    return (*_role(teller, thing), Words(" "), *_rule(teller, thing, terms))


def _weekly(teller: Teller, terms: Terms) -> Spans:
    group = teller.journey.group_name
    if terms.weekday is None:
        return teller.say("why-weekly-before-meetings", group=group)
    return teller.say("why-weekly", group=group, weekday=teller.text(f"weekday-{terms.weekday}"))


def _role(teller: Teller, thing: Occurrence) -> Spans:
    """Return what the thing is, and as who it concerns its recipient."""
    group = teller.journey.group_name
    if thing.rule == "checkpoint":
        return _role_at_checkpoint(teller, thing)
    record = teller.journey.record(thing.about)
    if record is None:
        return teller.say("why-gone", group=group)
    title, owner = title_of(record, teller.asking), owner_of(teller, record)
    if owner == thing.recipient:
        return teller.say("why-owner", title=title)
    if owner is None and leads(teller.pack, teller.journey, thing.recipient):
        return teller.say("why-leader-nobody", title=title, group=group)
    return teller.say(_from_above(teller, thing), title=title, group=group)


def _role_at_checkpoint(teller: Teller, thing: Occurrence) -> Spans:
    id, subject, period = thing.about.split("|")
    checkpoint = teller.pack.checkpoint_of.get(id)
    group = teller.journey.group_name
    if checkpoint is None:
        return teller.say("why-gone", group=group)
    title = teller.words(checkpoint.title)
    if thing.recipient in who_sees_to(teller.pack, teller.journey, checkpoint, subject):
        return teller.say("why-sees-to", title=title)
    same = (one for one in teller.journey.checkpoints if (one.checkpoint, one.period) == (id, period))
    for one in same:
        if thing.recipient in owing(teller.pack, teller.journey, one, teller.today):
            return teller.say("why-owes", title=title, group=group)
    return teller.say(_from_above(teller, thing), title=title, group=group)


def _from_above(teller: Teller, thing: Occurrence) -> str:
    if leads(teller.pack, teller.journey, thing.recipient):
        return "why-leader"
    follows = any(one.person.id == thing.recipient for one in coaches(teller.pack, teller.journey))
    return "why-coach" if follows else "why-member"


def _rule(teller: Teller, thing: Occurrence, terms: Terms) -> Spans:
    if is_put_off(thing):
        return _asked(teller, thing)
    if thing.rule == "undated":
        return teller.say("why-undated")
    day = thing.slot.rpartition("/")[0].rpartition("_")[2]
    rung, _, number = thing.slot.rpartition("/")[2].partition("-")
    match rung:
        case "ahead" if thing.rule == "checkpoint":
            return teller.say("why-ahead-checkpoint", day=day)
        case "ahead" if int(number) in AHEAD[terms.intensity]:
            chosen = teller.text(f"intensity-{terms.intensity}")
            return teller.say("why-ahead", day=day, intensity=chosen, n=number)
        case "ahead":  # they have chosen something else since
            return teller.say("why-ahead-once", day=day, n=number)
        case "leader":
            return teller.say("why-up", day=day, n=TO_LEADER)
        case "coach":
            return teller.say("why-up", day=day, n=TO_COACH)
        case "late":
            return teller.say("why-late", day=day)
        case _:
            return teller.say("why-day", day=day)


def _asked(teller: Teller, thing: Occurrence) -> Spans:
    return teller.say("why-asked", day=day_asked_for(thing))
