"""What officials wrote in a report is found by what somebody with the same trouble would say, on either database."""

import pytest

from dialogs.model.records import Record
from dialogs.model.sharing import EVERYBODY, Share, Viewer
from dialogs.model.words import Entry
from dialogs.search.terms import counted
from tests.storage.builders import NOW, a_world
from tests.storage.test_search import found

REPORTS = {
    "närvaro": "Tidiga insatser mot problematisk skolfrånvaro i högstadiet.",
    "näring": "Kortare nattfasta mot undernäring i särskilt boende.",
    "halka": "Sandning av gångbanor innan det fryser på.",
    "brev": "Klarspråk i avgiftsbeslut gav färre frågor.",
    "bemanning": "Resursteam i stället för hyrpersonal på avdelningen.",
    "nycklar": "Digitala lås ersatte nyckelskåp i ordinärt boende.",
}


@pytest.fixture
def reader(uow) -> Viewer:
    made = a_world(uow)
    with uow:
        other = uow.organisations.add("Den andra")
        group = uow.groups.add(other, "Våra")
        for id, words in REPORTS.items():
            record = Record(id, "exempel", {"titel": words}, "", made.anna.id, NOW)
            uow.records.save(record, organisation=made.organisation, group=made.group, journey="j1")
            uow.search.put(Entry(id, "exempel", made.organisation, made.group, counted(words, "sv")))
            uow.shares.put(Share(id, EVERYBODY, made.anna.id, NOW), organisation=made.organisation)
        uow.commit()
    return Viewer(group, other, NOW.date())


def test_the_report_is_found_first(uow, reader):
    said = {
        "Flera elever skolkar": "närvaro",
        "De äldre har dålig aptit på morgonen": "näring",
        "Trottoaren är hal": "halka",
        "Ingen begriper våra brev": "brev",
        "Stafettläkarna kostar för mycket": "bemanning",
        "Vi tappar bort nyckeln till hemtjänstens kunder": "nycklar",
        "Ramlar på isig gångväg": "halka",
    }

    assert {words: found(uow, words, reader)[:1] for words in said} == {
        words: [report] for words, report in said.items()
    }
