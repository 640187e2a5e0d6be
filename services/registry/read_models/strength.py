"""How many forces and people has a subtree on a day? In the day's terms or today's."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.contracts.registry.strength import StrengthRow
from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.values import Post
from services.registry.read_models.force_homes import FORCE_HOMES, at_home
from services.registry.read_models.force_unit_list import existing_on
from services.registry.read_models.headcounts import reported_by
from services.registry.read_models.member_facts import post_on, resting_in
from services.registry.read_models.member_list import serving_on
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS
from services.unit_directory.predicate import lies_within_sql

Areas = Mapping[UUID, tuple[str, ...]]


class Counted(NamedTuple):
    """One force type of one area; people by post, `reported` where none are known."""

    unit_id: UUID
    force_type: str
    force_units: int
    reported: int
    by_post: dict[Post, int]
    resting: int = 0

    @property
    def members(self) -> int:
        """All people."""
        return self.reported + sum(self.by_post.values())


def strength(
    conn: sa.Connection, areas: Areas, callers_paths: Iterable[str], *, on: date
) -> list[Counted]:
    """Count force units and people of several areas on a day, by force type."""
    of_post = {post: sa.func.count().filter(post_on(on) == post.value) for post in Post}
    people = (
        sa.select(*(count.label(post.value) for post, count in of_post.items()))
        .where(MEMBERS.c.force_unit_id == FORCE_UNITS.c.id, serving_on(on))
        .lateral("people")
    )
    visible = (
        sa.select(
            FORCE_HOMES.c.unit_path,
            FORCE_UNITS.c.force_type,
            reported_by(on).label("reported"),
            resting_in(on).label("resting"),
            *people.c,
        )
        .join(FORCE_HOMES, at_home(on))
        .join(people, sa.true())
        .where(existing_on(on), lies_within_sql(FORCE_HOMES.c.unit_path, callers_paths))
        .cte("visible")
    )
    sums = [sa.func.sum(visible.c[post.value]).label(post.value) for post in Post]
    counts = [
        sa.select(
            sa.literal(unit_id, pg.UUID).label("unit_id"),
            visible.c.force_type,
            sa.func.count().label("force_units"),
            sa.func.sum(visible.c.reported).label("reported"),
            sa.func.sum(visible.c.resting).label("resting"),
            *sums,
        )
        .where(lies_within_sql(visible.c.unit_path, paths))
        .group_by(visible.c.force_type)
        for unit_id, paths in areas.items()
    ]
    return [
        Counted(
            row.unit_id,
            row.force_type,
            row.force_units,
            int(row.reported),
            {post: int(getattr(row, post.value)) for post in Post},
            int(row.resting),
        )
        for row in conn.execute(sa.union_all(*counts))
    ]


def as_was(counted: Iterable[Counted]) -> tuple[StrengthRow, ...]:
    """Name every force as the law of the day named it."""
    return tuple(
        StrengthRow(
            unit_id=row.unit_id,
            force_type=row.force_type,
            force_units=row.force_units,
            members=row.members,
            active=row.members - row.resting,
        )
        for row in counted
    )


class _Part(NamedTuple):
    force_type: str
    mapping: Literal["identity", "selection"]
    force_units: int
    members: int


def in_todays_terms(counted: Iterable[Counted], *, on: date) -> tuple[StrengthRow, ...]:
    """Name every force as the law names it that came after; nobody counts twice.

    What was taken over by selection says so: these are people of whom some were
    chosen, not members of the later force.
    """
    found: dict[tuple[UUID, str, str], StrengthRow] = {}
    for row in counted:
        for part in _parts(row, on):
            key = row.unit_id, part.force_type, part.mapping
            known = found.get(key)
            former = () if part.mapping == "identity" else (row.force_type,)
            found[key] = StrengthRow(
                unit_id=row.unit_id,
                force_type=part.force_type,
                force_units=part.force_units + (known.force_units if known else 0),
                members=part.members + (known.members if known else 0),
                mapping=part.mapping,
                former_types=(*(known.former_types if known else ()), *former),
            )
    return tuple(found.values())


def _parts(row: Counted, on: date) -> Iterator[_Part]:
    force = FORCE_TYPES[row.force_type]
    after = force.successor
    if after is None or on >= after.on:
        yield _Part(row.force_type, "identity", row.force_units, row.members)
        return
    if force.in_force.end is not None:
        yield _Part(after.force_type, "selection", row.force_units, row.members)
        return
    # The force goes on without those whose posts were taken over.
    taken = sum(n for post, n in row.by_post.items() if after.may_take(post))
    yield _Part(row.force_type, "identity", row.force_units, row.members - taken)
    if taken:
        yield _Part(after.force_type, "selection", 0, taken)
