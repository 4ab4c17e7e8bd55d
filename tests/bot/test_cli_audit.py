"""The audit is written to a file and followed link by link; whoever cut it short since is found out."""

from hashlib import sha256

from sqlalchemy import delete, func, select, update

from storage.engine import open_engine
from storage.tables.base import table
from storage.tables.books import AuditRow
from storage.tables.documents import AdoptedDocument

audit, adopted = table(AuditRow), table(AdoptedDocument)


def test_an_untouched_log_holds_and_goes_on_where_the_file_ended(run, home, group):
    written = run("audit", "export", "--to", "logg.jsonl")
    later = run("export", "arbets", "--to", "ut")

    code, said, complained = run("audit", "verify", "--since", "logg.jsonl")

    assert (written[0], later[0], code, complained) == (0, 0, 0, "")
    assert "Ljungby" in said
    assert '"audit-exported"' in (home / "logg.jsonl").read_text()


def test_a_log_that_was_cut_short_is_found_out_by_the_file_alone(run, home, group):
    run("export", "arbets", "--to", "ut")
    run("audit", "export", "--to", "logg.jsonl", "--organisation", "Ljungby")
    engine = open_engine(f"sqlite:///{home / 'coach.db'}")
    with engine.begin() as connection:
        last = connection.scalar(select(func.max(audit.c.number)).where(audit.c.organisation != ""))
        connection.execute(delete(audit).where(audit.c.organisation != "", audit.c.number == last))
    engine.dispose()

    alone, beside = run("audit", "verify"), run("audit", "verify", "--since", "logg.jsonl")

    assert alone[0] == 0
    assert beside[0] == 1
    assert f"länk {last}" in beside[1]


def test_a_file_that_is_no_log_is_refused_kindly(run, home, group):
    (home / "annat.jsonl").write_text("hej\n")

    code, _, complained = run("audit", "verify", "--since", "annat.jsonl")

    assert code == 1
    assert "annat.jsonl" in complained


def test_an_adopted_document_that_was_rewritten_is_found_out_even_with_a_new_digest(run, talk, home, group):
    talk("/som Karin Ek", "ny nämnd: Kommunstyrelsen", "anta rapport: Kommunstyrelsen; 2025-10-06; § 180")
    whole = run("audit", "verify")
    engine = open_engine(f"sqlite:///{home / 'coach.db'}")
    with engine.begin() as connection:
        [content] = connection.scalars(select(adopted.c.content))
        other = content.replace("180", "181")
        connection.execute(update(adopted).values(content=other, digest=sha256(other.encode()).hexdigest()))
    engine.dispose()

    code, said, _ = run("audit", "verify")

    assert (whole[0], code) == (0, 1)
    assert "rapport" in said
