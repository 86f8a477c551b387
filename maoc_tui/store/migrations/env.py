"""Run by Alembic inside the one transaction that maoc_tui.store.schema has opened."""

from __future__ import annotations

from alembic import context

from maoc_tui.store import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata(),
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
