"""Registration numbers of decisions and adopted documents."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registration",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("journey", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("registered", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.id"], name="fk_registration_organisation_organisation"
        ),
        sa.ForeignKeyConstraint(["journey"], ["journey.id"], name="fk_registration_journey_journey"),
        sa.PrimaryKeyConstraint("number", name="pk_registration"),
    )
    op.create_index("ix_registration_organisation_about", "registration", ["organisation", "about"])
    op.create_index("ix_registration_journey", "registration", ["journey"])


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
