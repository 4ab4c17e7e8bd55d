"""What groups share with others, and the words by which it is found."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# SQLite's full-text index lies beside the entries and follows them by triggers. The stems are our own, so that its
# tokenizer has nothing to do but part them at the spaces: å, ä and ö stay what they are.
FULL_TEXT = """
CREATE VIRTUAL TABLE search_words USING fts5(
    terms, content='search_entry', content_rowid='number', detail=none, columnsize=0,
    tokenize="unicode61 remove_diacritics 0"
)
"""
GONE = "INSERT INTO search_words(search_words, rowid, terms) VALUES ('delete', old.number, old.terms);"
CAME = "INSERT INTO search_words(rowid, terms) VALUES (new.number, new.terms);"
TRIGGERS = (
    f"CREATE TRIGGER search_entry_came AFTER INSERT ON search_entry BEGIN {CAME} END",
    f"CREATE TRIGGER search_entry_went AFTER DELETE ON search_entry BEGIN {GONE} END",
    f"CREATE TRIGGER search_entry_changed AFTER UPDATE OF terms ON search_entry BEGIN {GONE} {CAME} END",
)
STEMS = "array_to_tsvector(string_to_array(terms, ' '))"


def upgrade() -> None:
    op.create_table(
        "share",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("to_organisation", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.id"], name="fk_share_organisation_organisation"
        ),
        sa.ForeignKeyConstraint(["record"], ["record.id"], name="fk_share_record_record"),
        sa.ForeignKeyConstraint(
            ["to_organisation"], ["organisation.id"], name="fk_share_to_organisation_organisation"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_share"),
    )
    op.create_index("ix_share_record", "share", ["record"])
    op.create_table(
        "search_entry",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("register_id", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["record.id"], name="fk_search_entry_record_record"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.id"], name="fk_search_entry_organisation_organisation"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name="fk_search_entry_group_id_working_group"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_search_entry"),
        sa.UniqueConstraint("record", name="uq_search_entry_record"),
    )
    op.create_table(
        "search_term",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name="pk_search_term"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in (FULL_TEXT, *TRIGGERS):
            op.execute(statement)
    else:
        op.execute(f"CREATE INDEX ix_search_entry_stems ON search_entry USING gin (({STEMS}))")


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
