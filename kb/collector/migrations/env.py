"""Run by Alembic: migrates the database whose connection it is handed."""

from alembic import context

from kb.collector.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
