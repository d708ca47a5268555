"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """From an empty database."""
    op.create_table(
        "votes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("minute", sa.Integer, nullable=False),
        sa.Column("entry", sa.String(200), nullable=False),
        sa.Column("workaround", sa.String(300), nullable=False),
        sa.Column("signal", sa.String(20), nullable=False),
        sa.Column("reader", sa.String(32), nullable=False),
        sa.Column("network", sa.String(16), nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("change", sa.SmallInteger, nullable=False),
        sa.Column("cause", sa.String(10), nullable=False),
        sa.UniqueConstraint("reader", "entry", "workaround", "signal", "turn", name="one_turn"),
    )
    op.create_index("votes_by_entry", "votes", ["entry", "minute"])
    op.create_table(
        "tallies",
        sa.Column("entry", sa.String(200), primary_key=True),
        sa.Column("workaround", sa.String(300), primary_key=True),
        sa.Column("signal", sa.String(20), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "salts",
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(64)),
    )
    op.create_table(
        "blocked",
        sa.Column("pseudonym", sa.String(32), primary_key=True),
        sa.Column("day", sa.Integer, nullable=False),
    )
    op.create_table(
        "missing",
        sa.Column("skeleton", sa.String(400), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("first_day", sa.Integer, nullable=False),
        sa.Column("last_day", sa.Integer, nullable=False),
    )
    state = op.create_table(
        "state",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.bulk_insert(state, [{"id": 1, "revision": 0}])
