"""Alembic's environment: runs the revisions on the connection that `onrecord.ledger.engine` hands over."""

from alembic import context

from onrecord.ledger.tables import metadata

connection = context.config.attributes.get("connection")
if connection is None:  # `alembic --sql`: print the statements for a dialect
    context.configure(
        url=context.config.get_main_option("sqlalchemy.url"), target_metadata=metadata, literal_binds=True
    )
else:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
