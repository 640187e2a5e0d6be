"""The whole house that a tip passes through: real servers, the real process, a tap."""

import asyncio
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from os import environ  # noqa: TID251 - a child needs PATH
from pathlib import Path
from typing import Any

import httpx2
import nats
import psycopg
from psycopg import sql
from sqlalchemy import Connection

from deploy.embedded.issuer import Issuer
from deploy.embedded.ports import free_port
from deploy.embedded.postgres import PostgresServer
from services.chassis.schemas import prepare_schema
from services.chassis.service import (
    ServiceDefinition,
    build_runtime,
    close_runtime,
)
from services.chassis.settings import Settings
from services.chassis.vault import add_kek
from tests.confidentiality.marks import Hit, seen, seen_in_files
from tests.support.servers import Database, TestNatsServer, fresh_database

LOUD = {
    "log_statement": "all",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "log_min_error_statement": "error",
    "log_error_verbosity": "verbose",
}
Marks = dict[str, dict[str, bytes]]


@dataclass
class House:
    """Everything that could keep a trace of a tip."""

    folder: Path
    postgres: PostgresServer
    database: Database
    nats: TestNatsServer
    issuer: Issuer
    kek_file: Path
    tapped: list[bytes] = field(default_factory=list)
    metrics: dict[str, bytes] = field(default_factory=dict)
    processes: dict[str, "Process"] = field(default_factory=dict)

    def make_the_log_loud(self) -> None:
        """Let PostgreSQL write down every statement with its parameters."""
        with psycopg.connect(self.database.admin_url, autocommit=True) as admin:
            for name, value in LOUD.items():
                admin.execute(
                    sql.SQL("ALTER ROLE tips SET {} = {}").format(
                        sql.Identifier(name), sql.Literal(value)
                    )
                )

    def settings(self, service: str) -> dict[str, str]:
        user, password = self.nats.user(service)
        return {
            "BINHYEN_SERVICE": service,
            "BINHYEN_DATABASE_URL": self.database.url(service),
            "BINHYEN_NATS_URL": self.nats.url,
            "BINHYEN_NATS_USER": user,
            "BINHYEN_NATS_PASSWORD": password,
            "BINHYEN_JWKS_FILE": str(self.issuer.jwks_file),
            "BINHYEN_KEK_FILE": str(self.kek_file),
            "BINHYEN_LOG_LEVEL": "DEBUG",
        }

    async def prepare(self, definition: ServiceDefinition, fill: Any) -> None:
        """Make a service's tables and fill them before its process starts."""
        settings = Settings(
            service=definition.name,
            database_url=self.database.url(definition.name),
            jwks_file=self.issuer.jwks_file,
        )
        runtime = build_runtime(definition, settings)
        prepare_schema(runtime)

        def run(conn: Connection) -> None:
            fill(conn)

        await runtime.write(run)
        await close_runtime(runtime)

    def start(self, service: str) -> "Process":
        process = Process(service, self.folder, self.settings(service))
        self.processes[service] = process
        return process

    async def messages(self) -> list[tuple[str, bytes]]:
        """Give every message of every stream, with its headers."""
        user, password = self.nats.tester
        client = await nats.connect(self.nats.url, user=user, password=password)
        stream = client.jetstream()
        found = []
        for known in await stream.streams_info():
            name, last = known.config.name, known.state.last_seq
            for number in range(max(1, known.state.first_seq), last + 1):
                message = await stream.get_msg(name, number)
                text = f"{message.subject} {message.headers}".encode()
                found.append((f"{name}#{number}", text + (message.data or b"")))
        await client.close()
        return found

    def cells(self) -> Iterator[tuple[str, bytes]]:
        """Give every value of every table, bytes as they are."""
        with psycopg.connect(self.database.admin_url, autocommit=True) as admin:
            tables = admin.execute(
                "SELECT schemaname, tablename FROM pg_tables"
                " WHERE schemaname !~ '^(pg_|information)'"
            ).fetchall()
            for schema, name in tables:
                rows = admin.execute(
                    sql.SQL("SELECT * FROM {}").format(sql.Identifier(schema, name))
                )
                for row in rows:
                    for value in row:
                        known = value if isinstance(value, bytes) else str(value)
                        plain = known if isinstance(known, bytes) else known.encode()
                        yield f"{schema}.{name}", plain

    async def search(self, marks: Marks) -> list[Hit]:
        """Look everywhere: files, tables, streams, the wire, metrics."""
        with psycopg.connect(self.database.admin_url, autocommit=True) as admin:
            admin.execute("CHECKPOINT")
        hits = seen_in_files(marks, [self.folder])
        by_table: dict[str, list[bytes]] = {}
        for table, value in self.cells():
            by_table.setdefault(f"table {table}", []).append(value)
        for table, values in by_table.items():
            hits += seen(marks, table, b"\n".join(values))
        for place, message in await self.messages():
            hits += seen(marks, f"stream {place}", message)
        hits += seen(marks, "wire", b"\n".join(self.tapped))
        for process in self.processes.values():
            shown = httpx2.get(f"{process.inner_url}/metrics").content
            hits += seen(marks, f"metrics {process.service}", shown)
        return hits


class Process:
    """A service as `make up` would start it, writing its log into the house."""

    def __init__(self, service: str, folder: Path, settings: Mapping[str, str]) -> None:
        self.service = service
        port, inner = free_port(), free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.inner_url = f"http://127.0.0.1:{inner}"
        temporary = folder / "tmp"
        temporary.mkdir(exist_ok=True)
        own = {
            **settings,
            "BINHYEN_HTTP_PORT": str(port),
            "BINHYEN_INNER_PORT": str(inner),
            "TMPDIR": str(temporary),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        self._log = (folder / f"{service}.log").open("ab")
        self._child = subprocess.Popen(
            [sys.executable, "-m", f"services.{service}.main"],
            env={"PATH": environ["PATH"], **own},
            cwd=temporary,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    async def ready(self, within_s: float = 60) -> None:
        until = time.monotonic() + within_s
        async with httpx2.AsyncClient() as client:
            while time.monotonic() < until:
                assert self._child.poll() is None, f"{self.service} fell, see its log"
                try:
                    answer = await client.get(f"{self.inner_url}/health/ready")
                    if answer.status_code == 200:
                        return
                except httpx2.TransportError:
                    pass
                await asyncio.sleep(0.1)
        raise TimeoutError(self.service)

    def stop(self) -> None:
        self._child.terminate()
        try:
            self._child.wait(20)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._log.close()


def build_house(folder: Path, passwords: dict[str, str], stack: ExitStack) -> House:
    """Start private servers below one folder."""
    (folder / "postgres").mkdir()
    postgres = PostgresServer(folder / "postgres")
    stack.callback(postgres.remove)
    postgres.start(within_s=180)
    server = TestNatsServer(folder / "nats")
    stack.callback(server.remove)
    server.start()
    outside = folder.with_name(f"{folder.name}-keys-{secrets.token_hex(4)}")
    outside.mkdir(mode=0o700)
    add_kek(outside / "kek")
    return House(
        folder=folder,
        postgres=postgres,
        database=fresh_database(postgres, passwords, "binhyen"),
        nats=server,
        issuer=Issuer(outside / "issuer"),
        kek_file=outside / "kek",
    )
