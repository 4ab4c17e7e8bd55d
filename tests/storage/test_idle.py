"""PostgreSQL ends a transaction whose owner says nothing for a minute: what a stopped process held is free again."""

from collections.abc import Callable, Iterator
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine, make_url, text

from storage import engine as engines
from storage.engine import open_engine
from storage.errors import Conflict
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.builders import a_world

pytestmark = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
SHOW = text("SHOW idle_in_transaction_session_timeout")
PATIENCE = 30.0


@pytest.fixture
def opened(url: str) -> Iterator[Callable[[], Engine]]:
    made: list[Engine] = []

    def another() -> Engine:
        made.append(open_engine(url))
        return made[-1]

    yield another
    for one in made:
        one.dispose()


@pytest.mark.parametrize("read_only", [False, True])
def test_it_is_a_minute(url, read_only):
    opened = open_engine(url, read_only=read_only)
    with opened.connect() as connection:
        assert connection.scalar(SHOW) == "1min"
    opened.dispose()


def test_what_is_set_for_the_database_stands(url, opened):
    name = make_url(url).database
    with opened().connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET idle_in_transaction_session_timeout = '5min'")
        connection.commit()
        try:
            with opened().connect() as another:
                assert another.scalar(SHOW) == "5min"
        finally:
            connection.exec_driver_sql(f"ALTER DATABASE {name} RESET idle_in_transaction_session_timeout")
            connection.commit()


@pytest.mark.parametrize(
    "ask",
    [lambda uow: uow.journeys.all(), lambda uow: uow.journeys.head("j1"), lambda uow: uow.commit()],
    ids=["by SQLAlchemy", "by the driver", "by the commit"],
)
def test_what_one_held_that_says_nothing_another_can_hold_and_the_one_begins_anew(
    uow, engine, opened, monkeypatch, ask
):
    a_world(uow)
    monkeypatch.setattr(engines, "IDLE_MILLISECONDS", 200)
    silent, other = SqlUnitOfWork(opened()), SqlUnitOfWork(opened())
    with silent:
        assert silent.calendar.hold("j1")

        with other:
            wait_until(lambda: other.calendar.hold("j1"))

        with pytest.raises(Conflict):
            ask(silent)

    with silent:
        assert [one.id for one in silent.journeys.all()] == ["j1"]
        assert silent.calendar.hold("j1")


def wait_until(true: Callable[[], bool]) -> None:
    """Ask again and again: the time that passes is the server's."""
    deadline = monotonic() + PATIENCE
    while not true():
        assert monotonic() < deadline
        sleep(0.02)
