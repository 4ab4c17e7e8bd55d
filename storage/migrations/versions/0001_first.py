"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TEXT = sa.String()
_NUMBER = sa.Integer()
_FLAG = sa.Boolean()
_DAY = sa.Date()
_INSTANT = sa.DateTime(timezone=True)

_UNDONE = sa.text("state = 'new'")
_WAITING = sa.text("state IN ('new', 'claimed')")
_IN_CONSENT = sa.text("status = 'consent'")
_NOBODY = sa.text("room IS NULL")
_GIVEN = sa.text("contribution <> ''")


def upgrade() -> None:
    op.create_table(
        "audit",
        *_columns(_TEXT, "organisation"),
        *_columns(_NUMBER, "number"),
        *_columns(_TEXT, "kind", "person", "about", "digest"),
        *_columns(_INSTANT, "at"),
        *_columns(_TEXT, "previous", "hash"),
        sa.PrimaryKeyConstraint("organisation", "number", name="pk_audit"),
    )
    op.create_table(
        "inbox",
        *_columns(_NUMBER, "id"),
        *_columns(_TEXT, "door", "tenant", "event"),
        *_columns(_INSTANT, "at"),
        *_columns(_TEXT, "state", "why"),
        *_columns(_TEXT, "incoming", empty=True),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("door", "tenant", "event", name="uq_inbox_door_tenant_event"),
    )
    _index("ix_inbox_undone", "inbox", "id", where=_UNDONE)
    op.create_table(
        "organisation",
        *_columns(_TEXT, "id", "name", "name_key"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
    )
    _index("ix_organisation_name_key", "organisation", "name_key")
    op.create_table(
        "pack_version",
        *_columns(_NUMBER, "number"),
        *_columns(_TEXT, "id", "version", "checksum", "installed_by"),
        *_columns(_INSTANT, "at"),
        *_columns(_TEXT, "pack"),
        sa.PrimaryKeyConstraint("number", name="pk_pack_version"),
        sa.UniqueConstraint("id", "version", name="uq_pack_version_id_version"),
    )
    op.create_table(
        "body",
        *_columns(_TEXT, "id", "organisation"),
        *_columns(_NUMBER, "number"),
        *_columns(_TEXT, "name"),
        *_columns(_DAY, "since"),
        *_columns(_DAY, "until", empty=True),
        *_columns(_TEXT, "successor", empty=True),
        _refers("body", "organisation", "organisation.id"),
        _refers("body", "successor", "body.id"),
        sa.PrimaryKeyConstraint("id", name="pk_body"),
    )
    _index("ix_body_organisation", "body", "organisation")
    op.create_table(
        "room",
        *_columns(_TEXT, "id"),
        *_columns(_TEXT, "organisation", empty=True),
        *_columns(_TEXT, "door", "tenant", "external"),
        *_columns(_FLAG, "private"),
        _refers("room", "organisation", "organisation.id"),
        sa.PrimaryKeyConstraint("id", name="pk_room"),
        sa.UniqueConstraint("door", "tenant", "external", name="uq_room_door_tenant_external"),
    )
    op.create_table(
        "unit",
        *_columns(_TEXT, "id", "organisation"),
        *_columns(_NUMBER, "number"),
        *_columns(_TEXT, "name"),
        *_columns(_DAY, "since"),
        *_columns(_DAY, "until", empty=True),
        *_columns(_TEXT, "successor", empty=True),
        _refers("unit", "organisation", "organisation.id"),
        _refers("unit", "successor", "unit.id"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
    )
    _index("ix_unit_organisation", "unit", "organisation")
    op.create_table(
        "working_group",
        *_columns(_TEXT, "id", "organisation", "name", "name_key", "roster"),
        _refers("working_group", "organisation", "organisation.id"),
        sa.PrimaryKeyConstraint("id", name="pk_working_group"),
    )
    _index("ix_working_group_organisation_name_key", "working_group", "organisation", "name_key")
    op.create_table(
        "journey",
        *_columns(
            _TEXT,
            "id",
            "organisation",
            "group_id",
            "room",
            "pack",
            "version",
            "language",
            "starter",
            "first_step",
        ),
        *_columns(_DAY, "started"),
        *_columns(_TEXT, "state", "group_state"),
        *_columns(_FLAG, "practice"),
        *_columns(_NUMBER, "at_once"),
        *_columns(_TEXT, "signed"),
        *_columns(_NUMBER, "sequence", "written"),
        _refers("journey", "group_id", "working_group.id"),
        _refers("journey", "organisation", "organisation.id"),
        _refers("journey", "room", "room.id"),
        sa.PrimaryKeyConstraint("id", name="pk_journey"),
    )
    _index("ix_journey_group_id", "journey", "group_id")
    _index("ix_journey_organisation", "journey", "organisation")
    _index("ix_journey_room", "journey", "room")
    op.create_table(
        "message_spot",
        *_columns(_TEXT, "room", "platform_message"),
        *_columns(_TEXT, "organisation", empty=True),
        *_columns(_TEXT, "journey"),
        *_columns(_TEXT, "address", empty=True),
        *_columns(_TEXT, "contribution", "person"),
        _refers("message_spot", "room", "room.id"),
        sa.PrimaryKeyConstraint("room", "platform_message", name="pk_message_spot"),
    )
    _index("ix_message_spot_contribution", "message_spot", "contribution", where=_GIVEN)
    op.create_table(
        "person",
        *_columns(_NUMBER, "number"),
        *_columns(_TEXT, "id", "name", "name_key"),
        *_columns(_TEXT, "email", "language", empty=True),
        *_columns(_INSTANT, "greeted_at", empty=True),
        *_columns(_TEXT, "private_room", empty=True),
        _refers("person", "private_room", "room.id"),
        sa.PrimaryKeyConstraint("number", name="pk_person"),
        sa.UniqueConstraint("id", name="uq_person_id"),
    )
    _index("ix_person_name_key", "person", "name_key")
    op.create_table(
        "account",
        *_columns(_TEXT, "door", "tenant", "account", "person"),
        _refers("account", "person", "person.id"),
        sa.PrimaryKeyConstraint("door", "tenant", "account", name="pk_account"),
    )
    _index("ix_account_person", "account", "person")
    op.create_table(
        "admin",
        *_columns(_TEXT, "organisation", "person"),
        _refers("admin", "organisation", "organisation.id"),
        _refers("admin", "person", "person.id"),
        sa.PrimaryKeyConstraint("organisation", "person", name="pk_admin"),
    )
    _index("ix_admin_person", "admin", "person")
    op.create_table(
        "anonymous_text",
        *_columns(_TEXT, "id", "organisation", "journey", "address", "value"),
        _refers("anonymous_text", "journey", "journey.id"),
        sa.PrimaryKeyConstraint("id", name="pk_anonymous_text"),
        sqlite_with_rowid=False,
    )
    _index("ix_anonymous_text_journey_address", "anonymous_text", "journey", "address")
    op.create_table(
        "button",
        *_columns(_TEXT, "id"),
        *_columns(_TEXT, "organisation", "journey", "room", "address", empty=True),
        *_columns(_TEXT, "press"),
        *_columns(_INSTANT, "at"),
        _refers("button", "journey", "journey.id"),
        _refers("button", "room", "room.id"),
        sa.PrimaryKeyConstraint("id", name="pk_button"),
    )
    _index("ix_button_journey_address", "button", "journey", "address")
    op.create_table(
        "draft",
        *_columns(_TEXT, "person", "room", "kind"),
        *_columns(_TEXT, "organisation", "journey", empty=True),
        *_columns(_TEXT, "draft"),
        *_columns(_INSTANT, "at"),
        _refers("draft", "journey", "journey.id"),
        _refers("draft", "person", "person.id"),
        _refers("draft", "room", "room.id"),
        sa.PrimaryKeyConstraint("person", "room", "kind", name="pk_draft"),
    )
    _index("ix_draft_journey", "draft", "journey")
    op.create_table(
        "entry",
        *_columns(_TEXT, "journey"),
        *_columns(_NUMBER, "sequence"),
        *_columns(_TEXT, "organisation", "step"),
        *_columns(_TEXT, "address", empty=True),
        *_columns(_TEXT, "kind", "person"),
        *_columns(_INSTANT, "at"),
        *_columns(_TEXT, "event"),
        _refers("entry", "journey", "journey.id"),
        sa.PrimaryKeyConstraint("journey", "sequence", name="pk_entry"),
        sqlite_with_rowid=False,
    )
    _index("ix_entry_journey_address", "entry", "journey", "address")
    op.create_table(
        "item",
        *_columns(
            _TEXT, "journey", "address", "organisation", "question", "subject", "period", "step", "status"
        ),
        *_columns(_NUMBER, "revision"),
        *_columns(_FLAG, "anonymous"),
        *_columns(_TEXT, "state"),
        _refers("item", "journey", "journey.id"),
        sa.PrimaryKeyConstraint("journey", "address", name="pk_item"),
    )
    _index("ix_item_in_consent", "item", "journey", where=_IN_CONSENT)
    _index("ix_item_journey_question", "item", "journey", "question")
    op.create_table(
        "link_code",
        *_columns(_TEXT, "hash", "person"),
        *_columns(_INSTANT, "until"),
        _refers("link_code", "person", "person.id"),
        sa.PrimaryKeyConstraint("hash", name="pk_link_code"),
    )
    op.create_table(
        "membership",
        *_columns(_NUMBER, "id"),
        *_columns(_TEXT, "organisation", "group_id", "person", "role"),
        *_columns(_FLAG, "deputy"),
        *_columns(_TEXT, "unit", empty=True),
        *_columns(_NUMBER, "seat", "position"),
        *_columns(_DAY, "joined", "since"),
        *_columns(_DAY, "until", empty=True),
        _refers("membership", "group_id", "working_group.id"),
        _refers("membership", "organisation", "organisation.id"),
        _refers("membership", "person", "person.id"),
        _refers("membership", "unit", "unit.id"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
    )
    _index("ix_membership_group_id", "membership", "group_id")
    _index("ix_membership_person", "membership", "person")
    op.create_table(
        "message",
        *_columns(_TEXT, "journey", "address", "room"),
        *_columns(_TEXT, "organisation", empty=True),
        *_columns(_TEXT, "platform_message"),
        *_columns(_INSTANT, "at"),
        _refers("message", "journey", "journey.id"),
        _refers("message", "room", "room.id"),
        sa.PrimaryKeyConstraint("journey", "address", "room", name="pk_message"),
    )
    op.create_table(
        "outbox",
        *_columns(_NUMBER, "id"),
        *_columns(_TEXT, "key"),
        *_columns(_TEXT, "organisation", "room", "door", "person", "journey", "address", empty=True),
        *_columns(_TEXT, "how"),
        *_columns(_INSTANT, "at"),
        *_columns(_TEXT, "state"),
        *_columns(_INSTANT, "until", empty=True),
        *_columns(_NUMBER, "epoch"),
        *_columns(_TEXT, "why"),
        *_columns(_TEXT, "message", empty=True),
        _refers("outbox", "person", "person.id"),
        _refers("outbox", "room", "room.id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    _index("ix_outbox_about", "outbox", "journey", "address", where=_WAITING)
    _index("ix_outbox_due", "outbox", "door", "room", "id", where=_WAITING)
    _index("ix_outbox_nowhere", "outbox", "person", where=_NOBODY)
    op.create_table(
        "page",
        *_columns(_TEXT, "journey", "step", "organisation", "state"),
        _refers("page", "journey", "journey.id"),
        sa.PrimaryKeyConstraint("journey", "step", name="pk_page"),
    )
    op.create_table(
        "record",
        *_columns(_NUMBER, "number"),
        *_columns(_TEXT, "id"),
        *_columns(_TEXT, "organisation", "group_id", "journey", empty=True),
        *_columns(_FLAG, "practice"),
        *_columns(_TEXT, "register_id"),
        *_columns(_NUMBER, "revision"),
        *_columns(_TEXT, "state", "content"),
        _refers("record", "group_id", "working_group.id"),
        _refers("record", "journey", "journey.id"),
        _refers("record", "organisation", "organisation.id"),
        sa.PrimaryKeyConstraint("number", name="pk_record"),
        sa.UniqueConstraint("id", name="uq_record_id"),
    )
    _index("ix_record_group_id_register_id", "record", "group_id", "register_id")
    _index("ix_record_journey", "record", "journey")
    _index("ix_record_organisation_register_id", "record", "organisation", "register_id")
    op.create_table(
        "record_revision",
        *_columns(_TEXT, "record"),
        *_columns(_NUMBER, "revision"),
        *_columns(_TEXT, "organisation", empty=True),
        *_columns(_TEXT, "content"),
        _refers("record_revision", "record", "record.id"),
        sa.PrimaryKeyConstraint("record", "revision", name="pk_record_revision"),
    )


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")


def _columns(kind: Any, *names: str, empty: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=empty) for name in names]


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}_{to.split('.')[0]}")


def _index(name: str, table: str, *columns: str, where: sa.TextClause | None = None) -> None:
    op.create_index(name, table, list(columns), sqlite_where=where, postgresql_where=where)
