"""What another version of a method changes beside its questions, as far as a group would notice it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from content.pack import Pack
from content.schema.base import Text, Titled
from content.schema.cycle import Checkpoint
from content.schema.deciding import Decides
from content.schema.files import Document, Register, Step, Track
from content.schema.guides import Guide
from dialogs.values.names import in_sentence
from dialogs.wording.teller import Teller

Kind = Literal[
    "step", "track", "checkpoint", "coverage", "register", "document", "guide", "right", "role", "nudge"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartChange:
    """Something that is there in both: how it is told, its title, and what it was and is where that is said."""

    kind: str
    title: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class PartsChanged:
    """What is new, changed and gone, by the kinds of things; of what is new and gone, kind and title."""

    added: Sequence[tuple[Kind, str]] = ()
    changed: Sequence[PartChange] = ()
    gone: Sequence[tuple[Kind, str]] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)


def parts_changed(before: Teller, after: Teller) -> PartsChanged:
    """Return what differs between the versions that the two tell of."""
    old, new = dict(_kinds(before.pack)), dict(_kinds(after.pack))
    return PartsChanged(
        [(kind, after.words(one.title)) for kind, parts in new.items() for id, one in parts.items() if id not in old[kind]],
        list(_Compared(before, after).changes(old, new)),
        [(kind, before.words(one.title)) for kind, parts in old.items() for id, one in parts.items() if id not in new[kind]],
    )  # fmt: skip


def _kinds(pack: Pack) -> Iterator[tuple[Kind, Mapping[str, Titled]]]:
    yield "step", pack.step_of
    yield "track", _by_id(pack.tracks)
    yield "checkpoint", pack.checkpoint_of
    yield "coverage", pack.coverage_of
    yield "register", pack.registers
    yield "document", _by_id(pack.documents)
    yield "guide", pack.guide_of
    yield "right", _by_id(pack.manifest.decides)
    yield "role", pack.role_of
    yield "nudge", _by_id(pack.nudges)


def _by_id(parts: Sequence[Titled]) -> Mapping[str, Titled]:
    return {one.id: one for one in parts}


@dataclass(frozen=True)
class _Compared:
    before: Teller
    after: Teller

    def changes(
        self, old: Mapping[Kind, Mapping[str, Titled]], new: Mapping[Kind, Mapping[str, Titled]]
    ) -> Iterator[PartChange]:
        steps = [one for one in self.before.pack.step_ids if one in self.after.pack.step_of]
        if steps != [one for one in self.after.pack.step_ids if one in self.before.pack.step_of]:
            yield PartChange("order")
        for kind, parts in new.items():
            for id, part in parts.items():
                if id in old[kind]:
                    yield from self._of_part(kind, old[kind][id], part)

    def _of_part(self, kind: Kind, old: Any, new: Any) -> Iterator[PartChange]:
        was, title = self.before.words(old.title), self.after.words(new.title)
        if was != title:
            yield PartChange("renamed", title, was)
        match new:
            case Step():
                if self._differ((old.gate.must, old.gate.signs), (new.gate.must, new.gate.signs)):
                    yield PartChange("step-gate", title)
            case Track():
                if self._differ(old.shown, new.shown):
                    yield PartChange("track-shown", title)
            case Checkpoint():
                yield from self._of_checkpoint(old, new, title)
            case Register():
                yield from self._of_register(old, new, title)
            case Document():
                yield from self._of_document(old, new, title)
            case Guide():
                yield from self._of_guide(old, new, title)
            case Decides():
                yield from self._of_right(old, new, title)
            case _:
                if self._differ(old, new):
                    yield PartChange(f"{kind}-otherwise", title)

    def _of_checkpoint(self, old: Checkpoint, new: Checkpoint, title: str) -> Iterator[PartChange]:
        from content.drawing.year import mark_of  # few ask what has changed

        if new.ended:
            if not old.ended:
                yield PartChange("checkpoint-ended", title)
            return
        if old.ended or self._differ(old.when, new.when):
            was = mark_of("", old, self.before.pack, self.before.language).when
            now = mark_of("", new, self.after.pack, self.after.language).when
            yield PartChange("checkpoint-when" if was != now else "checkpoint-otherwise", title, was, now)
        was, now = self._sees_to(self.before, old), self._sees_to(self.after, new)
        if (old.who, old.owner) != (new.who, new.owner) and was != now:
            yield PartChange("checkpoint-who", title, was, now)
        if old.ahead != new.ahead:
            yield PartChange(
                "checkpoint-ahead", title, self._ahead(self.before, old), self._ahead(self.after, new)
            )
        if new.document is not None and new.document != old.document:
            document = next((one.title for one in self.after.pack.documents if one.id == new.document), None)
            yield PartChange("checkpoint-document", title, after=self.after.words(document))

    def _sees_to(self, teller: Teller, checkpoint: Checkpoint) -> str:
        """Return who sees to it: whoever the entry names, or a role, or whoever leads."""
        if checkpoint.owner is not None:
            return teller.text("version-owner")
        role = teller.pack.role_of.get(checkpoint.who or "")
        return in_sentence(teller.words(role.title)) if role is not None else teller.text("version-leader")

    def _ahead(self, teller: Teller, checkpoint: Checkpoint) -> str:
        from content.drawing.year import offset_in

        said = teller.listed(offset_in(one, teller.pack, teller.language) for one in checkpoint.ahead)
        return said or teller.text("version-not-ahead")

    def _of_register(self, old: Register, new: Register, title: str) -> Iterator[PartChange]:
        for kind in ("fields", "states", "criteria"):
            known = {one.id for one in getattr(old, kind)}
            more = [self.after.words(one.title) for one in getattr(new, kind) if one.id not in known]
            if more:
                yield PartChange(f"register-{kind}", title, after=", ".join(more))
        if self._differ(
            self._moves(old), {id: one for id, one in self._moves(new).items() if id in self._moves(old)}
        ):
            yield PartChange("register-moves", title)
        reminded = {one.date for one in old.reminders}
        dates = [one.date for one in new.reminders if one.date not in reminded]
        if dates:
            named = [self.after.words(one.title) for one in new.fields if one.id in dates]
            yield PartChange("register-reminders", title, after=", ".join(named))

    def _moves(self, register: Register) -> Mapping[str, Sequence[Any]]:
        """Return what a move to each state requires."""
        return {
            state.id: [state.must, [one for one in register.requires if state.id in one.to]]
            for state in register.states
        }

    def _of_document(self, old: Document, new: Document, title: str) -> Iterator[PartChange]:
        known = {self.before.words(one.title) for one in old.headings}
        more = [said for said in (self.after.words(one.title) for one in new.headings) if said not in known]
        if more:
            yield PartChange("document-headings", title, after=", ".join(more))
        elif self._differ(old.headings, new.headings):
            yield PartChange("document-otherwise", title)

    def _of_guide(self, old: Guide, new: Guide, title: str) -> Iterator[PartChange]:
        known = {one.id for one in old.outcomes}
        more = [self.after.words(one.title) for one in new.outcomes if one.id not in known]
        if more:
            yield PartChange("guide-outcomes", title, after=", ".join(more))
        elif self._differ((old.questions, old.outcomes), (new.questions, new.outcomes)):
            yield PartChange("guide-otherwise", title)

    def _of_right(self, old: Decides, new: Decides, title: str) -> Iterator[PartChange]:
        from content.drawing.outline import decider_in

        was = decider_in(self.before.pack, old, self.before.language)
        now = decider_in(self.after.pack, new, self.after.language)
        another = (old.by, old.role) != (new.by, new.role)
        if another:
            yield PartChange("right-who", title, in_sentence(was), in_sentence(now))
        if self._differ(old.records, new.records) or (not another and self._differ(old.body, new.body)):
            yield PartChange("right-otherwise", title)

    def _differ(self, old: Any, new: Any) -> bool:
        return works_otherwise(old, new, self.after.pack)


def works_otherwise(old: Any, new: Any, pack: Pack) -> bool:
    """Say whether two parts differ in what they do. *pack* is the newer one's.

    Words may differ, and so may the ids of questions that it calls something else.
    """
    return bool(_works(old, pack.now_called) != _works(new, pack.now_called))


def _works(value: Any, called: Mapping[str, str]) -> Any:
    """Return what is left of *value* without the words that people read, with questions by their present ids."""
    match value:
        case Text():
            return None
        case BaseModel():
            return {name: _works(getattr(value, name), called) for name in type(value).model_fields}
        case Mapping():
            return {called.get(key, key): _works(one, called) for key, one in value.items()}
        case str():
            return called.get(value, value)
        case list() | tuple():
            return [_works(one, called) for one in value]
        case _:
            return value
