"""Goods: donations, lots, movements, runs, choice days, hand-out lists, needs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "choice_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("pick_limit", sa.Integer(), nullable=False),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.Column("visitors_counted", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint("pick_limit >= 1", name=op.f("ck_choice_event_limit_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_event")),
        sa.UniqueConstraint("source", name=op.f("uq_choice_event_source")),
    )
    with op.batch_alter_table("choice_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_choice_event_day"), ["day"], unique=False)

    op.create_table(
        "distribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distribution")),
    )
    with op.batch_alter_table("distribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_distribution_day"), ["day"], unique=False)

    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("bread", name="runkind", native_enum=False, length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "done", "cancelled", name="runstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_day"), ["day"], unique=False)

    op.create_table(
        "stock_take",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("counted_by", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_take")),
    )
    op.create_table(
        "choice_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("choice_event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["choice_event_id"], ["choice_event.id"], name=op.f("fk_choice_visit_choice_event_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_choice_visit_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_visit")),
    )
    with op.batch_alter_table("choice_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_choice_visit_choice_event_id"), ["choice_event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_choice_visit_household_id"), ["household_id"], unique=False)

    op.create_table(
        "goods_donation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "giver_kind",
            sa.Enum("shop", "neighbour", "partner", name="giverkind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("shop_id", sa.Integer(), nullable=True),
        sa.Column("giver", sa.Text(), nullable=False),
        sa.Column(
            "allotted_to",
            sa.Enum("household", "group", "shop", "partner", "team", name="target", native_enum=False, length=24),
            nullable=True,
        ),
        sa.Column("allotted_shop_id", sa.Integer(), nullable=True),
        sa.Column("refused_reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["allotted_shop_id"], ["shop.id"], name=op.f("fk_goods_donation_allotted_shop_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_goods_donation_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_donation")),
        sa.UniqueConstraint("number", name=op.f("uq_goods_donation_number")),
        sa.UniqueConstraint("source", name=op.f("uq_goods_donation_source")),
    )
    with op.batch_alter_table("goods_donation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goods_donation_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_goods_donation_shop_id"), ["shop_id"], unique=False)

    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("goods", name="needkind", native_enum=False, length=24), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("choice_event_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("new", "done", "unmet", "withdrawn", name="needstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["choice_event_id"], ["choice_event.id"], name=op.f("fk_need_choice_event_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_need_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_state_kind"), ["state", "kind"], unique=False)

    op.create_table(
        "run_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "件",
                "包",
                "個",
                "斤",
                "両",
                "磅",
                "公斤",
                "盒",
                "張",
                "樽",
                "袋",
                "對",
                name="unit",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("estimate", sa.BigInteger(), nullable=True),
        sa.Column("collected_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_stop_run_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_run_stop_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_stop")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_run_stop_run_id_position")),
    )
    with op.batch_alter_table("run_stop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_stop_shop_id"), ["shop_id"], unique=False)

    op.create_table(
        "goods_lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("donation_id", sa.Integer(), nullable=False),
        sa.Column("run_stop_id", sa.Integer(), nullable=True),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "件",
                "包",
                "個",
                "斤",
                "両",
                "磅",
                "公斤",
                "盒",
                "張",
                "樽",
                "袋",
                "對",
                name="unit",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "storage",
            sa.Enum("ambient", "chilled", "frozen", "hot", name="storageclass", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("best_before", sa.Date(), nullable=True),
        sa.Column("use_by", sa.Date(), nullable=True),
        sa.Column("deliver_by", sa.DateTime(), nullable=True),
        sa.Column("value_cents", sa.Integer(), nullable=True),
        sa.Column("grams_each", sa.Integer(), nullable=True),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("photo", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["donation_id"], ["goods_donation.id"], name=op.f("fk_goods_lot_donation_id")),
        sa.ForeignKeyConstraint(["run_stop_id"], ["run_stop.id"], name=op.f("fk_goods_lot_run_stop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_lot")),
    )
    with op.batch_alter_table("goods_lot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goods_lot_donation_id"), ["donation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goods_lot_item"), ["item"], unique=False)
        batch_op.create_index(batch_op.f("ix_goods_lot_run_stop_id"), ["run_stop_id"], unique=False)

    op.create_table(
        "choice_display",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("choice_event_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("brought", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["choice_event_id"], ["choice_event.id"], name=op.f("fk_choice_display_choice_event_id")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["goods_lot.id"], name=op.f("fk_choice_display_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_display")),
        sa.UniqueConstraint("choice_event_id", "lot_id", name=op.f("uq_choice_display_choice_event_id_lot_id")),
    )
    op.create_table(
        "goods_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "intake",
                "distribution",
                "disposal",
                "stock_take",
                "correction",
                name="movementkind",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column(
            "target",
            sa.Enum("household", "group", "shop", "partner", "team", name="target", native_enum=False, length=24),
            nullable=True,
        ),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("shop_id", sa.Integer(), nullable=True),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "over_time",
                "past_date",
                "crushed",
                "unfit",
                "recycled",
                "other",
                name="disposalreason",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("run_stop_id", sa.Integer(), nullable=True),
        sa.Column("choice_event_id", sa.Integer(), nullable=True),
        sa.Column("choice_visit_id", sa.Integer(), nullable=True),
        sa.Column("stock_take_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.CheckConstraint("kind <> 'intake' OR quantity > 0", name=op.f("ck_goods_movement_intake_comes_in")),
        sa.CheckConstraint(
            "kind NOT IN ('distribution', 'disposal') OR quantity < 0", name=op.f("ck_goods_movement_leaving_goes_out")
        ),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_goods_movement_moves_something")),
        sa.ForeignKeyConstraint(
            ["choice_event_id"], ["choice_event.id"], name=op.f("fk_goods_movement_choice_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["choice_visit_id"], ["choice_visit.id"], name=op.f("fk_goods_movement_choice_visit_id")
        ),
        sa.ForeignKeyConstraint(["corrects_id"], ["goods_movement.id"], name=op.f("fk_goods_movement_corrects_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_goods_movement_household_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["goods_lot.id"], name=op.f("fk_goods_movement_lot_id")),
        sa.ForeignKeyConstraint(["run_stop_id"], ["run_stop.id"], name=op.f("fk_goods_movement_run_stop_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_goods_movement_shop_id")),
        sa.ForeignKeyConstraint(["stock_take_id"], ["stock_take.id"], name=op.f("fk_goods_movement_stock_take_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_movement")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_goods_movement_corrects_id")),
    )
    with op.batch_alter_table("goods_movement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goods_movement_choice_event_id"), ["choice_event_id"], unique=False)
        batch_op.create_index("ix_goods_movement_day", ["day", "kind", "lot_id", "quantity"], unique=False)
        batch_op.create_index(batch_op.f("ix_goods_movement_household_id_day"), ["household_id", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_goods_movement_run_stop_id"), ["run_stop_id"], unique=False)
        batch_op.create_index("ix_goods_movement_stock", ["lot_id", "day", "quantity"], unique=False)

    op.create_table(
        "stock_take_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stock_take_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_stock_take_line_counted_not_negative")),
        sa.ForeignKeyConstraint(["lot_id"], ["goods_lot.id"], name=op.f("fk_stock_take_line_lot_id")),
        sa.ForeignKeyConstraint(["stock_take_id"], ["stock_take.id"], name=op.f("fk_stock_take_line_stock_take_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_take_line")),
    )
    with op.batch_alter_table("stock_take_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stock_take_line_stock_take_id"), ["stock_take_id"], unique=False)

    op.create_table(
        "distribution_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("distribution_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "given", "no_show", "declined", name="linestate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("movement_id", sa.Integer(), nullable=True),
        sa.Column("walk_in", sa.Boolean(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_distribution_line_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["distribution_id"], ["distribution.id"], name=op.f("fk_distribution_line_distribution_id")
        ),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_distribution_line_household_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["goods_lot.id"], name=op.f("fk_distribution_line_lot_id")),
        sa.ForeignKeyConstraint(["movement_id"], ["goods_movement.id"], name=op.f("fk_distribution_line_movement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distribution_line")),
    )
    with op.batch_alter_table("distribution_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_distribution_line_distribution_id"), ["distribution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_distribution_line_household_id"), ["household_id"], unique=False)

    with op.batch_alter_table("caring_street", schema=None) as batch_op:
        batch_op.add_column(sa.Column("goods", sa.Boolean(), nullable=False, server_default=sa.false()))
