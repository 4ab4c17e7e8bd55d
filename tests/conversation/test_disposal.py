"""What was put in is disposed of under the question where the answer lies now, and the group goes on as before."""

from datetime import date

from bot.ids import RandomIds
from bot.usecases.disposal_plan import contributions_of
from bot.usecases.disposing import Disposing
from dialogs.model.disposal import Run
from storage.errors import Conflict
from storage.unit_of_work import SqlUnitOfWork
from tests.conversation.talk import Talk
from tests.conversation.test_versions import answered, install


def dispose(talk: Talk) -> Run:
    """Dispose of whatever is behind settled answers, years later."""
    organisation = talk.journey().organisation
    with talk.uow() as uow:
        uow.disposals.set_rule(organisation, "contributions", 1)
        uow.commit()
    acts = Disposing(
        talk.uow, lambda: SqlUnitOfWork(talk.reading), talk.shelf, talk.clock, RandomIds(), Conflict
    )
    plan = acts.plan(organisation, date(2040, 1, 1))
    ended = acts.go_on(acts.begin(plan, "KS 1"))
    assert isinstance(ended, Run)
    return ended


def test_what_was_put_in_before_a_change_of_version_goes_too_and_all_else_stands(talk: Talk):
    answered(talk)
    install(talk)
    talk.says("Ada", "byt version")
    before = talk.journey()

    ended = dispose(talk)

    assert ended.texts == {"contributions": 1}
    assert talk.rows("SELECT count(*) FROM entry WHERE kind = 'text-disposed'") == [(1,)]
    assert "lära" not in "".join(talk.everything()["entry"])
    assert talk.differences() == []
    after = talk.journey()
    assert {one: (item.status, item.value) for one, item in after.items.items()} == {
        one: (item.status, item.value) for one, item in before.items.items()
    }
    talk.says("Ada", "ångra versionsbytet")
    assert talk.differences() == []


def test_after_it_the_group_goes_on_and_may_settle_anew(talk: Talk):
    answered(talk)
    dispose(talk)

    talk.says("Ada", "öppna 1.1: vi tänker om")
    talk.says("Bo", "vi lär ut", to="1.1")
    talk.says("Ada", "fastställ 1.1: Vi lär ut")

    assert talk.item("1.1").value == "Vi lär ut"
    assert talk.differences() == []
    with talk.uow() as uow:
        again = [
            one for one in contributions_of(talk.journey(), uow=uow, shelf=talk.shelf) if one.why is None
        ]
    assert [one.texts for one in again] == [1]
