"""A name is looked for wherever people's words are kept, and what is one person's alone is told from the rest."""

from datetime import date

from bot.usecases.deliver import closed_account
from dialogs.incoming import Profile
from dialogs.letters import ToRoom
from dialogs.model.people import PersonId
from dialogs.model.records import Record
from dialogs.ports import AccountRef, DraftText
from storage.repositories import disposal_acts, erasure
from storage.tables import metadata
from tests.documents.papers import a_full_document
from tests.storage.builders import NOW, a_world, contribute, contributed, letter
from tests.storage.test_adopted import version


def test_a_name_is_found_in_answers_entries_documents_letters_and_others_drafts(uow):
    world = a_world(uow)
    contribute(uow, "j1", contributed(world.bo, "c1", "Fråga 100%_Ångström, hon vet"))
    with uow:
        kept = Record("r1", "insatser", {"vem": "100%_ångström"}, "", PersonId(world.bo.id), NOW)
        uow.records.save(kept, organisation=world.organisation, group=world.group, journey="j1")
        uow.adopted.put("j1", version(1, a_full_document("100%_ÅNGSTRÖM")), by=world.bo.id, at=NOW)
        uow.outbox.post([letter("k1", "j1", "100%_Ångström har svarat")], NOW)
        for person in (world.anna, world.bo):
            uow.drafts.keep(DraftText(person.id, world.room.id, "100%_Ångström?", journey="j1"), NOW)
        uow.commit()

    with uow:
        found = uow.erasures.mentions(["100%_Ångström"], world.anna.id)
        others = uow.erasures.mentions(["100_Ångström", "%"], world.bo.id)

    assert [(one.kind, one.group) for one in found] == [
        ("answers", "Arbetsgruppen"), ("entries", "Arbetsgruppen"), ("entry-revisions", ""),
        ("documents", "Arbetsgruppen"), ("letters", "Arbetsgruppen"), ("drafts", "Arbetsgruppen"),
    ]  # fmt: skip
    assert [one.place for one in found][:2] == ["vision 1", "insatser r1"]
    assert [one.kind for one in others].count("drafts") == 1  # of % alone: a sign like any other


def test_what_is_theirs_alone_goes_and_nothing_of_anybody_elses(uow):
    world = a_world(uow)
    with uow:
        for person in (world.anna, world.bo):
            uow.drafts.keep(DraftText(person.id, world.room.id, "åtta", journey="j1"), NOW)
        uow.groups.remove_member(world.group, world.bo.id, on=date(2026, 11, 21))
        uow.commit()
    with uow:
        rest = uow.erasures.rest_of(world.bo.id, 10)
        uow.erasures.drop_rest(rest)
        uow.erasures.forget(world.bo.id, "En tidigare ledamot")
        uow.commit()

    with uow:
        assert len(rest) == 1
        assert uow.drafts.get(world.anna.id, world.room.id) is not None
        assert uow.erasures.parts(world.anna.id)["drafts"] == 1
        assert set(uow.erasures.parts(world.bo.id).values()) == {0}
        roster = uow.journeys.head("j1").roster
        assert (roster.name(world.bo.id), roster.name(world.anna.id)) == ("En tidigare ledamot", "Anna")


def test_an_account_that_we_found_closed_is_not_named_where_events_are_remembered_for_ever(uow, engine):
    world = a_world(uow)
    closed = AccountRef("slack", "T1", "U0BO", world.bo.id, Profile("Bo"), None)
    with uow:
        turn = uow.inbox.store(closed_account(closed, NOW))
        uow.inbox.done(turn)
        uow.commit()
    with engine.connect() as connection:
        [row] = connection.execute(metadata.tables["inbox"].select()).all()
    assert "U0BO" not in repr(row)


def test_of_every_table_it_is_known_what_becomes_of_it():
    """A new table that hangs on a journey or on a person has to be thought of here."""
    of_journeys = {table.name for table in metadata.sorted_tables if "journey" in table.c}
    # records go one by one, or are the organisation's; numbers are the registrar's own, and hold no words
    stay_with_journeys = {"record", "adopted_document", "registration"}
    of_people = {
        table.name
        for table in metadata.sorted_tables
        for column in table.c
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
    }
    # whose name stands there no more; and an account and an admin's right, which go with the name
    stay_with_people = {"membership", "adopted_document", "account", "admin"}

    assert set(disposal_acts._NAMED) == of_journeys - stay_with_journeys
    assert set(erasure._NAMED) == of_people - stay_with_people


def test_what_was_answered_in_private_and_never_sent_is_theirs_and_on_hold_with_them(uow):
    world = a_world(uow)
    with uow:
        private = uow.rooms.find("terminal", "", "privat:bo", private=True)
        uow.rooms.bind_private(world.bo.id, private.id)
        for key, room in (("his", private), ("groups", world.room)):
            uow.outbox.post([letter(key, text="Bos hemliga ord", to=ToRoom(room=room.id))], NOW)
        for claimed in uow.outbox.claim("terminal", NOW):
            uow.outbox.not_sent(claimed, "dead", "too long")
        uow.drafts.keep(DraftText(world.anna.id, world.room.id, "åtta"), NOW)
        uow.commit()

    with uow:
        his, groups = uow.disposals.stored("letters", world.organisation, alone=True)
        [draft] = uow.disposals.stored("drafts", world.organisation, alone=True)
        assert (his.persons, his.group) == ({world.bo.id}, "")
        assert (groups.persons, groups.group) == (frozenset(), world.group)
        assert draft.group == world.group
        assert uow.erasures.parts(world.bo.id)["letters"] == 1
        uow.erasures.drop_rest(uow.erasures.rest_of(world.bo.id, 10))
        uow.erasures.forget(world.bo.id, "En tidigare ledamot")
        uow.commit()

    with uow:
        [left] = uow.disposals.stored("letters", world.organisation, alone=True)
        assert left.key == groups.key
