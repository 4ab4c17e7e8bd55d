"""The registrar gets the list of a period at the command line, and enters a number there."""


def test_the_list_of_a_period_and_a_number_entered_afterwards(run, talk, home, group):
    talk(
        "/som Karin Ek",
        "1.1: Framåt",
        "fastställ 1.1",
        "ny nämnd: Kommunstyrelsen",
        "anta rapport: Kommunstyrelsen; 2025-10-06; § 180",
    )

    before = run("records", "list", "kvartal 4 2025")
    entered = run("records", "number", "arbets", "rapport", "KS 2025/7")
    after = run("records", "list", "2025", "--to", "lista.csv")

    assert (before[0], entered[0], after[0]) == (0, 0, 0)
    assert "saknas" in before[1]
    assert "§ 180" in before[1]
    assert "KS 2025/7" in (home / "lista.csv").read_text("utf-8-sig")
    assert run("records", "list", "snart")[0] == 2
    assert run("records", "number", "arbets", "finns inte", "KS 1")[0] == 1
