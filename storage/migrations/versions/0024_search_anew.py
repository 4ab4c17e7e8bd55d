"""The search takes more endings off its words and counts keywords for more: the entries have to be written anew.

That takes the methods, which the storage doesn't know: so where there are entries, a row is left that says so, and the
program writes them anew when it opens the database. That throws the row away as well.
"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "INSERT INTO search_term (term, entries) SELECT ' ', 1 WHERE EXISTS (SELECT 1 FROM search_entry)"
    )


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
