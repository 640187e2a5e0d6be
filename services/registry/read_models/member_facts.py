"""What was decided about a membership, in order, and is it complete? Suspensions too.

The list of members holds how things stand; here is how they came to stand so.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.contracts.registry.service_life import HistoryOf, MemberFact
from services.registry.domain.force_unit import ForceUnit
from services.registry.read_models.decision_tables import DECISIONS, POSTED_KINDS
from services.registry.read_models.force_homes import FORCE_HOMES, home_today
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS, READ
from services.unit_directory.predicate import lies_within_sql

FACTS: Final = sa.Table(
    "member_facts",
    READ,
    sa.Column("member_id", pg.UUID, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("effective_on", sa.Date, nullable=False),
    sa.Column("post", sa.Text),
    sa.Column("ground", sa.Text),
    sa.Column("decision_number", sa.Text),
    sa.Column("decided_on", sa.Date),
    sa.Column("issuer", sa.Text),
)
SUSPENSIONS: Final = sa.Table(
    "member_suspensions",
    READ,
    sa.Column("member_id", pg.UUID, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("force_unit_id", pg.UUID, nullable=False),
    sa.Column("suspended_on", sa.Date, nullable=False),
    sa.Column("ended_on", sa.Date),
    sa.Index("member_suspensions_roster", "force_unit_id"),
)


class MemberFactsReadModel:
    """Writes one row for each change of a membership after its beginning."""

    name = "member_facts"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        events = [item.event for item in recorded]
        facts = [row for row in map(_fact, events) if row]
        if facts:
            conn.execute(pg.insert(FACTS).on_conflict_do_nothing(), facts)
        begun = [
            {
                "member_id": fact.member_id,
                "version": fact.version,
                "force_unit_id": fact.originator_id,
                "suspended_on": fact.suspended_on,
            }
            for fact in events
            if isinstance(fact, ForceUnit.MemberSuspended)
        ]
        if begun:
            conn.execute(pg.insert(SUSPENSIONS).on_conflict_do_nothing(), begun)
        ended = [row for row in map(_end, events) if row]
        if ended:
            conn.execute(_END, ended)


_END: Final = (
    sa.update(SUSPENSIONS)
    .where(
        SUSPENSIONS.c.member_id == sa.bindparam("who"),
        SUSPENSIONS.c.version < sa.bindparam("number"),
        SUSPENSIONS.c.ended_on.is_(None),
    )
    .values(ended_on=sa.bindparam("day"))
)


def _fact(event: object) -> dict[str, Any] | None:
    told: dict[str, Any] = {"post": None, "ground": None}
    match event:
        case ForceUnit.MemberPostChanged():
            told |= {"what": "post_changed", "effective_on": event.changed_on}
            told |= {"post": event.post}
        case ForceUnit.MemberSuspended():
            told |= {"what": "suspended", "effective_on": event.suspended_on}
        case ForceUnit.MemberResumed():
            told |= {"what": "resumed", "effective_on": event.resumed_on}
        case ForceUnit.MemberCeased():
            told |= {"what": "ceased", "effective_on": event.ceased_on}
            told |= {"ground": event.ground}
        case _:
            return None
    number, decided_on, issuer = event.decision or (None, None, None)
    return told | {
        "member_id": event.member_id,
        "version": event.version,
        "decision_number": number,
        "decided_on": decided_on,
        "issuer": issuer,
    }


def _end(event: object) -> dict[str, Any] | None:
    match event:
        case ForceUnit.MemberResumed(member_id=who, version=number, resumed_on=day):
            return {"who": who, "number": number, "day": day}
        # Members who never had another fact were never suspended: spare the look.
        case ForceUnit.MemberCeased(member_id=who, version=number, ceased_on=day):
            return {"who": who, "number": number, "day": day} if number > 2 else None  # noqa: PLR2004
    return None


def post_on(day: date) -> sa.ColumnElement[str]:
    """Return the post of a row of MEMBERS on a day."""
    newest = (
        sa.select(FACTS.c.post)
        .where(
            FACTS.c.member_id == MEMBERS.c.id,
            FACTS.c.post.is_not(None),
            FACTS.c.effective_on <= day,
        )
        .order_by(FACTS.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    moved = sa.func.coalesce(newest, MEMBERS.c.first_post)
    return sa.case((MEMBERS.c.version > 1, moved), else_=MEMBERS.c.first_post)


def _resting_on(day: date) -> sa.ColumnElement[bool]:
    return sa.and_(
        SUSPENSIONS.c.suspended_on <= day,
        sa.or_(SUSPENSIONS.c.ended_on.is_(None), SUSPENSIONS.c.ended_on > day),
    )


def resting_since(day: date) -> sa.ColumnElement[date]:
    """Return since when a row of MEMBERS was suspended on a day; null when not."""
    return (
        sa.select(sa.func.max(SUSPENSIONS.c.suspended_on))
        .where(SUSPENSIONS.c.member_id == MEMBERS.c.id, _resting_on(day))
        .scalar_subquery()
    )


def resting_in(day: date) -> sa.ColumnElement[int]:
    """Return how many of a row of FORCE_UNITS serve without being active on a day."""
    return (
        sa.select(sa.func.count())
        .where(SUSPENSIONS.c.force_unit_id == FORCE_UNITS.c.id, _resting_on(day))
        .scalar_subquery()
    )


def histories(
    conn: sa.Connection, member_ids: Sequence[UUID], callers_paths: Iterable[str]
) -> tuple[HistoryOf, ...]:
    """Return everything decided about memberships that the caller may see."""
    visible = (
        sa.select(*MEMBERS.c)
        .join(FORCE_HOMES, home_today(MEMBERS.c.force_unit_id))
        .where(
            MEMBERS.c.id.in_(member_ids),
            lies_within_sql(FORCE_HOMES.c.unit_path, callers_paths),
        )
        .cte("visible")
    )
    paper = ("decision_number", "decided_on", "issuer")
    begun = sa.select(
        visible.c.id.label("member_id"),
        visible.c.force_unit_id,
        sa.literal(1).label("version"),
        sa.literal("enrolled").label("what"),
        visible.c.enrolled_on.label("effective_on"),
        visible.c.first_post.label("post"),
        sa.null().cast(sa.Text).label("ground"),
        *(visible.c[name] for name in paper),
    )
    later = sa.select(
        FACTS.c.member_id,
        visible.c.force_unit_id,
        FACTS.c.version,
        FACTS.c.what,
        FACTS.c.effective_on,
        FACTS.c.post,
        FACTS.c.ground,
        *(FACTS.c[name] for name in paper),
    ).join(visible, visible.c.id == FACTS.c.member_id)
    every = sa.union_all(begun, later).subquery()
    found: dict[UUID, list[MemberFact]] = {one: [] for one in member_ids}
    for row in conn.execute(_with_posting(every)):
        found[row.member_id].append(_told(row))
    return tuple(HistoryOf(id=one, rows=tuple(found[one])) for one in member_ids)


def _with_posting(every: sa.Subquery) -> sa.Select[Any]:
    return (
        sa.select(every, DECISIONS.c.posted_on, DECISIONS.c.place)
        .outerjoin(
            DECISIONS,
            sa.and_(
                DECISIONS.c.force_unit_id == every.c.force_unit_id,
                DECISIONS.c.number == every.c.decision_number,
                DECISIONS.c.decided_on == every.c.decided_on,
            ),
        )
        .order_by(every.c.member_id, every.c.version)
    )


def _told(row: sa.Row[Any]) -> MemberFact:
    waits = (
        row.decision_number is not None
        and row.what in POSTED_KINDS
        and row.posted_on is None
    )
    return MemberFact(
        member_id=row.member_id,
        version=row.version,
        what=row.what,
        effective_on=row.effective_on,
        post=row.post,
        ground=row.ground,
        decision_number=row.decision_number,
        decided_on=row.decided_on,
        issuer=row.issuer,
        posted_on=row.posted_on,
        posted_at=row.place,
        complete=not waits,
    )
