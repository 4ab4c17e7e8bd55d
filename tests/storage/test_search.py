"""Records are found by their words, the same ones in the same order on either database, and only by who may see them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from dialogs.model.records import Record
from dialogs.model.sharing import EVERYBODY, Share, Viewer
from dialogs.model.words import Entry
from dialogs.search.query import query_of, terms_in
from dialogs.search.ranking import ranked, worth_a_look
from dialogs.search.terms import counted, stem
from storage.prepared import with_lists
from storage.repositories import search
from tests.storage.builders import NOW, a_world

TODAY = NOW.date()
TEXTS = {
    "hotell": "Stölder på hotellet: nya lås och säkerhetsrutiner i receptionen.",
    "larm": "Trygghetslarm i hemtjänsten: fler timmar med de äldre.",
    "kok": "Matsvinnet i köket minskade när vi vägde det.",
    "las": "Nya lås på skolan.",
}
OURS = Viewer("ours", "o2", TODAY)


@pytest.fixture
def world(uow):
    made = a_world(uow)
    with uow:
        other = uow.organisations.add("Den andra")
        group = uow.groups.add(other, "Våra")
        for id, words in TEXTS.items():
            record = Record(id, "exempel", {"titel": words}, "", made.anna.id, NOW)
            uow.records.save(record, organisation=made.organisation, group=made.group, journey="j1")
            uow.search.put(Entry(id, "exempel", made.organisation, made.group, counted(words, "sv")))
            uow.shares.put(Share(id, EVERYBODY, made.anna.id, NOW), organisation=made.organisation)
        uow.commit()
    return replace(made), Viewer(group, other, TODAY), Viewer(made.group, made.organisation, TODAY)


def found(uow, words: str, viewer: Viewer) -> list[str]:
    query = query_of(words, "sv")
    with uow:
        counts = uow.search.counts(terms_in(query))
        clauses = worth_a_look(query, counts)
        candidates = uow.search.having(clauses, registers=["exempel"], viewer=viewer)
        return [hit.candidate.record for hit in ranked(query, candidates, counts, most=10)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("lås", ["las", "hotell"]),
        ("larmet", ["larm"]),
        ("rutin för säkerhet", ["hotell", "larm"]),
        ("tillgrepp och låset", ["hotell", "las", "kok"]),
        ("svinnet av mat", ["kok", "hotell"]),
        ("och att det", []),
        ("ingenting liknar", []),
        ("' \" OR * ) & | ! :", []),
    ],
)
def test_what_fits_best_comes_first(uow, world, words, expected):
    assert found(uow, words, world[1]) == expected


def share_of(world, id: str, to: str | None, until: date | None = None) -> Share:
    return Share(id, to, world[0].anna.id, NOW, until)


def test_only_who_may_see_it_finds_it(uow, world):
    made, theirs, own = world
    with uow:
        uow.shares.end("larm", by=made.anna.id, at=NOW)
        uow.commit()

    assert found(uow, "larm", theirs) == []
    assert found(uow, "larm", own) == ["larm"]
    with uow:
        assert uow.shares.seen(["larm", "kok"], theirs) != []
        assert [one.record.id for one in uow.shares.seen(["larm", "kok"], theirs)] == ["kok"]


def test_a_share_is_with_one_organisation_until_a_day(uow, world):
    made, theirs, _ = world
    with uow:
        uow.shares.end("larm", by=made.anna.id, at=NOW)
        uow.shares.put(share_of(world, "larm", theirs.organisation, TODAY), organisation=made.organisation)
        uow.commit()

    assert found(uow, "larm", theirs) == ["larm"]
    assert found(uow, "larm", replace(theirs, today=TODAY + timedelta(days=1))) == []
    assert found(uow, "larm", replace(theirs, organisation=made.organisation, group="another")) == []


def test_nothing_is_met_that_lies_behind_a_border(uow, world):
    made, theirs, own = world

    assert found(uow, "larm", replace(theirs, within=(theirs.organisation,))) == []
    assert found(uow, "larm", replace(theirs, within=(made.organisation,))) == ["larm"]
    assert found(uow, "larm", replace(own, within=())) == ["larm"]


def test_new_words_take_the_place_of_the_old_ones_and_are_counted(uow, world):
    made, theirs, _ = world
    with uow:
        before = uow.search.counts(["larm", stem("cykel", "sv")])
        uow.search.put(Entry("larm", "exempel", made.organisation, made.group, counted("Cyklar", "sv")))
        after = uow.search.counts(["larm", stem("cykel", "sv")])
        uow.commit()

    assert (before.entries, before.of_term) == (4, {"larm": 1})
    assert (after.entries, after.of_term) == (4, {stem("cykel", "sv"): 1})
    assert found(uow, "larm", theirs) == []
    assert found(uow, "cykel", theirs) == ["larm"]
    assert found(uow, "cyklarna", theirs) == ["larm"]


def test_what_is_dropped_is_gone_from_all_of_it(uow, world, engine):
    with uow:
        for id in TEXTS:
            uow.search.drop(id)
        uow.commit()

    assert all(found(uow, words, world[1]) == [] for words in TEXTS.values())
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM search_term")).scalar() == 0


def test_written_anew_it_is_what_it_was(uow, world):
    made, theirs, _ = world
    before = [found(uow, words, theirs) for words in TEXTS.values()]
    every = [
        Entry(id, "exempel", made.organisation, made.group, counted(words, "sv"))
        for id, words in TEXTS.items()
    ]
    with uow:
        counts = uow.search.counts(["lås", "larm"])
        assert uow.search.put_anew(every) == len(TEXTS)
        assert uow.search.counts(["lås", "larm"]) == counts
        uow.commit()

    assert [found(uow, words, theirs) for words in TEXTS.values()] == before


def test_what_is_not_committed_is_not_found(uow, world):
    made, theirs, _ = world
    with uow:
        uow.search.put(Entry("larm", "exempel", made.organisation, made.group, counted("Zeppelinare", "sv")))

    assert found(uow, "zeppelinare", theirs) == []
    assert found(uow, "larm", theirs) == ["larm"]


def test_pairs_of_common_words_crowd_out_nothing_that_has_a_rare_one(uow, world, monkeypatch):
    monkeypatch.setattr(search, "MOST_CANDIDATES", 1)
    monkeypatch.setattr(search, "_CANDIDATES", with_lists(search._on_sqlite, search._on_postgresql))
    with uow:
        clauses = [("larm",), ("lås", "skol")]
        candidates = uow.search.having(clauses, registers=["exempel"], viewer=world[1])

    assert [one.record for one in candidates] == ["larm", "las"]


def test_terms_are_told_by_how_they_begin(uow, world):
    with uow:
        assert sorted(uow.search.beginning(["trygg", "hotel"])) == ["hotell", "trygg", "trygghetslarm"]
        assert uow.search.beginning([]) == []


def test_what_an_upgrade_left_to_write_anew_is_taken_on_once(uow, world, engine):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO search_term (term, entries) VALUES (' ', 1)"))
    with uow:
        assert uow.search.is_old()
        assert [uow.search.take_old(), uow.search.take_old()] == [True, False]
        uow.search.put_anew([])
        uow.commit()
    with uow:
        assert not uow.search.is_old()
