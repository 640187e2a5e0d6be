"""Facts about named hierarchies, as tests need them, told in the order of versions."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

import sqlalchemy as sa

from services.chassis.followers import Delivered
from services.chassis.service import Runtime
from services.contracts.envelope import PublicEvent
from services.contracts.registry.hierarchy_events import (
    HierarchyDefinedV1,
    HierarchyEndedV1,
    HierarchyLevelSkippedV1,
    HierarchyUnitPlacedV1,
)
from services.reporting.read_models.tables import HIERARCHIES
from services.unit_hierarchies.follower import HierarchiesFollower
from tests.reporting import units

POLICE_DAY = date(2025, 3, 1)


def id_of(code: str) -> UUID:
    return uuid5(UUID(int=3), code)


def defined(
    code: str, base: str = "administration", valid_from: date | None = None
) -> HierarchyDefinedV1:
    return HierarchyDefinedV1(
        hierarchy_id=id_of(code),
        code=code,
        name=code,
        base=base,
        owner_id=units.COUNTRY,
        valid_from=valid_from,
    )


def skipped(code: str, level: str, day: date) -> HierarchyLevelSkippedV1:
    return HierarchyLevelSkippedV1(
        hierarchy_id=id_of(code), level=level, effective_on=day
    )


def placed(
    code: str, unit: UUID, under: UUID | None, day: date
) -> HierarchyUnitPlacedV1:
    return HierarchyUnitPlacedV1(
        hierarchy_id=id_of(code), unit_id=unit, parent_id=under, effective_on=day
    )


def ended(code: str, day: date) -> HierarchyEndedV1:
    return HierarchyEndedV1(hierarchy_id=id_of(code), ended_on=day)


def told(code: str, facts: Iterable[PublicEvent]) -> list[Delivered]:
    return [
        Delivered(
            source="registry",
            generation="g",
            partition=0,
            position=version,
            event_id=f"{id_of(code)}/{version}",
            type=fact.TYPE,
            subject=id_of(code),
            time=datetime(2025, 3, 1, tzinfo=UTC),
            event=fact,
        )
        for version, fact in enumerate(facts, start=1)
    ]


def follower_of(runtime: Runtime) -> HierarchiesFollower:
    (found,) = (
        one
        for one in runtime.definition.followers
        if isinstance(one, HierarchiesFollower)
    )
    return found


def tell(runtime: Runtime, code: str, *facts: PublicEvent) -> None:
    """Let the service hear the whole of a hierarchy, as far as it has not."""
    with runtime.engine.begin() as conn:
        follower_of(runtime).apply(conn, told(code, facts))


def forget(runtime: Runtime) -> None:
    with runtime.engine.begin() as conn:
        follower_of(runtime).forget(conn)
        left = conn.execute(sa.select(sa.func.count()).select_from(HIERARCHIES.facts))
        assert 0 == left.scalar_one()
