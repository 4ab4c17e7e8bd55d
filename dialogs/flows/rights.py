"""Says who may do what in a group. What a role may comes from the pack's closed list; who holds it from the roster."""

from typing import Literal

from content.pack import Pack
from content.schema.cycle import Checkpoint
from content.schema.files import Right
from content.schema.questions import Question, Roles
from dialogs.flows.periods import checkpoint_of
from dialogs.model.answers import Address, ConsentRound, Item
from dialogs.model.journey import Journey
from dialogs.model.people import Member, PersonId


def leaders(pack: Pack, journey: Journey) -> tuple[Member, ...]:
    """Return who leads: the holders of the leading role and their deputies; until there are any, who started."""
    role = pack.manifest.leader
    found = (*journey.roster.holders(role), *journey.roster.deputies(role)) if role else ()
    if found:
        return tuple(dict.fromkeys(found))
    starter = journey.roster.member(journey.starter)
    return (starter,) if starter else ()


def coaches(pack: Pack, journey: Journey) -> tuple[Member, ...]:
    """Return who follows the group from outside."""
    return journey.roster.holders(pack.manifest.coach) if pack.manifest.coach else ()


def follows(pack: Pack, journey: Journey, person: str) -> bool:
    return any(member.person.id == person for member in coaches(pack, journey))


def leads(pack: Pack, journey: Journey, person: str) -> bool:
    return any(member.person.id == person for member in leaders(pack, journey))


def may(pack: Pack, journey: Journey, person: str, right: Right) -> bool:
    """Say whether *person* has the right by a role, as a deputy, or because nobody leads yet but them."""
    if leads(pack, journey, person):
        return True
    member = journey.roster.member(person)
    if member is None:
        return False
    held = (pack.role_of.get(role) for role in (*member.roles, *member.deputy_for))
    return any(role is not None and right in role.may for role in held)


def belongs(pack: Pack, journey: Journey, person: str) -> bool:
    """Say whether *person* answers with the group: a member who isn't there from outside alone."""
    member = journey.roster.member(person)
    return member is not None and _is_internal(pack, member)


def edits_registers(pack: Pack, journey: Journey, person: str) -> bool:
    """Say whether *person* may write in the group's registers: by a role, or as one of the group."""
    return may(pack, journey, person, "edit-registers") or belongs(pack, journey, person)


def participants(pack: Pack, journey: Journey) -> tuple[Member, ...]:
    """Return whose perspectives are counted: the working group with its leader; before it is named, every member.

    Whoever holds only roles that lead or help without taking part isn't counted.
    """
    roles = {pack.manifest.group, *_parties(pack), pack.manifest.leader} - _apart(pack)
    named = tuple([member for member in journey.roster.members if not roles.isdisjoint(member.roles)])
    return named or tuple([member for member in journey.roster.members if _takes_part(pack, member)])


def side_of(pack: Pack, member: Member) -> Literal["employer", "employees", ""]:
    """Return which of two parties the member speaks for; "" where no role of theirs says."""
    for role in member.roles:
        side = pack.role_of[role].side if role in pack.role_of else None
        if side is not None:
            return side
    return ""


def has_parties(pack: Pack) -> bool:
    return bool(_parties(pack))


def _parties(pack: Pack) -> frozenset[str]:
    return frozenset(role.id for role in pack.manifest.roles if role.side is not None)


def _apart(pack: Pack) -> frozenset[str]:
    return frozenset(role.id for role in pack.manifest.roles if not role.takes_part)


def _takes_part(pack: Pack, member: Member) -> bool:
    apart = _apart(pack)
    return _is_internal(pack, member) and not (member.roles and apart.issuperset(member.roles))


def voters(pack: Pack, journey: Journey) -> tuple[Member, ...]:
    """Return who has a voice in a consent round: whoever leads too, unless by a role that takes no part."""
    apart = _apart(pack)
    return tuple(
        member
        for member in journey.roster.members
        if may(pack, journey, member.person.id, "consent")
        and not (member.roles and apart.issuperset(member.roles))
    )


def majority(pack: Pack, journey: Journey) -> int:
    """Return how many are more than half of those who have a voice."""
    return len(voters(pack, journey)) // 2 + 1


def asked_in(pack: Pack, journey: Journey, round: ConsentRound) -> frozenset[str]:
    """Return whom the round asks: whoever has a voice, and those who used theirs before they left."""
    return frozenset(member.person.id for member in voters(pack, journey)) | {one.by for one in round.voices}


def has_voice(pack: Pack, journey: Journey, person: str) -> bool:
    return any(member.person.id == person for member in voters(pack, journey))


def may_answer(pack: Pack, journey: Journey, question: Question, person: str) -> bool:
    """Say whether *person* may contribute to the question."""
    if question.kind == "commitment":
        return bool(parties_of(question.parties, journey, person))
    if isinstance(question.who, Roles):
        holders = [m for role in question.who.roles for m in journey.roster.holders(role)]
        holders += [m for role in question.who.roles for m in journey.roster.deputies(role)]
        if holders and not leads(pack, journey, person):
            return any(member.person.id == person for member in holders)
        return leads(pack, journey, person)
    if question.who == "each":
        return any(member.person.id == person for member in participants(pack, journey))
    return belongs(pack, journey, person)


def parties_of(parties: tuple[str, ...], journey: Journey, person: str) -> tuple[str, ...]:
    """Return which of the parties *person* speaks for."""
    member = journey.roster.member(person)
    return tuple(role for role in parties if member and (role in member.roles or role in member.deputy_for))


def may_see(pack: Pack, journey: Journey, question: Question, item: Item, person: str) -> bool:
    """Say whether *person* may read each member's words on the question, by its visibility."""
    if question.visibility == "anonymous" or is_hidden(question, item):
        return False
    if question.visibility == "leader-and-coach":
        return may(pack, journey, person, "read-private")
    return journey.roster.member(person) is not None


def is_hidden(question: Question, item: Item) -> bool:
    """Say whether nobody sees the others' words yet: the round isn't over, and whoever leads hasn't shown them."""
    return question.visibility == "after-round" and not item.done


def expected_of(pack: Pack, journey: Journey, question: Question, address: Address) -> tuple[Member, ...]:
    """Return whose answers the question waits for."""
    if question.kind == "commitment":
        return tuple(m for m in journey.roster.members if parties_of(question.parties, journey, m.person.id))
    if isinstance(question.who, Roles):
        named = tuple(
            m for m in journey.roster.members if set(question.who.roles) & {*m.roles, *m.deputy_for}
        )
        return named or leaders(pack, journey)
    kind, _, id = address.subject.partition(":")
    if kind == "record" and address.period:
        checkpoint = pack.checkpoint_of.get(checkpoint_of(pack.places[address.question]))
        if checkpoint is not None and (checkpoint.owner or checkpoint.who):
            return _who_sees_to(pack, journey, checkpoint, address.subject)
    if kind == "person":
        member = journey.roster.member(id)
        return (member,) if member else ()
    if kind == "unit":
        own = tuple(m for m in journey.roster.from_unit(id) if _is_internal(pack, m))
        return own or leaders(pack, journey)
    return participants(pack, journey)


def lacking(pack: Pack, journey: Journey, address: Address) -> tuple[Member, ...]:
    """Return whose word the question still waits for. One of a unit or a role speaks for all of it at a checkpoint."""
    item = journey.item(address)
    question = pack.places[address.question].question
    if item.in_round and item.round is not None:
        heard: frozenset[str] = frozenset(voice.by for voice in item.round.voices)
    else:
        heard = item.contributors()
        if heard and address.period and _one_for_all(question, address):
            return ()
    expected = expected_of(pack, journey, question, address)
    return tuple([member for member in expected if member.person.id not in heard])


def who_sees_to(pack: Pack, journey: Journey, checkpoint: Checkpoint, subject: str) -> tuple[PersonId, ...]:
    """Return who sees to it: the record's person, else the role's holders and deputies, else whoever leads."""
    return tuple(member.person.id for member in _who_sees_to(pack, journey, checkpoint, subject))


def _who_sees_to(pack: Pack, journey: Journey, checkpoint: Checkpoint, subject: str) -> tuple[Member, ...]:
    roster = journey.roster
    record = journey.record(subject.removeprefix("record:")) if subject else None
    if checkpoint.owner is not None and record is not None:
        owner = roster.member(str(record.fields.get(checkpoint.owner, "")))
        if owner is not None:
            return (owner,)
    held = (*roster.holders(checkpoint.who), *roster.deputies(checkpoint.who)) if checkpoint.who else ()
    return tuple(dict.fromkeys(held or leaders(pack, journey)))


def _one_for_all(question: Question, address: Address) -> bool:
    return bool(address.subject) or isinstance(question.who, Roles)


def _is_internal(pack: Pack, member: Member) -> bool:
    if not member.roles:
        return True
    roles = (pack.role_of.get(role) for role in member.roles)
    return any(role is None or not role.external for role in roles)
