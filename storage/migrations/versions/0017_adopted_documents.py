"""Documents that were adopted: what they said then, and when they were."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adopted_document",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("journey", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.id"], name="fk_adopted_document_organisation_organisation"
        ),
        sa.ForeignKeyConstraint(["journey"], ["journey.id"], name="fk_adopted_document_journey_journey"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_adopted_document_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_adopted_document"),
        sa.UniqueConstraint(
            "journey", "document", "number", name="uq_adopted_document_journey_document_number"
        ),
    )
    op.create_index("ix_adopted_document_organisation", "adopted_document", ["organisation"])


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
