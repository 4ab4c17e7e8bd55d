"""An admin takes out what is kept of somebody who has no account, and of nobody who can ask for it themselves."""

import json


def test_what_is_kept_of_somebody_without_an_account_is_written_and_noted(run, talk, home, group):
    talk("/som Karin Ek", "ny person: Bo Falk", "för Bo Falk 1.1: Uppåt")

    code, _, _ = run("person", "export", "bo falk", "--to", "ut")

    assert code == 0
    data = json.loads((home / "ut" / "bo-falk.json").read_text())
    assert [row["said"] for row in data["parts"]["said"]] == ["Uppåt"]
    assert "Uppåt" in (home / "ut" / "bo-falk.md").read_text()
    run("audit", "export", "--to", "logg.jsonl")
    assert '"own-data-exported"' in (home / "logg.jsonl").read_text()


def test_whoever_has_an_account_asks_for_it_themselves(run, talk, home, group):
    code, _, complained = run("person", "export", "Karin Ek", "--to", "ut")

    assert code == 1
    assert "exportera mina uppgifter" in complained
    assert not (home / "ut").exists()
    assert run("person", "export", "Ingen", "--to", "ut")[0] == 1
