"""Schema changes of ``<service>_write``: alembic, one line of versions per service.

``<service>_read`` has none: it is dropped and rebuilt.
"""

from importlib import import_module
from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory


def upgrade(engine: sa.Engine, service: str) -> None:
    """Bring a service's write schema to the newest version; safe beside replicas."""
    package = import_module(f"services.{service}.migrations")
    location = Path(str(package.__file__)).parent
    config = Config()
    config.set_main_option("script_location", str(location))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)

    def to_head(revision: object, _context: MigrationContext) -> object:
        return script._upgrade_revs("head", revision)  # type: ignore[arg-type]  # noqa: SLF001 - what alembic's own command does

    with (
        engine.begin() as connection,
        EnvironmentContext(config, script, fn=to_head) as environment,
    ):
        connection.execute(
            sa.text("SELECT pg_advisory_xact_lock(hashtext(:name))"),
            {"name": f"migrate:{service}"},
        )
        environment.configure(
            connection=connection,
            version_table="schema_version",
            version_table_schema=f"{service}_write",
        )
        environment.run_migrations()
