"""The search takes more endings off its words and counts keywords for more: the entries have to be written anew.

That takes the methods, which the storage doesn't know: so where there are entries, a row is left that says so, and the
program writes them anew when it opens the database. That throws the row away as well, and fills in how each term begins.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("search_term", sa.Column("beginning", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_search_term_beginning", "search_term", ["beginning"])
    op.execute(
        "INSERT INTO search_term (term, entries) SELECT ' ', 1 WHERE EXISTS (SELECT 1 FROM search_entry)"
    )


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
