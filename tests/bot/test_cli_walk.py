"""Sample conversations are played and printed, and one that goes another way ends with 1."""

import pytest

from tests.bot.small_method import WALK, put_into

# Each plays whole conversations at the command line.
pytestmark = pytest.mark.e2e


def test_a_walkthrough_is_printed_as_a_conversation(run, home):
    code, said, complained = run("pack", "walk", "litet", "--language", "sv")

    assert (code, complained) == (0, "")
    assert "> Ada (1.1): Framåt" in said
    assert "Kort (kort)" in said
    assert "[/1 " in said
    assert not (home / "data").exists()


def test_what_goes_another_way_is_told_and_ends_with_1(run, home):
    walk = WALK.replace('asks: ["1.2.1"]', 'asks: ["1.4"]') + (
        '  - {who: ada, presses: nothing, on: "1.1"}\n  - {who: ada, says: läget}\n'
    )
    put_into(home / "elsewhere", **{"walkthroughs/kort.yaml": walk})

    code, said, _ = run("pack", "walk", str(home / "elsewhere" / "litet"), "kort")

    assert code == 1
    assert "scene 2: asked is 1.2.1, not 1.4" in said
    assert "scene 3: " in said


@pytest.mark.parametrize("arguments", [("nope",), ("litet", "nope"), ("gemensamt",)])
def test_what_is_not_there_is_said_kindly(run, arguments):
    code, said, complained = run("pack", "walk", *arguments)

    assert (code, said, complained.count("\n")) == (1, "", 1)


def test_a_pack_with_a_slip_is_refused(run, home):
    put_into(home / "bad", **{"steps/01-ett.yaml": "id: ["})

    code, said, _ = run("pack", "walk", str(home / "bad" / "litet"))

    assert (code, "steps/01-ett.yaml" in said) == (1, True)


def test_packs_of_ones_own_are_installed_when_the_conversation_opens(run, talk, home):
    put_into(
        home / "packs",
        **{"pack.yaml": (home / "packs/litet/pack.yaml").read_text().replace("1.0.0", "1.0.1")},
    )

    talk("/som Karin Ek")

    assert "litet  1.0.1" in run("pack", "list")[1]
    assert run("pack", "check", "--all")[0] == 0


def test_packs_of_ones_own_that_cannot_be_read_are_found_by_the_doctor(run, home, monkeypatch):
    assert "litet" not in run("doctor")[1]
    monkeypatch.setenv("METODCOACH_PACKS", str(home / "nowhere"))

    code, said, _ = run("doctor")

    assert (code, "nowhere" in said) == (1, True)
