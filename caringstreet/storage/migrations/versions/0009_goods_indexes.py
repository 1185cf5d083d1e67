"""Goods: what a list promises of a lot, which line an entry belongs to, and the wishes of a choice day, by index."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index("ix_distribution_line_lot_id_state", "distribution_line", ["lot_id", "state"])
    op.create_index("ix_distribution_line_movement_id", "distribution_line", ["movement_id"])
    op.create_index("ix_need_choice_event_id", "need", ["choice_event_id"])
