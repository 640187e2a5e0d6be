"""A copy of grants is what all its facts make, in whichever order they came."""

from collections.abc import AsyncIterator
from datetime import date
from itertools import permutations
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from deploy.embedded.issuer import Issuer
from services.access_directory.tables import GrantTables
from services.chassis.schemas import prepare_schema
from services.chassis.service import (
    Runtime,
    ServiceDefinition,
    build_runtime,
    close_runtime,
)
from services.chassis.settings import Settings
from services.contracts.envelope import PublicEvent
from services.contracts.registry.access_events import (
    AccessApprovedV1,
    AccessGrantedV1,
    AccessRevokedV1,
)
from tests.support.servers import Database

READ: Final = sa.MetaData(schema="tips_read")
TABLES: Final = GrantTables(READ)
TODAY: Final = date(2026, 3, 1)
GRANT: Final = uuid4()


def granted(*, needs_approval: bool, **changed: Any) -> AccessGrantedV1:
    told = {
        "grant_id": GRANT,
        "subject": "clerk",
        "role": "tips_sorter",
        "scopes": ("tips:read", "tips:triage"),
        "unit_id": UUID(int=1),
        "first_day": TODAY,
        "last_day": TODAY,
        **changed,
    }
    return AccessGrantedV1(needs_approval=needs_approval, **told)


APPROVED: Final = AccessApprovedV1(grant_id=GRANT)
REVOKED: Final = AccessRevokedV1(grant_id=GRANT, revoked_on=TODAY)
AT_ONCE: Final = granted(needs_approval=False)
WAITING: Final = granted(needs_approval=True)


@pytest.fixture(scope="module")
async def runtime(database: Database, issuer: Issuer) -> AsyncIterator[Runtime]:
    made = build_runtime(
        ServiceDefinition(
            name="tips", aggregates=(), publish=lambda _: None, read_metadata=READ
        ),
        Settings(
            service="tips",
            database_url=SecretStr(database.url("tips")),
            jwks_file=issuer.jwks_file,
        ),
    )
    prepare_schema(made)
    yield made
    await close_runtime(made)


@pytest.fixture
def conn(runtime: Runtime) -> Any:
    """Give a transaction on an empty copy; nothing of it stays."""
    with runtime.engine.connect() as connection:
        TABLES.forget(connection)
        yield connection
        connection.rollback()


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ([AT_ONCE], True),
        ([WAITING], False),
        ([WAITING, APPROVED], True),
        ([AT_ONCE, REVOKED], False),
        ([WAITING, APPROVED, REVOKED], False),
        ([APPROVED], False),
        ([REVOKED], False),
    ],
)
def test_what_counts_does_not_depend_on_order_or_batches(
    conn: sa.Connection, facts: list[PublicEvent], *, counts: bool
) -> None:
    """Facts that were held back come late; those that come again change nothing."""
    for order in permutations(facts):
        for size in range(1, len(order) + 1):
            TABLES.forget(conn)
            for start in range(0, len(order), size):
                TABLES.apply(conn, order[start : start + size])
            TABLES.apply(conn, order[:1])
            standing = TABLES.standing(conn, TODAY)
            assert counts == (["clerk"] == [grant.subject for grant in standing])
            assert [GRANT] == list(
                conn.execute(sa.select(TABLES.grants.c.id)).scalars()
            )


def test_every_fact_makes_another_revision(conn: sa.Connection) -> None:
    """Whoever holds grants in memory sees by it that something moved."""
    seen = [TABLES.revision(conn, TODAY)]
    for fact in (WAITING, APPROVED, REVOKED):
        TABLES.apply(conn, [fact])
        seen.append(TABLES.revision(conn, TODAY))
    assert 4 == len(set(seen))
    TABLES.apply(conn, [APPROVED])
    assert seen[-1] == TABLES.revision(conn, TODAY)


def test_what_has_run_out_is_not_read(conn: sa.Connection) -> None:
    """The last day is read, the day after is not."""
    TABLES.apply(conn, [AT_ONCE])
    assert 1 == len(TABLES.standing(conn, TODAY))
    assert [] == TABLES.standing(conn, date(2026, 3, 2))


def test_whole_is_a_moment_that_only_moves_on_and_is_forgotten(
    conn: sa.Connection,
) -> None:
    """A proof that was begun earlier and ends later takes nothing back."""
    assert TABLES.age(conn) is None
    TABLES.mark_whole(conn, 3.0)
    age = TABLES.age(conn)
    assert age is not None
    assert 3.0 <= age < 60.0
    TABLES.mark_whole(conn, 1000.0)
    later = TABLES.age(conn)
    assert later is not None
    assert later < 60.0
    TABLES.forget(conn)
    assert TABLES.age(conn) is None
