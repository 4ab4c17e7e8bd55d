"""Whoever looks after the methods asks for a year with one: it is played beside the turns, and told with a page to read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import Timer
from zlib import compress, decompress

import pytest

from bot.apart import Apart, Ended, NotDone
from bot.packs.work import Act, PackWork, do_all
from bot.rehearsing import played as playing
from bot.rehearsing.played import rehearse_parts
from bot.rehearsing.year import RehearsedYear
from bot.usecases.pack_jobs import HELD, MOST_TRIES, take_back_jobs
from content.loader import Loaded, load
from dialogs.model.pack_job import Played, Rehearsing
from storage.mapping import PACK_TASK, PLAYED, pack_text
from tests.conversation.talk import Told
from tests.conversation.workplace import Workplace
from tests.files.conftest import Begun, opened
from tests.files.office import file_in, made
from tests.files.test_packs import files, make_admin, sends, zipped

PAGE = b"<!doctype html><p>Hej</p>"
YEAR = Played(12, 8, 3)


@dataclass
class Playing(Apart):
    """Plays no year: it tells what it is handed, and gives what it was given."""

    played: Played = YEAR
    page: bytes = compress(PAGE)
    fails: bool = False
    asked: list[Rehearsing] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(1.0)

    def do(self, task: str, *parts: bytes) -> Sequence[bytes]:
        wanted = PACK_TASK.value(parts[0].decode())
        assert task == "rehearse"
        self.asked.append(wanted)
        if self.fails:
            raise NotDone(task)
        return PLAYED.text(self.played).encode(), self.page


def work_of(work: Workplace, apart: Apart) -> PackWork:
    return PackWork(work.shelf, work.clock, work.book, apart)


def plays(work: Workplace, apart: Apart | None = None) -> Told:
    """Let all that was asked for be done; return what is told of it."""
    work.book.asked_for.clear()
    do_all(work_of(work, apart or Playing()), work.uow, work.looking)
    return work.hear()


def dies_after(work: Workplace, how: str) -> None:
    """Begin, and let the process be gone after the first act of that kind."""
    acts, came = work_of(work, Playing()).acts(), None
    while True:
        act: Act = acts.send(came)
        came = act.do() if act.how == "apart" else act.do(work.uow())
        if act.how == how:
            return


@pytest.fixture
def work(begun_in_slack: Begun, tmp_path: Path) -> Iterator[Workplace]:
    yield from opened(begun_in_slack, tmp_path)


@pytest.fixture
def office(work: Workplace) -> Workplace:
    """A workplace where the small method is installed."""
    work.presses("Ada", sends(work, "Ada", zipped(files())).button("install-pack"), in_private=True)
    return work


def jobs(work: Workplace) -> list[tuple[str]]:
    return work.rows("select state from pack_job")


# ------------------------------------------------------------------------------------------------ asked for


def test_it_is_said_at_once_that_it_has_begun_and_the_page_comes_with_the_counts(office: Workplace):
    begun = office.privately("Ada", "repetera min-metod 2031")
    assert begun.keys == {"rehearse-begun"}
    apart = Playing()

    told = plays(office, apart)

    assert {"rehearse-played", "rehearse-messages", "rehearse-in-channel", "rehearse-to-people"} <= told.keys
    assert "rehearse-first-stuck" not in told.keys
    file = file_in(told)
    assert (file.name, file.media) == ("min-metod-0.1.0-2031.html", "text/html")
    assert made(office, file) == PAGE
    assert [(one.pack, one.version, one.year, one.language) for one in apart.asked] == [
        ("min-metod", "0.1.0", 2031, "sv")
    ]
    assert plays(office).letters == []


@pytest.mark.parametrize(
    ("said", "year"),
    [("repetera Min metod", 2027), ("Rehearse min-metod", 2027), ("repetera min metod 2026", 2026)],
)
def test_next_year_is_played_where_none_is_named(office: Workplace, said: str, year: int):
    office.privately("Ada", said)
    apart = Playing()
    plays(office, apart)

    assert [one.year for one in apart.asked] == [year]


def test_the_first_question_that_nobody_could_answer_is_told(office: Workplace):
    office.privately("Ada", "repetera min-metod")
    apart = Playing(played=Played(12, 8, 3, ("1.2 Hur många?", "1.3 Vilka?")))

    told = plays(office, apart)

    assert "rehearse-first-stuck" in told.keys
    assert "1.2 Hur många?" in told.text
    assert "1.3" not in told.text


def test_a_page_that_is_too_large_is_not_handed_out(office: Workplace):
    office.privately("Ada", "repetera min-metod")

    told = plays(office, Playing(page=b""))

    assert {"rehearse-played", "rehearse-page-too-large"} <= told.keys
    assert [letter.message.file for letter in told.letters] == [None]


def test_one_in_waiting_is_played_by_its_button_and_before_the_one_that_is_installed(office: Workplace):
    button = sends(office, "Ada", zipped(files("0.2.0"))).button("rehearse-pack")
    office.presses("Ada", button, in_private=True)
    apart = Playing()
    plays(office, apart)
    office.privately("Ada", "repetera min-metod 2030")
    plays(office, apart)
    make_admin(office, "Eva")
    office.privately("Eva", "repetera min-metod 2030")
    plays(office, apart)

    assert [(one.version, one.year, bool(one.waiting)) for one in apart.asked] == [
        ("0.2.0", 2027, True), ("0.2.0", 2030, True), ("0.1.0", 2030, False),
    ]  # fmt: skip


def test_one_that_was_installed_meanwhile_is_played_all_the_same(work: Workplace):
    told = sends(work, "Ada", zipped(files()))
    work.presses("Ada", told.button("rehearse-pack"), in_private=True)
    work.presses("Ada", told.button("install-pack"), in_private=True)

    assert "rehearse-played" in plays(work).keys


def test_one_whose_hour_has_gone_is_not(work: Workplace):
    button = sends(work, "Ada", zipped(files())).button("rehearse-pack")
    work.presses("Ada", button, in_private=True)
    work.clock.seconds += 3700
    apart = Playing()

    assert plays(work, apart).keys == {"pack-waits-no-more"}
    assert apart.asked == []
    assert plays(work).letters == []
    assert "pack-waits-no-more" in work.presses("Ada", button, in_private=True).keys


def test_a_year_that_is_none_is_told(office: Workplace):
    for year in ("1066", "27", "2100"):
        assert "rehearse-year" in office.privately("Ada", f"repetera min-metod {year}").keys
    assert jobs(office) == []


def test_a_second_year_waits_until_the_first_has_come_and_others_need_not(office: Workplace):
    make_admin(office, "Eva")
    office.privately("Ada", "repetera min-metod")

    assert "rehearse-under-way" in office.privately("Ada", "repetera min-metod 2030").keys
    assert "rehearse-begun" in office.privately("Eva", "repetera min-metod 2030").keys
    assert len(plays(office).letters) == 2
    assert "rehearse-begun" in office.privately("Ada", "repetera min-metod 2030").keys


def test_words_that_name_no_method_are_words(office: Workplace):
    assert "rehearse-begun" not in office.privately("Ada", "repetera talet en gång").keys
    assert "method-unknown" in office.privately("Ada", "repetera borta-metod 2027").keys
    assert "method-which" in office.privately("Ada", "repetera").keys


# ------------------------------------------------------------------------------------------------ who may


def test_only_those_who_look_after_methods_rehearse_and_only_in_private(office: Workplace):
    assert "pack-only-keepers" in office.privately("Bo", "repetera min-metod").keys
    assert "methods-privately" in office.mentions("Ada", "repetera min-metod").keys
    assert jobs(office) == []


def test_whoever_looks_after_them_no_more_gets_nothing(office: Workplace):
    make_admin(office, "Eva")
    office.privately("Eva", "repetera min-metod")
    with office.engine.begin() as connection:
        connection.exec_driver_sql(
            "delete from admin where person = (select id from person where name = 'Eva')"
        )
    apart = Playing()

    assert plays(office, apart).keys == {"pack-only-keepers"}
    assert apart.asked == []


def test_the_page_is_whoever_asked_for_its_and_kept_for_a_day(office: Workplace):
    office.privately("Ada", "repetera min-metod")
    file = file_in(plays(office))
    bo = office.member("Bo").person.id
    assert made(office, replace(file, recipe=replace(file.recipe, person=bo))) is None
    assert made(office, file) == PAGE
    office.clock.day += timedelta(days=2)
    assert made(office, file) is None
    office.desk.look_at_a_new_day()
    assert jobs(office) == []


# ------------------------------------------------------------------------------------------------ when it goes wrong


def test_a_year_that_cannot_be_played_is_told_in_one_sentence_and_once(office: Workplace):
    office.privately("Ada", "repetera min-metod")

    told = plays(office, Playing(fails=True))

    assert told.keys == {"rehearse-failed"}
    assert plays(office).letters == []
    assert "rehearse-begun" in office.privately("Ada", "repetera min-metod").keys


@pytest.mark.parametrize("how", ["write", "read", "apart"])
def test_a_process_that_dies_leaves_it_to_the_next(office: Workplace, how: str):
    office.privately("Ada", "repetera min-metod")
    dies_after(office, how)
    assert plays(office).letters == []

    office.open()
    take_back_jobs(uow=office.uow())

    assert "rehearse-played" in plays(office).keys
    assert plays(office).letters == []


def test_among_several_processes_it_is_taken_up_when_its_time_is_up(office: Workplace):
    office.privately("Ada", "repetera min-metod")
    dies_after(office, "write")
    office.clock.seconds += round(HELD.total_seconds())

    assert "rehearse-played" in plays(office).keys


def test_one_that_comes_back_late_tells_nothing_twice(office: Workplace):
    office.privately("Ada", "repetera min-metod")
    acts = work_of(office, Playing()).acts()
    job = next(acts).do(office.uow())
    text = acts.send(job).do(office.looking())
    played = acts.send(text).do()
    office.clock.seconds += round(HELD.total_seconds())
    assert "rehearse-played" in plays(office).keys

    acts.send(played).do(office.uow())

    assert office.hear().letters == []


def test_what_is_broken_off_again_and_again_is_told_as_that(office: Workplace):
    office.privately("Ada", "repetera min-metod")
    for _ in range(MOST_TRIES):
        dies_after(office, "write")
        take_back_jobs(uow=office.uow())

    assert plays(office).keys == {"rehearse-broken-off"}
    assert plays(office).letters == []


# ------------------------------------------------------------------------------------------------ apart


@pytest.fixture
def january(monkeypatch: pytest.MonkeyPatch) -> None:
    """A year has one month."""

    def short(*args: object) -> RehearsedYear:
        return RehearsedYear(*args, months=1)  # type: ignore[arg-type]

    monkeypatch.setattr(playing, "RehearsedYear", short)


def asked(year: int = 2027) -> tuple[bytes, bytes]:
    loaded = load(files())
    assert isinstance(loaded, Loaded)
    task = Rehearsing(loaded.pack.id, "", "Min metod", loaded.pack.version, year, "sv")
    return PACK_TASK.text(task).encode(), pack_text(loaded.pack).encode()


def test_a_compiled_pack_is_played_and_counted(january: None):
    told, page = rehearse_parts(*asked())

    played = PLAYED.value(told.decode())
    assert played.messages > played.in_channel > 0
    assert played.people > 0
    assert played.stuck == ()
    assert decompress(page).decode().count("<article>") == played.messages


def test_a_page_larger_than_a_file_may_be_is_left_out(january: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(playing, "MOST_BYTES", 100)

    assert rehearse_parts(*asked())[1] == b""


def test_one_that_takes_too_long_is_ended(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(NotDone):
        Apart(0.3).do("rehearse", *asked())
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_stops_waits_for_nothing():
    apart = Apart(60)
    Timer(0.2, apart.end).start()

    for _ in range(2):
        with pytest.raises(Ended):
            apart.do("rehearse", *asked())
