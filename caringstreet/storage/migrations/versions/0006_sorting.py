"""A month's vouchers in the order of any column of their list, read from an index alone."""

from alembic import op

revision = "0006"
down_revision = "0005"

_ORDERS = {
    "serial": ["serial"],
    "state": ["state", "valid_to"],
    "valid_from": ["valid_from"],
    "valid_to": ["valid_to"],
    "handed_out_on": ["handed_out_on"],
    "printed_at": ["printed_at"],
}


def upgrade() -> None:
    op.drop_index("ix_voucher_month_valid_to", "voucher")
    for name, columns in _ORDERS.items():
        op.create_index(f"ix_voucher_month_{name}", "voucher", ["month", *columns, "household_id", "offer_id"])
    op.create_index("ix_household_display_name", "household", ["display_name"])
