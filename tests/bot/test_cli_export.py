"""An export holds everything, in the shape that is documented, for its owner's eyes, and keeps what is secret."""

import json
import stat
from hashlib import sha256

import pytest
from pydantic import ValidationError

from bot.commands.export import stem_of
from bot.settings import Settings
from bot.wiring import open_world
from dialogs.reports.export_shape import Export, export_schema
from tests.bot.test_cli_organise import kinds

SAID = (
    "ny person: Bo Falk",
    "ny person: Cia Dahl",
    "1.1: Framåt *fort* <b>nu</b>",
    "Bo Falk: 1.1: 1. Uppåt",
    "Karin Ek: utkast 1.1: Framåt och *uppåt*",
    "samtyckesrunda 1.1",
    "samtycker 1.1",
    "Cia Dahl: samtycker 1.1",
    "Bo Falk: farhåga 1.1: Det blir [för](http://x) brett",
    "Karin Ek: ändra 1.1: Framåt, skäl: kortare är bättre",
    "hoppa över 1.2.1: enheten är ny",
    "Karin Ek (privat): 1.3: Chefen",
    "Bo Falk (privat): 1.3: Tiden",
)
LAST_OF_THREE = "Cia Dahl (privat): 1.3: Pengarna"
PRIVATE = ("Karin Ek (privat): 1.4: Trött", "Bo Falk (privat): 1.4: Glad")


@pytest.fixture
def exported(run, talk, home, group):
    """Say *lines*, export, and return the JSON, checked against its shape, and the Markdown."""

    def export(*lines: str) -> tuple[Export, str]:
        talk("/som Karin Ek", *lines)
        assert run("export", "arbets", "--to", "ut", "--overwrite")[0] == 0
        text = (home / "ut" / "arbetsgruppen.json").read_text(encoding="utf-8")
        return Export.model_validate_json(text), (home / "ut" / "arbetsgruppen.md").read_text(
            encoding="utf-8"
        )

    return export


def questions(export: Export) -> dict[str, object]:
    return {one.number: one for step in export.steps for one in step.questions}


def test_an_export_tells_how_each_answer_came_about(exported):
    export, _ = exported(*SAID)

    goal = questions(export)["1.1"]
    assert (export.format, export.organisation.name, export.group.name) == (1, "Ljungby", "Arbetsgruppen")
    assert [(one.by.name, one.text) for one in goal.contributions][-1] == ("Bo Falk", "1. Uppåt")
    [round] = goal.rounds
    assert (round.text, round.outcome, len(round.voices)) == ("Framåt och *uppåt*", "ratified", 3)
    first, second = goal.revisions
    assert (first.how, first.dissent[0].by.name) == ("consent", "Bo Falk")
    assert (second.text, second.why, second.revision) == ("Framåt", "kortare är bättre", 2)
    [skip] = questions(export)["1.2.1"].skips
    assert (skip.by.name, skip.reason) == ("Karin Ek", "enheten är ny")
    assert questions(export)["1.2.1"].subject.name == "Skola"
    assert [person.name for person in export.people] == ["Karin Ek", "Bo Falk", "Cia Dahl"]


def test_two_anonymous_answers_are_none_and_three_have_neither_name_nor_order(exported):
    two, _ = exported(*SAID)
    three, markdown = exported(LAST_OF_THREE)

    assert questions(two)["1.3"].anonymous.texts == ()
    asked = questions(three)["1.3"]
    assert (asked.contributions, asked.anonymous.answered) == ((), 3)
    assert asked.anonymous.texts == ("Chefen", "Pengarna", "Tiden")
    assert "- Chefen\n- Pengarna\n- Tiden" in markdown


def test_what_is_for_leader_and_coach_is_marked_and_not_read_out(exported):
    export, markdown = exported(*SAID, LAST_OF_THREE, *PRIVATE)

    given = questions(export)["1.4"].contributions
    assert [(one.by.name, one.visibility) for one in given] == [
        ("Karin Ek", "leader-and-coach"),
        ("Bo Falk", "leader-and-coach"),
    ]
    assert "Trött" not in markdown


def test_markdown_shows_what_people_wrote_as_text(exported):
    _, markdown = exported(*(line for line in SAID if "ändra" not in line))

    assert "# Arbetsgruppen: Litet" in markdown
    assert "## Rapport" in markdown
    assert r"Det blir \[för\](http://x) brett" in markdown
    assert r"> Framåt och \*uppåt\*" in markdown


def test_what_was_adopted_is_exported_word_for_word(run, talk, exported):
    export, _ = exported(
        *SAID,
        "Karin Ek: ny nämnd: Kommunstyrelsen",
        "Karin Ek: anta rapport: Kommunstyrelsen; 2025-10-06; § 180",
        "Karin Ek: ändra 1.1: Bakåt, skäl: ja",
    )

    [document] = [one for one in export.documents if one.id == "rapport"]
    [version] = document.adopted
    assert (version.number, version.body, version.reference, version.by.name) == (
        1,
        "Kommunstyrelsen",
        "§ 180",
        "Karin Ek",
    )
    assert len(version.digest) == 64
    assert "Framåt" in version.markdown
    assert "Bakåt" not in version.markdown


def test_files_are_for_their_owner_and_are_never_written_over_unasked(run, home, group):
    assert run("export", "Arbetsgruppen", "--to", "ny/mapp")[0] == 0
    file = home / "ny/mapp/arbetsgruppen.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("mitt")
    file.chmod(0o644)

    code, said, complained = run("export", "Arbetsgruppen", "--to", "ny/mapp")

    assert (code, said, complained.count("\n"), file.read_text()) == (1, "", 1, "mitt")
    assert run("export", "Arbetsgruppen", "--to", "ny/mapp", "--overwrite")[0] == 0
    assert json.loads(file.read_text())["format"] == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(one.suffix for one in file.parent.iterdir()) == [".json", ".md", ".sha256"]
    assert kinds(home) == ["exported", "exported"]


def test_a_folder_that_cannot_be_written_is_named(run, home, group):
    (home / "fil").write_text("")

    code, _, complained = run("export", "Arbetsgruppen", "--to", "fil")

    assert (code, "fil" in complained, "Traceback" in complained) == (1, True, False)


def test_practice_is_exported_only_by_its_whole_name(run, talk, home, group):
    shown = talk("/som Karin Ek", "provkör")
    assert "Provkör" in shown
    assert run("export", "Provkör")[0] == 1

    name = practice_of(home)

    assert run("export", name)[0] == 0
    [file] = home.glob("*.json")
    assert json.loads(file.read_text(encoding="utf-8"))["practice"] is True


def practice_of(home) -> str:
    with open_world(Settings(database_url=f"sqlite:///{home}/coach.db")) as world, world.uow() as uow:
        return next(ref.group_name for ref in uow.journeys.all() if ref.practice)


def test_an_unknown_group_is_said_kindly(run, group):
    code, said, complained = run("export", "nope")

    assert (code, said, "Arbetsgruppen" in complained) == (1, "", True)


def test_the_shape_is_closed_and_documented(exported):
    export, _ = exported(*SAID)
    data = export.model_dump(mode="json")

    with pytest.raises(ValidationError):
        Export.model_validate({**data, "more": 1})
    assert data.keys() == export_schema()["properties"].keys()


@pytest.mark.parametrize(
    ("group", "stem"),
    [
        ("Arbetsgruppen", "arbetsgruppen"),
        ("../../etc/passwd", "etc-passwd"),
        ("Å Ä/Ö: 2026", "å-ä-ö-2026"),
        ("...", "group"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_groups_file_has_a_harmless_name(group, stem):
    assert stem_of(group) == stem


def test_an_export_tells_what_lies_beside_the_answers_and_its_files_have_checksums(run, home, exported):
    export, _ = exported(
        *SAID,
        LAST_OF_THREE,
        "Karin Ek: ny nämnd: Kommunstyrelsen",
        "Karin Ek: sammanträden Kommunstyrelsen: 2026-10-06, stopp 2026-09-22",
        "Karin Ek: stängd dag 2026-12-23",
        "Karin Ek: anta rapport: Kommunstyrelsen; 2025-10-06; § 180",
        "Karin Ek: diarienummer rapport: KS 2025/7",
        "Karin Ek: ta bort person: Cia Dahl",
    )

    [number] = export.registrations
    assert (number.kind, number.id, number.of, number.number) == ("document", "rapport", "1", "KS 2025/7")
    assert [one.until is None for one in export.memberships if one.person.name == "Cia Dahl"] == [False]
    assert [one.kind for one in export.journal][:2] == ["contributed", "contributed"]
    told = {(one.by.name, one.about) for one in export.journal if one.kind in ("contributed", "withdrawn")}
    assert not any(about == "1.3" for _, about in told)  # who answered without a name isn't told
    assert [(str(one.day), str(one.document_stop)) for one in export.meetings] == [
        ("2026-10-06", "2026-09-22")
    ]
    assert len(export.method.checksum) == 64
    assert export.log is not None
    assert export.log.number > 0
    sums = (home / "ut" / "arbetsgruppen.sha256").read_text().split()
    assert sums[0] == sha256((home / "ut" / "arbetsgruppen.json").read_bytes()).hexdigest()
    assert sums[1::2] == ["arbetsgruppen.json", "arbetsgruppen.md"]
