"""A retired method: no new journeys begin with it, those under way go on, and whoever names it is told why."""

from tests.conversation.talk import Talk, a_method, begin
from tests.conversation.test_practice import another_method


def with_another(talk: Talk) -> None:
    with talk.uow() as uow:
        uow.packs.put(another_method(), "annan", by="test", at=talk.clock.now())
        uow.commit()


def retire(talk: Talk, id: str) -> None:
    with talk.uow() as uow:
        for one in uow.packs.installed():
            if one.id == id:
                uow.packs.retire(id, one.version, by="test", at=talk.clock.now())
        uow.commit()


def test_a_retired_method_is_offered_to_nobody(nobody: Talk):
    with_another(nobody)
    retire(nobody, a_method().id)

    for line in ("starta", "Kommunen", "-", "-", "-"):
        nobody.says("Ada", line)

    with nobody.uow() as uow:
        assert [one.pack for one in uow.journeys.all()] == ["annat"]


def test_whoever_names_a_retired_method_is_told_and_may_choose_another(nobody: Talk):
    with_another(nobody)
    third = another_method()
    with nobody.uow() as uow:
        manifest = third.manifest.model_copy(update={"id": "tredje"})
        uow.packs.put(
            third.model_copy(update={"manifest": manifest}), "tre", by="test", at=nobody.clock.now()
        )
        uow.commit()
    for line in ("starta", "Kommunen"):
        nobody.says("Ada", line)
    retire(nobody, "annat")

    told = nobody.says("Ada", "annat")
    for line in ("tredje", "-", "-", "-"):
        nobody.says("Ada", line)

    assert "method-retired" in told.keys
    with nobody.uow() as uow:
        assert [one.pack for one in uow.journeys.all()] == ["tredje"]


def test_a_method_that_is_retired_while_the_form_is_filled_in_begins_no_other_instead(nobody: Talk):
    with_another(nobody)
    for line in ("starta", "Kommunen", "annat", "-", "-"):
        nobody.says("Ada", line)
    retire(nobody, "annat")

    told = nobody.says("Ada", "-")

    assert "method-retired" in told.keys
    with nobody.uow() as uow:
        assert list(uow.journeys.all()) == []


def test_when_all_are_retired_it_is_said_why_and_journeys_go_on(nobody: Talk):
    begin(nobody)
    before = nobody.put()
    retire(nobody, a_method().id)

    assert "packs-retired" in nobody.says("Nils", "starta", room="annan").keys
    assert "packs-retired" in nobody.privately("Bo", "provkör").keys
    nobody.says("Ada", "fastställ 1.1: Framåt")
    assert nobody.put() != before
