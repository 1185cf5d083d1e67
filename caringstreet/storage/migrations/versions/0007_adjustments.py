"""Decisions with who, when and why; second sheets paid in goodwill."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_KINDS = (
    "second_sheet", "wrong_shop", "without_slip", "not_handed_out", "not_yet_valid", "expired", "void", "unreadable", "other",
)
_RULINGS = ("accept", "goodwill", "confirm", "book", "refuse")


def upgrade() -> None:
    op.create_table(
        "decision_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*_KINDS, name="questionkind", native_enum=False, length=24), nullable=False),
        sa.Column("ruling", sa.Enum(*_RULINGS, name="ruling", native_enum=False, length=24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("voucher_id", sa.Integer(), nullable=True),
        sa.Column("reversed_at", sa.DateTime(), nullable=True),
        sa.Column("reversed_by", sa.Text(), nullable=False),
        sa.Column("reversed_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_decision_entry_evidence_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_decision_entry_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_entry")),
    )
    with op.batch_alter_table("decision_entry", schema=None) as batch_op:
        batch_op.create_index("ix_decision_entry_evidence", ["evidence_id"], unique=False)
    _decisions_made_before()
    op.create_table(
        "adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("goodwill", name="adjustmentkind", native_enum=False, length=24), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("voucher_id", sa.Integer(), nullable=False),
        sa.Column("offer_version_id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fund_cents", sa.Integer(), nullable=False),
        sa.Column("shop_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("fund_cents >= 0 AND shop_cents >= 0", name=op.f("ck_adjustment_not_negative")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_adjustment_evidence_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_adjustment_voucher_id")),
        sa.ForeignKeyConstraint(["offer_version_id"], ["offer_version.id"], name=op.f("fk_adjustment_offer_version_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_adjustment_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_adjustment_evidence_id")),
    )
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.create_index("ix_adjustment_day", ["day", "shop_id"], unique=False)
        batch_op.create_index("ix_adjustment_voucher", ["voucher_id"], unique=False)


def _decisions_made_before() -> None:
    """Until now only the evidence told of its decision; the moment was not kept, so that of its arrival stands for it."""
    op.execute(
        """
        INSERT INTO decision_entry
            (evidence_id, kind, ruling, reason, at, "by", voucher_id, reversed_at, reversed_by, reversed_reason)
        SELECT id,
            CASE WHEN outcome IN ('second_sheet', 'wrong_shop', 'not_handed_out', 'not_yet_valid', 'expired', 'void', 'unreadable')
                THEN outcome WHEN decision = 'accepted' THEN 'unreadable' ELSE 'other' END,
            CASE WHEN decision = 'accepted' THEN 'accept' WHEN outcome = 'wrong_shop' THEN 'book' ELSE 'refuse' END,
            decided_reason, received_at, decided_by,
            CASE WHEN decision = 'accepted' AND outcome NOT IN ('not_handed_out', 'not_yet_valid', 'expired', 'void')
                THEN voucher_id END,
            NULL, '', ''
        FROM evidence WHERE decision IS NOT NULL
        """
    )
