"""Goods: diets, refused quantities, minimums, and what was taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "goods_minimum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(*"件包個斤両磅", "公斤", *"盒張樽袋對", name="unit", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("minimum", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minimum > 0", name=op.f("ck_goods_minimum_minimum_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_minimum")),
        sa.UniqueConstraint("item", "unit", name=op.f("uq_goods_minimum_item_unit")),
    )
    with op.batch_alter_table("goods_lot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("not_for", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("refused_quantity", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("stock_take", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("choice_visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_back_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.add_column(sa.Column("diets", sa.JSON(), nullable=False, server_default="[]"))
