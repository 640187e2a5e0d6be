"""How were teams and members rated, where and in which year? Asked by `rating_*`."""

from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.rating import (
    RatingResultList,
    RatingResultView,
    RatingRoundList,
    RatingRoundView,
)
from services.registry.domain.rating_roster import SubjectKind
from services.registry.read_models.areas import Areas
from services.registry.read_models.rating_tables import RESULTS, ROUNDS
from services.unit_directory.places import Covered
from services.unit_directory.predicate import lies_within_sql


class RoundFilter(NamedTuple):
    """Which rounds a list holds."""

    areas: Areas
    year: int | None
    state: str | None


def list_rounds(
    conn: sa.Connection, wanted: RoundFilter, *, first: int, after: str | None
) -> RatingRoundList:
    """Return a page, the latest year first. Raises CursorInvalid."""
    table = ROUNDS.c
    query = sa.select(ROUNDS).where(wanted.areas.hold(table.unit_path))
    if wanted.year is not None:
        query = query.where(table.year == wanted.year)
    if wanted.state is not None:
        query = query.where(table.state == wanted.state)
    key = None if after is None else key_of(after, tuple[int, UUID])
    if key is not None:
        query = query.where(sa.tuple_(table.year, table.id) < sa.tuple_(*key))
    query = query.order_by(table.year.desc(), table.id.desc()).limit(first + 1)
    rows = conn.execute(query).all()
    counts = _counts(conn, [row.id for row in rows[:first]])
    return RatingRoundList(
        rows=tuple(_round(row, counts) for row in rows[:first]),
        has_next=len(rows) > first,
    )


def _counts(
    conn: sa.Connection, rounds: list[UUID]
) -> dict[tuple[UUID, str], dict[str, int]]:
    """Count the subjects of rounds by kind and what they were given last."""
    table = RESULTS.c
    given = sa.func.coalesce(table.level, table.not_rated, "open").label("given")
    query = (
        sa.select(table.round_id, table.kind, given, sa.func.count().label("number"))
        .where(table.round_id.in_(rounds))
        .group_by(table.round_id, table.kind, given)
        .order_by(given)
    )
    found: dict[tuple[UUID, str], dict[str, int]] = {}
    for row in conn.execute(query):
        found.setdefault((row.round_id, row.kind), {})[row.given] = row.number
    return found


def _round(
    row: sa.Row[Any], counts: dict[tuple[UUID, str], dict[str, int]]
) -> RatingRoundView:
    names = set(RatingRoundView.__struct_fields__) - {"teams", "members", "cursor"}
    return RatingRoundView(
        **{name: getattr(row, name) for name in names},
        teams=counts.get((row.id, SubjectKind.TEAM.value), {}),
        members=counts.get((row.id, SubjectKind.MEMBER.value), {}),
        cursor=cursor_of(row.year, row.id),
    )


def list_results(
    conn: sa.Connection,
    round_id: UUID,
    callers_paths: tuple[Covered, ...],
    *,
    first: int,
    after: str | None,
) -> RatingResultList:
    """Return a page of a round that the caller may see. Raises CursorInvalid."""
    table = RESULTS.c
    query = (
        sa.select(RESULTS)
        .join(ROUNDS, ROUNDS.c.id == table.round_id)
        .where(
            table.round_id == round_id,
            lies_within_sql(ROUNDS.c.unit_path, callers_paths),
        )
    )
    order = (table.kind, table.subject_id)
    key = None if after is None else key_of(after, tuple[str, UUID])
    if key is not None:
        query = query.where(sa.tuple_(*order) > sa.tuple_(*key))
    rows = conn.execute(query.order_by(*order).limit(first + 1)).all()
    return RatingResultList(
        rows=tuple(_result(row) for row in rows[:first]), has_next=len(rows) > first
    )


def _result(row: sa.Row[Any]) -> RatingResultView:
    names = set(RatingResultView.__struct_fields__) - {"cursor"}
    return RatingResultView(
        **{name: getattr(row, name) for name in names},
        cursor=cursor_of(row.kind, row.subject_id),
    )


def round_of(conn: sa.Connection, round_id: UUID) -> tuple[UUID, int] | None:
    """Return the unit and year of a round."""
    row = conn.execute(
        sa.select(ROUNDS.c.unit_id, ROUNDS.c.year).where(ROUNDS.c.id == round_id)
    ).first()
    return None if row is None else (row.unit_id, row.year)
