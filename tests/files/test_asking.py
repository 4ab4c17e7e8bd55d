"""Files are handed out where they are asked for, to those who may read them, and made from what is remembered."""

import re

from bot.made_files import MAKERS
from bot.usecases.file_kinds import KINDS
from dialogs.files import Upload
from dialogs.incoming import FileAnswered
from tests.conversation.workplace import Workplace
from tests.files.office import answers_file, fetched, file_in, made

SITE = "https://coach.example.org"
LINK = re.compile(rf"{SITE}(/files/[A-Za-z0-9_-]{{20,80}})(?![A-Za-z0-9_-])")


def test_who_describes_a_kind_and_who_makes_it_know_the_same_kinds():
    assert KINDS.keys() == MAKERS.keys()


def test_asked_for_in_private_a_document_is_handed_out(work: Workplace):
    told = work.privately("Bo", "hämta handlingsplan som text")

    file = file_in(told)
    assert (file.name, file.media) == ("handlingsplan-arbetsgruppen-2026-09-01.md", "text/markdown")
    assert file.id
    content = made(work, file)
    assert content is not None
    assert content.decode().startswith("# Handlingsplan\n")
    assert "Vi vill mer" in content.decode()


def test_the_file_speaks_the_language_of_whoever_asks(work: Workplace):
    work.privately("Bo", "language English")

    file = file_in(work.privately("Bo", "get the plan as text"))

    assert file.name == "action-plan-arbetsgruppen-2026-09-01.md"
    assert (made(work, file) or b"").decode().startswith("# Action plan\n")


def test_in_a_channel_it_is_handed_out_where_the_platform_takes_files(work: Workplace):
    told = work.mentions("Bo", "hämta planen som text").in_room()

    if work.door == "slack":
        assert file_in(told).name.endswith(".md")
    else:
        assert set(told.actions) == {"get-file"}
        assert all(letter.message.file is None for letter in told.letters)


def test_asked_for_aside_it_comes_in_private(work: Workplace):
    told = work.commands("Bo", "hämta planen som text")

    assert file_in(told.to("Bo")).name.endswith(".md")
    assert "file-comes-in-private" in told.keys
    assert not [letter for letter in told.in_room().letters if letter.message.file]


def test_words_that_name_no_document_are_words(work: Workplace):
    told = work.privately("Bo", "hämta kraft ur gemenskapen")

    assert not [letter for letter in told.letters if letter.message.file]
    assert not {"file-which", "file-here"} & told.keys


def test_without_a_name_one_is_told_which_documents_there_are(work: Workplace):
    told = work.privately("Bo", "hämta")

    assert "file-which" in told.keys
    assert "Handlingsplan" in told.text


def test_whoever_is_in_the_channel_and_not_in_the_group_is_refused_kindly(work: Workplace):
    told = work.mentions("Eva", "hämta planen som text")

    assert "file-not-yours" in told.keys
    assert not [letter for letter in told.letters if letter.message.file]


# ------------------------------------------------------------------------------------------------ calendars


def test_ones_own_calendar_is_handed_out_in_private_alone(work: Workplace):
    work.says("Ada", "sammanträde Kommunstyrelsen: 2026-09-22")

    told = work.mentions("Bo", "kalender fil")

    assert not told.in_room().letters
    file = file_in(told.to("Bo"))
    assert (file.name, file.media) == ("kalender-bo.ics", "text/calendar")
    assert b"20260922" in (made(work, file) or b"")


def test_a_groups_calendar_is_asked_for_by_its_name(work: Workplace):
    file = file_in(work.privately("Bo", "kalender fil arbetsgruppen"))

    assert file.name == "kalender-arbetsgruppen.ics"
    assert file.recipe.journey == work.journey().id
    assert (made(work, file) or b"").startswith(b"BEGIN:VCALENDAR")


def test_who_is_in_no_group_has_no_calendar(work: Workplace):
    assert "calendar-link-no-group" in work.privately("Eva", "kalender fil").keys


def test_a_file_is_made_no_more_for_who_has_left(work: Workplace):
    document, calendar = (
        file_in(work.privately("Bo", asked)) for asked in ("hämta planen", "kalender fil arbetsgruppen")
    )

    work.says("Ada", "ta bort person: Bo")

    assert [made(work, file) for file in (document, calendar)] == [None, None]


# ------------------------------------------------------------------------------------------------ by a button


def the_button(work: Workplace):
    """Return the button in the channel that gets the plan."""
    return work.mentions("Bo", "hämta planen som text").buttons[0]


def test_a_press_gives_the_presser_a_link_of_their_own_in_private(teams: Workplace):
    button = the_button(teams)
    teams.public_url = SITE

    told = teams.presses("Ada", button)

    assert not told.in_room().letters
    [path] = LINK.findall(told.to("Ada").text)
    status, _, content = fetched(teams, path)
    assert status == 200
    assert "Vi vill mer" in content.decode()


def test_without_a_public_address_the_presser_gets_the_file_itself(teams: Workplace):
    told = teams.presses("Ada", the_button(teams))

    assert file_in(told.to("Ada")).name.endswith(".md")


def test_a_press_by_somebody_outside_is_refused_kindly(teams: Workplace):
    button = the_button(teams)
    teams.public_url = SITE

    told = teams.presses("Eva", button)

    assert "file-not-yours" in told.keys
    assert not LINK.search(told.text)
    assert teams.rows("select * from file_link") == []


def test_each_press_gives_another_link_and_none_is_kept(teams: Workplace):
    button = the_button(teams)
    teams.public_url = SITE

    paths = [LINK.findall(teams.presses("Ada", button).text)[0] for _ in range(2)]

    assert len(set(paths)) == 2
    secrets = [path.rpartition("/")[2] for path in paths]
    assert all(
        secret not in row for rows in teams.everything().values() for row in rows for secret in secrets
    )
    assert [kind for (kind,) in teams.rows("select kind from audit")].count("file-linked") == 2


# ------------------------------------------------------------------------------------------------ yes and no


def offered(work: Workplace) -> str:
    return file_in(work.privately("Bo", "hämta planen som text")).id


UPLOAD = Upload(
    "https://kommunen-my.sharepoint.com/up?a=1", "https://kommunen/plan.md", "plan.md", "u1", "md", "c1"
)


def test_a_yes_puts_the_file_where_its_reader_wants_it(work: Workplace):
    told = answers_file(work, "Bo", FileAnswered(offered(work), UPLOAD))

    assert file_in(told).upload == UPLOAD
    assert file_in(told).recipe.person == work.member("Bo").person.id


def test_a_no_is_taken_for_one(work: Workplace):
    told = answers_file(work, "Bo", FileAnswered(offered(work)))

    assert "file-declined" in told.keys
    assert not [letter for letter in told.letters if letter.message.file]


def test_a_yes_by_somebody_else_is_refused_kindly(work: Workplace):
    told = answers_file(work, "Eva", FileAnswered(offered(work), UPLOAD))

    assert "file-not-yours" in told.keys


def test_a_yes_to_nothing_is_told_so(work: Workplace):
    assert "old-button" in answers_file(work, "Bo", FileAnswered("forged.0", UPLOAD)).keys
