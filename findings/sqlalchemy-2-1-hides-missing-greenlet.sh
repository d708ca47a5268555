#!/usr/bin/env bash
# SQLAlchemy 2.1 raises StatementError where 2.0 raised MissingGreenlet: who catches the documented exception by its name
# catches nothing any more.
#
# Packages: sqlalchemy 2.0.58 and 2.1.9, aiosqlite 0.22.1, greenlet 3.5.6.
# Expected: a relationship that is loaded on access, on an asynchronous engine, raises `sqlalchemy.exc.MissingGreenlet`
#   (documentation, "Core Exceptions": "Error raised by the async greenlet await_ if called while not inside the greenlet
#   spawn context"; "Error Messages", code xd2s). So does 2.0, for lazy relationships as for expired columns.
# Seen: 2.1 wraps it: StatementError, no subclass of MissingGreenlet, whose `orig` is one. The code of the error is still
#   xd2s, and a coroutine is left that nobody awaits.
#   2.0.58: MissingGreenlet
#   2.1.9: StatementError of MissingGreenlet
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/lazy.py" <<'PROGRAM'
import asyncio

from sqlalchemy import ForeignKey, exc, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    posts: Mapped[list["Post"]] = relationship()


class Post(Base):
    __tablename__ = "post"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


async def main():
    engine = create_async_engine("sqlite+aiosqlite://")
    try:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        async with async_sessionmaker(engine)() as session:
            session.add(User())
            await session.commit()
            user = (await session.scalars(select(User))).one()
            try:
                user.posts
            except exc.MissingGreenlet:
                print("MissingGreenlet")
            except exc.SQLAlchemyError as error:
                print(type(error).__name__, "of", type(error.orig).__name__)
    finally:
        await engine.dispose()


asyncio.run(main())
PROGRAM
python3 -m venv "$folder/older"
python3 -m venv "$folder/newer"
"$folder/older/bin/pip" install --quiet --disable-pip-version-check sqlalchemy==2.0.58 aiosqlite==0.22.1 greenlet==3.5.6
"$folder/newer/bin/pip" install --quiet --disable-pip-version-check sqlalchemy==2.1.9 aiosqlite==0.22.1 greenlet==3.5.6
before=$("$folder/older/bin/python" -W ignore "$folder/lazy.py")
after=$("$folder/newer/bin/python" -W ignore "$folder/lazy.py")
printf '%s\n' "2.0.58: $before" "2.1.9: $after"
if [ "$before" != MissingGreenlet ] || [ "$after" != "StatementError of MissingGreenlet" ]; then
  echo "changed: SQLAlchemy raises another exception"
  exit 1
fi
echo "as described: 2.1 hides MissingGreenlet in a StatementError"
