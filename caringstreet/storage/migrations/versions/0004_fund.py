"""The fund's book."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table('fund_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.Enum('opening', 'individual', 'public', 'charity', 'outgo', name='fundkind', native_enum=False, length=24), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('in_cents', sa.Integer(), nullable=False),
    sa.Column('out_cents', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('content_hash', sa.Text(), nullable=False),
    sa.CheckConstraint('in_cents >= 0 AND out_cents >= 0 AND (in_cents > 0) <> (out_cents > 0)', name=op.f('ck_fund_entry_one_amount')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fund_entry')),
    sa.UniqueConstraint('content_hash', name=op.f('uq_fund_entry_content_hash'))
    )
    with op.batch_alter_table('fund_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fund_entry_day'), ['day'], unique=False)
