"""Builds a service's read schema anew from its own log: `python -m ….main rebuild`.

Every table of ``<service>_read`` is dropped and made again, the inline read models take
in the whole log, and followers begin anew. For operators, while the service is stopped;
a release whose tables have another shape does it by itself when it first starts.
"""

import hashlib
import time
from typing import Final

import sqlalchemy as sa
import structlog
from rich.progress import Progress
from sqlalchemy.schema import CreateIndex, CreateTable

from services.chassis.event_store import SafeMarkBusy
from services.chassis.migrations import upgrade
from services.chassis.positions import forget_positions
from services.chassis.service import Runtime

PAGE: Final = 2000
_TRIES, _WAIT_SECONDS = 50, 0.2

logger = structlog.get_logger()


def prepare_schema(runtime: Runtime) -> None:
    """Bring the service's own tables up to date; safe beside replicas."""
    upgrade(runtime.engine, runtime.name)
    ensure_read_schema(runtime)
    runtime.log.generation()


def ensure_read_schema(runtime: Runtime) -> None:
    """Make the read tables, or make them anew where they have another shape.

    The shape is remembered as the comment of the schema. Other processes of the service
    wait meanwhile. Raises SafeMarkBusy.
    """
    metadata = runtime.definition.read_metadata
    shape = shape_of(metadata)
    with runtime.engine.begin() as connection:
        connection.execute(
            sa.text("SELECT pg_advisory_xact_lock(hashtext(:name))"),
            {"name": f"create:{metadata.schema}"},
        )
        known = _known_shape(connection, str(metadata.schema))
        has_tables = bool(sa.inspect(connection).get_table_names(metadata.schema))
        if has_tables and known != shape:
            logger.warning("read_schema.rebuilding", service=runtime.name)
            _rebuild(connection, runtime, _safe_mark(runtime))
        else:
            metadata.create_all(connection)
        connection.exec_driver_sql(f"COMMENT ON SCHEMA {metadata.schema} IS '{shape}'")


def shape_of(metadata: sa.MetaData) -> str:
    """Return a digest of the tables as they would be created."""
    digest = hashlib.sha256()
    for table in sorted(metadata.tables.values(), key=lambda table: table.name):
        digest.update(str(CreateTable(table)).encode())
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            digest.update(str(CreateIndex(index)).encode())
    return f"shape {digest.hexdigest()}"


def _known_shape(connection: sa.Connection, schema: str) -> str | None:
    statement = "SELECT obj_description(to_regnamespace(%s), 'pg_namespace')"
    found: str | None = connection.exec_driver_sql(statement, (schema,)).scalar_one()
    return found


def _safe_mark(runtime: Runtime) -> int:
    for _ in range(_TRIES):
        try:
            return runtime.log.safe_mark()
        except SafeMarkBusy:
            time.sleep(_WAIT_SECONDS)
    return runtime.log.safe_mark()


def rebuild_read_schema(runtime: Runtime) -> int:
    """Drop and rebuild in one transaction; return how many events were taken in.

    Nothing changes when it is broken off. Raises SafeMarkBusy while a writer is at
    work.
    """
    mark = runtime.log.safe_mark()
    with runtime.engine.begin() as connection:
        return _rebuild(connection, runtime, mark)


def _rebuild(connection: sa.Connection, runtime: Runtime, mark: int) -> int:
    definition = runtime.definition
    taken, position = 0, 0
    with Progress() as progress:
        bar = progress.add_task(f"Rebuilding {definition.name}_read", total=mark)
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        _drop_all(connection, str(definition.read_metadata.schema))
        definition.read_metadata.create_all(connection)
        for follower in definition.followers:
            forget_positions(connection, f"{definition.name}_write", follower.name)
        while page := runtime.log.read_after(position, PAGE, until=mark):
            for model in definition.inline_read_models:
                model.apply(connection, page)
            taken += len(page)
            position = page[-1].position
            progress.update(bar, completed=position)
    # The planner knows nothing of these tables until somebody counts.
    for table in definition.read_metadata.sorted_tables:
        connection.exec_driver_sql(f"ANALYZE {table.fullname}")
    return taken


def _drop_all(connection: sa.Connection, schema: str) -> None:
    """Drop every table of the schema, also those that this release no longer knows."""
    for name in sa.inspect(connection).get_table_names(schema):
        connection.exec_driver_sql(f'DROP TABLE {schema}."{name}" CASCADE')
