"""An admin sends a method in the chat: it is checked on the way, told in private, and installed by a press."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from bot.apart import Apart, NotDone, packed, unpacked
from bot.files_in import read_file
from bot.packs.checks import PackChecks
from bot.packs.judge import judge
from bot.usecases.taking_files import sent_by_keeper, to_fetch
from content.new_pack import new_pack
from dialogs.incoming import Attached, Incoming, Said
from dialogs.model.checked_pack import CheckedPack
from dialogs.model.problem import Problem
from tests.conversation.talk import Told, private
from tests.conversation.workplace import Workplace, account
from tests.files.office import file_in, made

SENT = Attached("min-metod.zip", "https://slack/metod", "https://files/metod")
ID = "min-metod"


def files(version: str = "") -> dict[str, bytes]:
    """Return a small method's files."""
    made = new_pack(ID, title="Min metod", languages=("sv", "en"), remarks="sv")
    if version:
        made["pack.yaml"] = made["pack.yaml"].replace(b"0.1.0", version.encode())
    return made


def zipped(files: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as opened:
        for name, one in files.items():
            opened.writestr(name, one)
    return content.getvalue()


def checked(work: Workplace, content: bytes) -> CheckedPack:
    """Return what a check says, without the cost of a process of its own."""
    with work.looking() as uow:
        newest = {one.id: one for one in uow.packs.installed()}
        texts = {id: uow.packs.text(id, one.version) or "" for id, one in newest.items()}
    return judge(content, texts, {id: one.checksum for id, one in newest.items()})


def sends(work: Workplace, who: str, content: bytes, text: str = "") -> Told:
    read = read_file(
        "min-metod.zip", content, today=work.clock.today(), check_pack=lambda it: checked(work, it)
    )
    work.files = {SENT.fetch: read}
    return work._take(who, Said(text, "m1", attached=(SENT,)), private(who), is_private=True)


def installed(work: Workplace) -> list[str]:
    with work.looking() as uow:
        return [one.version for one in uow.packs.installed() if one.id == ID]


def waiting(work: Workplace) -> int:
    return len(work.rows("select id from pack_in_waiting"))


def make_admin(work: Workplace, who: str) -> None:
    organisation = work.journey().organisation
    with work.uow() as uow:
        [person] = uow.people.named(who, None)
        uow.organisations.add_admin(organisation, person.id)
        uow.commit()


# ------------------------------------------------------------------------------------------------ sent


def test_a_method_without_a_fault_is_told_and_waits_for_a_press(work: Workplace):
    told = sends(work, "Ada", zipped(files()))

    assert {
        "pack-sent-fine",
        "pack-has-steps",
        "pack-has-questions",
        "pack-is-new",
        "pack-waits",
    } <= told.keys
    assert told.actions == ["install-pack", "get-file", "rehearse-pack"]
    assert installed(work) == []
    assert waiting(work) == 1


def test_a_press_installs_it_and_new_groups_begin_with_it(work: Workplace):
    told = sends(work, "Ada", zipped(files()))

    said = work.presses("Ada", told.button("install-pack"), in_private=True)

    assert "pack-is-installed" in said.keys
    assert installed(work) == ["0.1.0"]
    assert waiting(work) == 0
    assert ID in [pack.id for pack in work.shelf.newest()]
    ada = work.member("Ada").person.id
    assert (ada, ID) in work.rows("select person, about from audit where kind = 'pack-installed'")


def test_pressing_twice_installs_once(work: Workplace):
    button = sends(work, "Ada", zipped(files())).button("install-pack")
    work.presses("Ada", button, in_private=True)

    again = work.presses("Ada", button, in_private=True)

    assert "pack-waits-no-more" in again.keys
    assert installed(work) == ["0.1.0"]


def test_what_is_wrong_is_told_by_file_and_nothing_is_kept(work: Workplace):
    broken = files()
    name = next(one for one in broken if one.startswith("steps/"))
    broken[name] = broken[name].replace(b"kind: text", b"kind: txet")

    told = sends(work, "Ada", zipped(broken))

    assert "pack-sent-refused" in told.keys
    assert name in told.text
    assert told.actions == []
    assert installed(work) == []
    assert waiting(work) == 0


def test_a_long_list_comes_as_a_file_as_well(work: Workplace):
    broken = files()
    name = next(one for one in broken if one.startswith("steps/"))
    broken[name] += "".join(f"extra-{n}: 1\n" for n in range(60)).encode()

    told = sends(work, "Ada", zipped(broken))

    assert "pack-more-slips" in told.keys
    content = made(work, file_in(told))
    assert content is not None
    assert content.decode().count("\n- ") == 60
    assert told.text.count("\n- ") == 30
    [row] = work.rows("select pack from pack_in_waiting")
    assert row == ("",)


def test_a_newer_version_is_compared_with_the_one_before(work: Workplace):
    work.presses("Ada", sends(work, "Ada", zipped(files())).button("install-pack"), in_private=True)

    told = sends(work, "Ada", zipped(files("0.2.0")))

    assert {"pack-follows", "pack-changes", "pack-no-groups"} <= told.keys
    work.presses("Ada", told.button("install-pack"), in_private=True)
    assert installed(work) == ["0.1.0", "0.2.0"]


def test_the_same_version_with_another_content_is_refused(work: Workplace):
    work.presses("Ada", sends(work, "Ada", zipped(files())).button("install-pack"), in_private=True)
    other = files()
    other["pack.yaml"] += b"# en rad till\n"

    assert "pack-sent-refused" in sends(work, "Ada", zipped(other)).keys


def test_the_very_same_is_there_already(work: Workplace):
    work.presses("Ada", sends(work, "Ada", zipped(files())).button("install-pack"), in_private=True)

    told = sends(work, "Ada", zipped(files()))

    assert "pack-sent-there" in told.keys
    assert told.actions == []


def test_somebody_elses_version_in_between_has_to_be_compared_with(work: Workplace):
    make_admin(work, "Eva")
    adas = sends(work, "Ada", zipped(files("0.3.0"))).button("install-pack")
    evas = sends(work, "Eva", zipped(files("0.2.0"))).button("install-pack")
    work.presses("Eva", evas, in_private=True)

    told = work.presses("Ada", adas, in_private=True)

    assert "pack-overtaken" in told.keys
    assert installed(work) == ["0.2.0"]


def test_it_waits_for_an_hour_and_is_erased_then(work: Workplace):
    button = sends(work, "Ada", zipped(files())).button("install-pack")
    work.clock.seconds += round(timedelta(hours=1).total_seconds())

    assert "pack-waits-no-more" in work.presses("Ada", button, in_private=True).keys
    work.clock.day += timedelta(days=1)
    work.desk.look_at_a_new_day()
    assert waiting(work) == 0


def test_a_drawing_of_what_waits_is_handed_out_to_whoever_sent_it(work: Workplace):
    make_admin(work, "Eva")
    button = sends(work, "Ada", zipped(files())).button("get-file")

    file = file_in(work.presses("Ada", button, in_private=True))

    assert file.name == "min-metod-0.1.0.svg"
    assert b"<svg" in (made(work, file) or b"")[:200]
    assert "file-gone" in work.presses("Eva", button, in_private=True).keys


def test_it_is_told_in_the_language_of_whoever_sends_it(work: Workplace):
    work.privately("Ada", "language English")
    broken = files()
    broken["pack.yaml"] += b"extra: 1\n"

    assert "line" in sends(work, "Ada", zipped(broken)).text


# ------------------------------------------------------------------------------------------------ who may


def test_whoever_is_no_admin_is_refused_and_the_file_is_a_named_link(work: Workplace):
    bo = read_file("min-metod.zip", zipped(files()), today=work.clock.today())
    work.files = {SENT.fetch: bo}

    told = work._take("Bo", Said("", "m1", attached=(SENT,)), private("Bo"), is_private=True)

    assert "pack-only-keepers" in told.keys
    assert {"file-with-words", "file-needs-words"} & told.keys
    assert installed(work) == []


def test_whoever_is_an_admin_no_more_installs_nothing(work: Workplace):
    make_admin(work, "Eva")
    button = sends(work, "Eva", zipped(files())).button("install-pack")
    with work.engine.begin() as connection:
        connection.exec_driver_sql(
            "delete from admin where person = (select id from person where name = 'Eva')"
        )

    assert "pack-only-keepers" in work.presses("Eva", button, in_private=True).keys
    assert installed(work) == []


def test_with_several_organisations_a_setting_says_whose_admins_may(work: Workplace):
    organisation = work.journey().organisation
    ada = work.member("Ada").person.id
    with work.uow() as uow:
        ours = uow.organisations.name(organisation)
        uow.organisations.add_admin(uow.organisations.add("Regionen"), ada)
        uow.commit()
    incoming = Incoming(
        work.door,
        "T1",
        "e",
        account("Ada"),
        "Ada",
        private("Ada"),
        True,
        work.clock.now(),
        Said("", "m", attached=(SENT,)),
    )

    may = {by: sent_by_keeper(incoming, uow=work.looking(), by=by) for by in ("", ours, "Regionen", "Ingen")}

    assert may == {"": False, ours: True, "Regionen": True, "Ingen": False}
    assert "pack-only-keepers" in sends(work, "Ada", zipped(files())).keys


# ------------------------------------------------------------------------------------------------ how it is sent


@pytest.mark.parametrize(
    ("text", "fetched"), [("", True), ("kontrollera", True), ("Check", True), ("Vår metod", False)]
)
def test_it_comes_without_words_or_with_those_that_ask_for_a_check(work: Workplace, text: str, fetched: bool):
    said = Said(text, "m1", attached=(SENT,))
    incoming = Incoming(
        work.door, "T1", "e", account("Ada"), "Ada", private("Ada"), True, work.clock.now(), said
    )

    assert bool(to_fetch(incoming, uow=work.looking(), shelf=work.shelf)) is fetched


def test_with_the_word_it_is_checked_as_well(work: Workplace):
    assert "pack-sent-fine" in sends(work, "Ada", zipped(files()), text="kontrollera").keys


def test_the_word_alone_says_how(work: Workplace):
    assert "pack-send-zip" in work.privately("Ada", "kontrollera").keys
    assert "pack-only-keepers" in work.privately("Eva", "check").keys


def test_a_spreadsheet_is_no_method(work: Workplace):
    book = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})

    assert read_file("bok.xlsx", book, today=date(2026, 9, 1)).kind == "table"


# ------------------------------------------------------------------------------------------------ apart


@pytest.mark.e2e
def test_a_check_runs_in_a_process_of_its_own_against_what_is_installed(work: Workplace):
    checks = PackChecks(work.looking)

    fine = checks.check(zipped(files()))
    broken = checks.check(b"PK\x03\x04 PK\x05\x06")

    assert isinstance(fine, CheckedPack)
    assert fine == checked(work, zipped(files()))
    assert isinstance(broken, CheckedPack)
    assert broken.facts is None
    assert broken.slips


def test_one_that_takes_too_long_is_ended_and_told(work: Workplace):
    apart = Apart(0.01)

    with pytest.raises(NotDone):
        apart.do("check", zipped(files()), b"{}")
    assert PackChecks(work.looking, apart).check(zipped(files())) == Problem("pack-too-heavy")


def test_parts_are_told_apart():
    assert list(unpacked(packed((b"", b"ett", b"\0\0")))) == [b"", b"ett", b"\0\0"]


# ------------------------------------------------------------------------------------------------ looked after


def test_everybody_sees_which_methods_there_are_and_keepers_see_more(work: Workplace):
    work.presses("Ada", sends(work, "Ada", zipped(files())).button("install-pack"), in_private=True)

    bos, adas = work.privately("Bo", "metoder"), work.privately("Ada", "metoder")

    assert "Min metod" in bos.text
    assert "Min metod" in adas.text
    assert "method-version" not in bos.keys
    assert "method-version" in adas.keys
    assert "Ada" in adas.text


def test_a_method_is_drawn_as_a_picture_and_in_words(work: Workplace):
    work.presses("Ada", sends(work, "Ada", zipped(files())).button("install-pack"), in_private=True)

    told = work.privately("Ada", "rita min metod")

    drawn = [letter.message.file for letter in told.letters if letter.message.file]
    assert [one.name for one in drawn] == ["min-metod-0.1.0.svg", "min-metod-0.1.0.txt"]
    assert all(made(work, one) for one in drawn)
    assert "pack-only-keepers" in work.privately("Bo", "rita min-metod").keys
    assert "methods-privately" in work.mentions("Ada", "rita min-metod").keys


def test_words_that_name_no_method_are_words(work: Workplace):
    assert not {"pack-only-keepers", "file-here"} & work.privately("Ada", "rita en bild av målet").keys


def test_a_method_that_is_not_there_is_told_and_is_no_answer(work: Workplace):
    for said in ("ta ur bruk borta-metod", "rita borta-metod", "ta i bruk igen Borta"):
        assert "method-unknown" in work.privately("Ada", said).keys
    assert "method-which" in work.privately("Ada", "rita").keys


def test_a_method_is_taken_out_of_use_and_back(work: Workplace):
    work.presses("Ada", sends(work, "Ada", zipped(files())).button("install-pack"), in_private=True)

    assert "pack-only-keepers" in work.privately("Bo", "ta ur bruk min-metod").keys
    assert ID in [pack.id for pack in work.shelf.newest()]
    assert "method-taken-out" in work.privately("Ada", "ta ur bruk min-metod").keys
    assert ID not in [pack.id for pack in work.shelf.newest()]
    assert "method-retired-already" in work.privately("Ada", "ta ur bruk Min metod").keys
    assert "method-is-retired" in work.privately("Bo", "metoder").keys
    assert "method-offered" in work.privately("Ada", "ta i bruk igen min-metod").keys
    assert ID in [pack.id for pack in work.shelf.newest()]


def test_a_new_method_is_handed_out_that_passes_the_check_when_it_is_sent_back(work: Workplace):
    file = file_in(work.privately("Ada", "ny metod var-metod"))

    content = made(work, file)
    assert file.name == "var-metod.zip"
    assert content is not None
    assert content == made(work, file)
    assert "pack-sent-fine" in sends(work, "Ada", content).keys


def test_a_new_method_has_a_name_of_its_own(work: Workplace):
    assert "method-new-id" in work.privately("Ada", "ny metod Vår metod").keys
    assert "method-new-how" in work.privately("Ada", "ny metod").keys
    work.presses("Ada", sends(work, "Ada", zipped(files())).button("install-pack"), in_private=True)
    assert "method-new-taken" in work.privately("Ada", "ny metod min-metod").keys
