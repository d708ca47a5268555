"""Outcomes: what coding agents report, apart from votes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """From the tables of the first release."""
    op.create_table(
        "outcomes",
        sa.Column("entry", sa.String(200), primary_key=True),
        sa.Column("workaround", sa.String(300), primary_key=True),
        sa.Column("version", sa.String(80), primary_key=True),
        sa.Column("helped", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("first_day", sa.Integer, nullable=False),
        sa.Column("last_day", sa.Integer, nullable=False),
    )
