"""What an export says in the same way everywhere: who somebody is, what is told, which roles, how people spoke."""

from collections.abc import Iterable

from dialogs.model.answers import Address, Value
from dialogs.model.answers import Voice as Spoken
from dialogs.reports import export_shape as shape
from dialogs.wording.teller import Teller


def roles(teller: Teller, roles: Iterable[str]) -> tuple[shape.Titled, ...]:
    known = teller.pack.role_of
    return tuple(
        shape.Titled(id=role, title=teller.words(known[role].title) if role in known else role)
        for role in roles
    )


def named(pairs: Iterable[tuple[str, str]]) -> tuple[shape.Named, ...]:
    return tuple(shape.Named(id=id, name=name) for id, name in pairs)


def who(teller: Teller, person: str) -> shape.Named:
    name = teller.name(person)
    return shape.Named(id=person, name="" if name == person else name)


def told(teller: Teller, address: Address, value: Value) -> dict[str, Value]:
    return {"value": value, "text": teller.answer(address, value)}


def voices(teller: Teller, voices: Iterable[Spoken]) -> tuple[shape.Voice, ...]:
    return tuple(
        shape.Voice(by=who(teller, one.by), stance=one.stance, reason=one.reason, at=one.at) for one in voices
    )
