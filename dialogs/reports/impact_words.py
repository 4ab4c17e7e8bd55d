"""Names what an impact speaks of: aims, efforts and results, as the groups that know them call them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from content.phrases.book import Phrasebook
from dialogs.model.answers import Address
from dialogs.model.impact import Effort, Impact, Reached, Result
from dialogs.model.records import Record
from dialogs.reports.aims import title_of_aim, title_of_kind
from dialogs.reports.impact import impact_of
from dialogs.values.asking import as_list, title_of
from dialogs.values.names import in_sentence
from dialogs.values.showing import label_of, state_title
from dialogs.wording.teller import Speech, Teller


@dataclass(frozen=True)
class ToldImpact:
    """An impact with those who can tell of it, a teller for each group. `speech` words what is of no group."""

    speech: Speech
    tellers: Sequence[Teller]
    impact: Impact

    @cached_property
    def _records(self) -> dict[str, tuple[Record, int]]:
        found: dict[str, tuple[Record, int]] = {}
        for teller in self.tellers:
            for register in teller.pack.registers.values():
                for number, record in enumerate(teller.journey.records_in(register.id), start=1):
                    found.setdefault(record.id, (record, number))
        return found

    @cached_property
    def _efforts(self) -> dict[str, Effort]:
        return {one.id: one for one in self.impact.efforts}

    @property
    def period(self) -> str:
        year = self.impact.year
        return self.speech.text("impact-year", year=year) if year else self.speech.text("impact-always")

    def record(self, id: str) -> Record:
        return self._records[id][0]

    def teller_of(self, effort: Effort) -> Teller:
        return self.tellers[self.impact.source_of[effort.id]]

    def title(self, id: str) -> str:
        return title_of(self.record(id), self.tellers[self.impact.source_of[id]].asking)

    def state(self, effort: Effort) -> str:
        return state_title(self.record(effort.id), self.teller_of(effort).asking)

    def register(self, effort: Effort) -> str:
        teller = self.teller_of(effort)
        return teller.words(teller.pack.registers[effort.register].title)

    def kinds_of(self, effort: Effort) -> tuple[str, str]:
        """Return what one such effort is called, and what several are."""
        teller = self.teller_of(effort)
        register = teller.pack.registers[effort.register]
        return in_sentence(teller.words(register.singular)), in_sentence(teller.words(register.title))

    def called(self, effort: Effort) -> str:
        """Return `Språkcafé (insats 3)`; without the number where several groups are told of, which number anew."""
        teller = self.teller_of(effort)
        kind = in_sentence(teller.words(teller.pack.registers[effort.register].singular))
        number = f" {self._records[effort.id][1]}" if len(self.tellers) == 1 else ""
        return f"{self.title(effort.id)} ({kind}{number})"

    def numbered(self, effort: Effort) -> str:
        """Return what one writes to change it: `insatser 3`."""
        return f"{self.register(effort).lower()} {self._records[effort.id][1]}"

    def field(self, effort: Effort, field: str) -> str:
        for teller in self.tellers:
            register = teller.pack.registers.get(effort.register)
            for one in register.fields if register is not None else ():
                if one.id == field:
                    return label_of(one, teller.language)
        return field

    def kind(self, kind: str) -> str:
        [source, *_] = [one.source for one in self.impact.kinds[kind]]
        teller = self.tellers[source]
        return title_of_kind(teller.pack, kind, teller.language)

    def aim(self, reached: Reached) -> str:
        teller = self.tellers[reached.source]
        return title_of_aim(teller.pack, teller.journey, reached.aim, teller.language)

    def result(self, result: Result) -> str:
        """Return what is written, without what it is about."""
        if result.field:
            return str(result.value).strip()
        return "; ".join(str(one).strip() for one in as_list(result.value))

    def about(self, result: Result, source: int) -> str:
        """Return what the result answers, or which effort it is of; and in which field, where it has several."""
        if not result.field:
            return self.tellers[source].title(Address.of(result.key))
        effort = self._efforts.get(result.key)
        if effort is None:  # what tries out an effort of this year may be of another
            return title_of(self.record(result.key), self.tellers[source].asking)
        what = self.called(effort)
        if len(effort.asked) < 2:
            return what
        field = in_sentence(self.field(effort, result.field))
        return self.speech.text("impact-result-field", what=what, field=field)

    def who(self, result: Result, source: int) -> str:
        return self.tellers[source].name(result.by)


def told_impact(book: Phrasebook, language: str, tellers: Sequence[Teller], year: int | None) -> ToldImpact:
    """Return what is to be told of the groups' tellers, of which there is one at least."""
    groups = [(one.pack, one.journey) for one in tellers]
    impact = impact_of(groups, year=year, today=tellers[0].today)
    return ToldImpact(Speech(book, language, tellers[0].where), tellers, impact)
