"""Which quota has a commune on a day, by which decision? Beside it what it has."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.quotas import (
    QuotaDecisionList,
    QuotaDecisionView,
    QuotaList,
    QuotaView,
)
from services.registry.domain.force_types import BY_QUOTA
from services.registry.domain.quota_decision import QuotaDecision
from services.registry.read_models.strength import Areas, Counted, strength
from services.registry.read_models.tables import READ
from services.unit_directory.predicate import lies_within_sql

DECISIONS = sa.Table(
    "quota_decision_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("province_id", pg.UUID, nullable=False),
    sa.Column("province_path", sa.Text(collation="C"), nullable=False),
    sa.Column("effective_on", sa.Date, nullable=False),
    sa.Column("number", sa.Text),
    sa.Column("decided_on", sa.Date),
    sa.Column("issuer", sa.Text),
    sa.Column("superseded_on", sa.Date),
    sa.Column("communes", sa.Integer, nullable=False),
    sa.Column("teams", sa.Integer, nullable=False),
    sa.Column("members", sa.Integer, nullable=False),
    sa.Index("quota_decision_list_place", "province_path", "effective_on"),
)

LINES = sa.Table(
    "quota_lines",
    READ,
    sa.Column("quota_id", pg.UUID, primary_key=True),
    sa.Column("unit_id", pg.UUID, primary_key=True),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("effective_on", sa.Date, nullable=False),
    sa.Column("issued", sa.Boolean, nullable=False),
    sa.Column("superseded_on", sa.Date),
    sa.Column("teams", sa.Integer, nullable=False),
    sa.Column("members", sa.Integer, nullable=False),
    sa.Column("reduced_by", sa.Date),
    sa.Column("teams_meanwhile", sa.Integer),
    sa.Column("members_meanwhile", sa.Integer),
    sa.Index("quota_lines_unit", "unit_id"),
    sa.Index("quota_lines_place", "unit_path"),
)


class QuotasReadModel:
    """Writes one row per decision and one per decision and commune."""

    name = "quotas"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction, one after the other.

        A country has some dozens of decisions a year: nothing here is hot.
        """
        for item in recorded:
            match item.event:
                case QuotaDecision.Drafted() as fact:
                    _draft(conn, fact)
                case QuotaDecision.Issued(originator_id=quota_id, paper=paper):
                    _set(conn, DECISIONS, quota_id, **paper._asdict())
                    _set(conn, LINES, quota_id, issued=True)
                case QuotaDecision.Superseded(originator_id=quota_id) as fact:
                    for table in (DECISIONS, LINES):
                        _set(conn, table, quota_id, superseded_on=fact.superseded_on)
                case QuotaDecision.ReductionPlanned() as fact:
                    _allow(conn, fact)


def _draft(conn: sa.Connection, fact: QuotaDecision.Drafted) -> None:
    conn.execute(
        pg.insert(DECISIONS).on_conflict_do_nothing(),
        {
            "id": fact.originator_id,
            "province_id": fact.province_id,
            "province_path": fact.province_path,
            "effective_on": fact.effective_on,
            "communes": len(fact.lines),
            "teams": sum(line.teams for line in fact.lines),
            "members": sum(line.members for line in fact.lines),
        },
    )
    conn.execute(
        pg.insert(LINES).on_conflict_do_nothing(),
        [
            {
                "quota_id": fact.originator_id,
                "effective_on": fact.effective_on,
                "issued": False,
                **line._asdict(),
            }
            for line in fact.lines
        ],
    )


def _set(conn: sa.Connection, table: sa.Table, quota_id: UUID, **values: Any) -> None:
    key = table.c.id if table is DECISIONS else table.c.quota_id
    conn.execute(sa.update(table).where(key == quota_id).values(**values))


def _allow(conn: sa.Connection, fact: QuotaDecision.ReductionPlanned) -> None:
    planned = fact.reduction
    conn.execute(
        sa.update(LINES)
        .where(
            LINES.c.quota_id == fact.originator_id,
            LINES.c.unit_id == planned.unit_id,
        )
        .values(
            reduced_by=planned.until,
            teams_meanwhile=planned.teams,
            members_meanwhile=planned.members,
        )
    )


def in_force_on(day: date) -> sa.Select[Any]:
    """Select each commune's line of the latest decision in force on a day."""
    return (
        sa.select(LINES)
        .where(
            LINES.c.issued,
            LINES.c.effective_on <= day,
            sa.or_(LINES.c.superseded_on.is_(None), LINES.c.superseded_on > day),
        )
        .ext(pg.distinct_on(LINES.c.unit_path, LINES.c.unit_id))
        .order_by(
            LINES.c.unit_path,
            LINES.c.unit_id,
            LINES.c.effective_on.desc(),
            LINES.c.quota_id.desc(),
        )
    )


class QuotaFilter(NamedTuple):
    """Which quotas a list holds; both areas have to cover a row."""

    unit_paths: tuple[str, ...]
    callers_paths: tuple[str, ...]
    on: date


def list_quotas(
    conn: sa.Connection,
    wanted: QuotaFilter,
    covers: Callable[[UUID], tuple[str, ...]],
    *,
    first: int,
    after: str | None,
) -> QuotaList:
    """Return a page in the order of place. Raises CursorInvalid.

    What a commune has is counted as the guard counts it, over all that it covers.
    """
    on = wanted.on
    lines = (
        in_force_on(on)
        .where(
            lies_within_sql(LINES.c.unit_path, wanted.unit_paths),
            lies_within_sql(LINES.c.unit_path, wanted.callers_paths),
        )
        .subquery()
    )
    query = (
        sa.select(lines, DECISIONS.c.number)
        .join(DECISIONS, DECISIONS.c.id == lines.c.quota_id)
        .order_by(lines.c.unit_path, lines.c.unit_id)
        .limit(first + 1)
    )
    if after is not None:
        key = key_of(after, tuple[str, UUID])
        query = query.where(
            sa.tuple_(lines.c.unit_path, lines.c.unit_id) > sa.tuple_(*key)
        )
    rows = conn.execute(query).all()
    areas = {row.unit_id: covers(row.unit_id) for row in rows[:first]}
    actual = actual_of(conn, areas, on)
    return QuotaList(
        rows=tuple(_quota(row, on, actual.get(row.unit_id)) for row in rows[:first]),
        has_next=len(rows) > first,
    )


def actual_of(conn: sa.Connection, areas: Areas, day: date) -> dict[UUID, Counted]:
    """Count what each commune has of the force under quota on a day."""
    if not areas:
        return {}
    everywhere = [path for paths in areas.values() for path in paths]
    return {
        row.unit_id: row
        for row in strength(conn, areas, everywhere, on=day)
        if row.force_type == BY_QUOTA.code
    }


def list_decisions(
    conn: sa.Connection,
    unit_paths: Iterable[str],
    callers_paths: Iterable[str],
    *,
    first: int,
    after: str | None,
) -> QuotaDecisionList:
    """Return a page, the latest day of effect first. Raises CursorInvalid."""
    order = (DECISIONS.c.effective_on, DECISIONS.c.id)
    query = (
        sa.select(DECISIONS)
        .where(
            lies_within_sql(DECISIONS.c.province_path, unit_paths),
            lies_within_sql(DECISIONS.c.province_path, callers_paths),
        )
        .order_by(*(column.desc() for column in order))
        .limit(first + 1)
    )
    if after is not None:
        key = key_of(after, tuple[date, UUID])
        query = query.where(sa.tuple_(*order) < sa.tuple_(*key))
    rows = conn.execute(query).all()
    return QuotaDecisionList(
        rows=tuple(_decision(row) for row in rows[:first]), has_next=len(rows) > first
    )


def _quota(row: sa.Row[Any], on: date, actual: Counted | None) -> QuotaView:
    meanwhile = row.reduced_by is not None and on < row.reduced_by
    return QuotaView(
        id=row.unit_id,
        quota_id=row.quota_id,
        number=row.number,
        effective_on=row.effective_on,
        teams=row.teams,
        members=row.members,
        allowed_teams=row.teams_meanwhile if meanwhile else row.teams,
        allowed_members=row.members_meanwhile if meanwhile else row.members,
        reduced_by=row.reduced_by,
        actual_teams=actual.force_units if actual else 0,
        actual_members=actual.members if actual else 0,
        cursor=cursor_of(row.unit_path, row.unit_id),
    )


def _decision(row: sa.Row[Any]) -> QuotaDecisionView:
    issued = "issued" if row.superseded_on is None else "superseded"
    return QuotaDecisionView(
        id=row.id,
        unit_id=row.province_id,
        state="draft" if row.number is None else issued,  # type: ignore[arg-type]
        effective_on=row.effective_on,
        number=row.number,
        decided_on=row.decided_on,
        issuer=row.issuer,
        superseded_on=row.superseded_on,
        communes=row.communes,
        teams=row.teams,
        members=row.members,
        cursor=cursor_of(row.effective_on, row.id),
    )
