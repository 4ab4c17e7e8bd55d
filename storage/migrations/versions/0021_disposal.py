"""Lawful disposal: rules, holds, runs and what is left for them to do."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disposal_rule",
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.id"], name="fk_disposal_rule_organisation_organisation"
        ),
        sa.PrimaryKeyConstraint("organisation", "kind", name="pk_disposal_rule"),
    )
    op.create_table(
        "disposal_hold",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.id"], name="fk_disposal_hold_organisation_organisation"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_disposal_hold"),
    )
    op.create_index("ix_disposal_hold_organisation", "disposal_hold", ["organisation"])
    op.create_table(
        "disposal_run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("checksum", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("texts", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.id"], name="fk_disposal_run_organisation_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_disposal_run"),
    )
    op.create_index("ix_disposal_run_organisation", "disposal_run", ["organisation"])
    op.create_table(
        "disposal_target",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["disposal_run.id"], name="fk_disposal_target_run_disposal_run"),
        sa.PrimaryKeyConstraint("number", name="pk_disposal_target"),
    )
    op.create_index("ix_disposal_target_run", "disposal_target", ["run"])


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
