"""Phones of shops, senders of chats, what a claim line says of itself, the centre's WhatsApp number."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("shop_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("paired_at", sa.DateTime(), nullable=False),
        sa.Column("paired_by", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=False),
        sa.Column("revoked_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("length(key) = 16", name=op.f("ck_device_key_length")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_device_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("shop_code", "number", name=op.f("uq_device_shop_code_number")),
    )
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_shop_id"), ["shop_id"], unique=False)

    op.create_table(
        "message_sender",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_message_sender_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_sender")),
        sa.UniqueConstraint("name", name=op.f("uq_message_sender_name")),
    )
    with op.batch_alter_table("message_sender", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_sender_shop_id"), ["shop_id"], unique=False)

    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("seq", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("said_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("sent_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("repeats", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_foreign_key(batch_op.f("fk_evidence_device_id"), "device", ["device_id"], ["id"])
        batch_op.create_index("ix_evidence_device", ["device_id", "seq"], unique=False)

    with op.batch_alter_table("caring_street", schema=None) as batch_op:
        batch_op.add_column(sa.Column("whatsapp", sa.Text(), nullable=False, server_default=""))
