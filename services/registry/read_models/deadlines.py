"""What is due or overdue in a unit's subtree on a day? Chased across all areas.

Any read model of the registry opens and closes rows through a `DeadlineBook`; nothing
here decides: a deadline that has passed is told and has no other effect.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.lists import cursor_of, key_of
from services.contracts.dependants import CustodyKind
from services.contracts.registry.deadlines import DeadlineList, DeadlineView
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.read_models.areas import Areas
from services.registry.read_models.force_homes import FORCE_HOMES
from services.registry.read_models.tables import READ

DEADLINES = sa.Table(
    "deadlines",
    READ,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("subject_id", pg.UUID, primary_key=True),
    sa.Column("unit_id", pg.UUID, nullable=False),
    # "C" lets the index serve LIKE prefixes.
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("done_on", sa.Date),
    # Of what a force owes; the row lies where that force lies.
    sa.Column("force_unit_id", pg.UUID),
    sa.Index("deadlines_force", "force_unit_id"),
    sa.Index("deadlines_due", "due_on", "subject_id", "kind"),
    sa.Index("deadlines_place", "unit_path"),
)


class Due(NamedTuple):
    """One thing to be done by a day: `subject_id` is what it is to be done about.

    What a force owes bears its id, and goes along where the force passes on.
    """

    kind: DeadlineKind
    subject_id: UUID
    unit_id: UUID
    unit_path: str
    due_on: date
    force_unit_id: UUID | None = None


class DeadlineBook:
    """What one batch of events opens and closes; written with one statement a way.

    Later entries win over earlier ones of the same kind and subject, so that events
    may be entered just as they come.
    """

    def __init__(self) -> None:
        self._opened: dict[tuple[DeadlineKind, UUID], dict[str, Any]] = {}
        self._done: dict[tuple[DeadlineKind, UUID], date] = {}
        self._dropped: set[tuple[DeadlineKind, UUID]] = set()

    def open(self, due: Due) -> None:
        """Begin a deadline, or begin it anew with another day."""
        key = (due.kind, due.subject_id)
        self._done.pop(key, None)
        self._dropped.discard(key)
        told = {"kind": due.kind.value, "done_on": None}
        self._opened[key] = {**due._asdict(), **told}

    def done(self, kind: DeadlineKind, subject_id: UUID, on: date) -> None:
        """Meet an open deadline, in time or late; any other stays as it is."""
        key = (kind, subject_id)
        if key not in self._opened:
            self._done.setdefault(key, on)
        elif self._opened[key]["done_on"] is None:
            self._opened[key]["done_on"] = on

    def drop(self, kind: DeadlineKind, subject_id: UUID) -> None:
        """Take back a deadline whose cause is gone."""
        key = (kind, subject_id)
        self._opened.pop(key, None)
        self._done.pop(key, None)
        self._dropped.add(key)

    def write(self, conn: sa.Connection) -> None:
        """Write what was entered."""
        table = DEADLINES.c
        if self._dropped:
            pair = sa.tuple_(table.kind, table.subject_id)
            conn.execute(sa.delete(DEADLINES).where(pair.in_(list(self._dropped))))
        if self._opened:
            rows = list(self._opened.values())
            conn.exec_driver_sql(
                _OPEN, tuple([row[name] for row in rows] for name in _COLUMNS)
            )
            # The fact behind it may name the home of another day.
            forces = {row["force_unit_id"] for row in self._opened.values()}
            follow_forces(conn, forces - {None})
        if self._done:
            keys = list(self._done)
            kinds, subjects = [kind.value for kind, _ in keys], [one for _, one in keys]
            conn.exec_driver_sql(_DONE, (kinds, subjects, list(self._done.values())))


_COLUMNS: Final = (
    "kind", "subject_id", "unit_id", "unit_path", "due_on", "done_on", "force_unit_id",
)  # fmt: skip
_OPEN: Final = (
    f"INSERT INTO {DEADLINES.fullname} ({', '.join(_COLUMNS)})"
    " SELECT * FROM unnest(%b::text[], %b::uuid[], %b::uuid[], %b::text[],"
    " %b::date[], %b::date[], %b::uuid[]) ON CONFLICT (kind, subject_id) DO UPDATE SET"
    " unit_id = excluded.unit_id, unit_path = excluded.unit_path,"
    " due_on = excluded.due_on, done_on = excluded.done_on,"
    " force_unit_id = excluded.force_unit_id"
)
_DONE: Final = (
    f"UPDATE {DEADLINES.fullname} AS d SET done_on = u.done_on"
    " FROM unnest(%b::text[], %b::uuid[], %b::date[]) AS u(kind, subject_id, done_on)"
    " WHERE d.kind = u.kind AND d.subject_id = u.subject_id AND d.done_on IS NULL"
)


def follow_forces(conn: sa.Connection, force_unit_ids: Collection[UUID]) -> None:
    """Let the deadlines of forces lie where each force lies by the last word."""
    if not force_unit_ids:
        return
    table, home = DEADLINES.c, FORCE_HOMES.c
    ids = sa.literal(list(force_unit_ids), pg.ARRAY(pg.UUID))
    conn.execute(
        sa.update(DEADLINES)
        .where(
            table.force_unit_id == sa.any_(ids),
            home.force_unit_id == table.force_unit_id,
            home.until.is_(None),
            table.unit_id != home.unit_id,
        )
        .values(unit_id=home.unit_id, unit_path=home.unit_path)
    )


# What is chased about things that a divided unit left goes with their custody.
GOES_WITH: Final[Mapping[DeadlineKind, CustodyKind]] = {
    DeadlineKind.CREDENTIAL_RECOVERY: "credential",
    DeadlineKind.RATING_DECISION: "rating_round",
    DeadlineKind.CLAIM_COMPLETION: "support_claim",
    DeadlineKind.CLAIM_ASSESSMENT: "support_claim",
    DeadlineKind.CLAIM_DECISION: "support_claim",
    DeadlineKind.CLAIM_PAYMENT: "support_claim",
    DeadlineKind.WELFARE_VISIT: "welfare_visit",
    DeadlineKind.PROGRAMME_MID_TERM: "coordination_programme",
    DeadlineKind.PROGRAMME_FINAL: "coordination_programme",
    DeadlineKind.SELECTION_SUBMISSION: "selection_round",
    DeadlineKind.SELECTION_DECISION: "selection_round",
}


OF_CARE: Final = frozenset(
    kind
    for kind, custody in GOES_WITH.items()
    if custody in {"support_claim", "welfare_visit"}
)


class Seen(NamedTuple):
    """Where a caller's right shows rows of some kinds; both areas have to cover one.

    ``kept`` says where else rows of some kinds are the unit's and the caller's.
    """

    kinds: Collection[DeadlineKind]
    areas: Areas
    kept: Mapping[CustodyKind, Areas]


class DeadlineFilter(NamedTuple):
    """Which deadlines a list holds: those that one of the caller's rights shows."""

    seen: Sequence[Seen]
    kinds: tuple[str, ...]
    only_overdue: bool
    due_before: date | None


def list_deadlines(
    conn: sa.Connection,
    wanted: DeadlineFilter,
    *,
    on: date,
    first: int,
    after: str | None,
) -> DeadlineList:
    """Return a page of what is open on a day, the longest due first.

    Raises CursorInvalid.
    """
    table = DEADLINES.c
    query = sa.select(DEADLINES).where(
        _held(wanted),
        sa.or_(table.done_on.is_(None), table.done_on > on),
    )
    if wanted.kinds:
        query = query.where(table.kind.in_(wanted.kinds))
    if wanted.only_overdue:
        query = query.where(table.due_on < on)
    if wanted.due_before is not None:
        query = query.where(table.due_on < wanted.due_before)
    order = (table.due_on, table.subject_id, table.kind)
    key = None if after is None else key_of(after, tuple[date, UUID, str])
    if key is not None:
        query = query.where(sa.tuple_(*order) > sa.tuple_(*key))
    rows = conn.execute(query.order_by(*order).limit(first + 1)).all()
    return DeadlineList(rows=_views(rows[:first], on), has_next=len(rows) > first)


def _held(wanted: DeadlineFilter) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(_shown(seen) for seen in wanted.seen))


def _shown(seen: Seen) -> sa.ColumnElement[bool]:
    table = DEADLINES.c
    held = [seen.areas.hold(table.unit_path)]
    for custody, areas in seen.kept.items():
        kinds = [kind.value for kind, with_ in GOES_WITH.items() if with_ == custody]
        held.append(sa.and_(table.kind.in_(kinds), areas.hold(table.unit_path)))
    shown = [kind.value for kind in seen.kinds]
    return sa.and_(table.kind.in_(shown), sa.or_(*held))


def _views(rows: Sequence[sa.Row[Any]], on: date) -> tuple[DeadlineView, ...]:
    return tuple(
        DeadlineView(
            id=f"{row.kind}:{row.subject_id}",
            kind=row.kind,
            subject_id=row.subject_id,
            unit_id=row.unit_id,
            due_on=row.due_on,
            overdue=row.due_on < on,
            days_overdue=max((on - row.due_on).days, 0),
            cursor=cursor_of(row.due_on, row.subject_id, row.kind),
        )
        for row in rows
    )
