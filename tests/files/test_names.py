"""Files get names that every system takes, and lie in a folder without taking another's place."""

from pathlib import Path
from stat import S_IMODE

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.filing import FilingFolder
from dialogs.files import FileOut, Recipe, file_name
from tests.bot.terminal.windows import RecordingDesk, a_letter, a_message, a_window

RECIPE = Recipe("calendar", "p1")


def a_file(name: str = "plan.md") -> FileOut:
    return FileOut(name, "text/markdown", "Planen", RECIPE, f"Jag kunde inte lämna {name}.")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Handlingsplan Vård & omsorg 2026", "handlingsplan-vård-&-omsorg-2026.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("C:\\con", "c-con.md"),
        ("con", "fil-con.md"),
        ("NUL", "fil-nul.md"),
        ("...", "fil.md"),
        ("", "fil.md"),
        ("a\u202egnp.exe", "agnp.exe.md"),
        ("rad\nbrytning\x00\x1b[31m", "rad-brytning[31m.md"),
    ],
)
def test_a_name_is_made_of_what_people_wrote(title: str, name: str):
    assert file_name(title, "md") == name


@given(st.text(max_size=300))
def test_whatever_people_wrote_a_name_is_short_and_one(title: str):
    name = file_name(title, "ics")

    assert 5 <= len(name) <= 100
    assert Path(name).name == name
    assert name.isprintable()
    assert not name.startswith((".", "-"))
    assert not set('\\/:*?"<>|') & set(name)


def test_a_file_is_put_for_its_owners_eyes_only(tmp_path: Path):
    folder = FilingFolder(tmp_path / "filer", lambda recipe: b"mer")

    path = folder.put(a_file())

    assert path == tmp_path / "filer" / "plan.md"
    assert path.read_bytes() == b"mer"
    assert (S_IMODE(path.stat().st_mode), S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)


def test_the_same_file_is_not_put_twice_and_another_takes_no_ones_place(tmp_path: Path):
    content = [b"ett"]
    folder = FilingFolder(tmp_path, lambda recipe: content[0])

    assert folder.put(a_file()) == folder.put(a_file()) == tmp_path / "plan.md"
    content[0] = b"annat"
    assert folder.put(a_file()) == folder.put(a_file()) == tmp_path / "plan-2.md"
    assert (tmp_path / "plan.md").read_bytes() == b"ett"


def test_a_link_in_the_files_place_is_not_followed(tmp_path: Path):
    (tmp_path / "plan.md").symlink_to(tmp_path / "elsewhere")
    folder = FilingFolder(tmp_path, lambda recipe: b"mer")

    assert folder.put(a_file()) == tmp_path / "plan-2.md"
    assert not (tmp_path / "elsewhere").exists()


def test_what_cant_be_made_or_written_is_put_nowhere(tmp_path: Path):
    (tmp_path / "taken").write_text("a file, no folder")

    assert FilingFolder(tmp_path, lambda recipe: None).put(a_file()) is None
    assert FilingFolder(tmp_path / "taken", lambda recipe: b"mer").put(a_file()) is None


def test_the_window_says_where_the_file_lies(tmp_path: Path):
    letter = a_letter(a_message("Här är den.", file=a_file()))
    desk = RecordingDesk(waiting=[letter])
    window, paper = a_window(desk, put_file=FilingFolder(tmp_path, lambda recipe: b"mer").put)

    window.pump()

    assert str(tmp_path / "plan.md") in paper.getvalue().replace("\n", "")
    assert desk.waiting == []


def test_the_window_says_so_where_there_is_none():
    letter = a_letter(a_message("Här är den.", file=a_file()))
    window, paper = a_window(RecordingDesk(waiting=[letter]))

    window.pump()

    assert "Jag kunde inte lämna plan.md." in paper.getvalue()
