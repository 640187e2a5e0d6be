"""Which rosters were uploaded, and how far has each come? Numbers only."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.imports import ImportList, ImportView
from services.registry.domain.import_batch import ImportBatch
from services.registry.read_models.tables import READ
from services.unit_directory.predicate import lies_within_sql

IMPORTS: Final = sa.Table(
    "import_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("unit_id", pg.UUID, nullable=False),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("policy", sa.Text, nullable=False),
    sa.Column("dry_run", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("ended_at", sa.DateTime(timezone=True)),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("refused_columns", sa.Integer, nullable=False),
    sa.Column("planned_rows", sa.Integer),
    sa.Column("unchanged_rows", sa.Integer),
    sa.Column("faulty_rows", sa.Integer),
    sa.Column("faults", sa.Integer),
    sa.Column("covers", sa.Integer),
    sa.Column("rows_applied", sa.Integer, nullable=False),
    sa.Column("members", sa.Integer, nullable=False),
    sa.Column("established", sa.Integer, nullable=False),
    sa.Column("file_kept", sa.Boolean, nullable=False),
    sa.Index("import_list_newest", sa.text("received_at DESC"), "id"),
    sa.Index("import_list_digest", "digest"),
)

ROWS_SKIPPED: Final = sa.Table(
    "import_rows_skipped",
    READ,
    sa.Column("batch_id", pg.UUID, primary_key=True),
    sa.Column("row", sa.Integer, primary_key=True),
    # Of such a row only the areas could no longer be taken.
    sa.Column("areas_only", sa.Boolean, nullable=False),
)


class ImportListReadModel:
    """Writes one row per import; each event changes that one row."""

    name = "import_list"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction; of imports there are few."""
        for item in recorded:
            if isinstance(item.event, ImportBatch.Received):
                conn.execute(pg.insert(IMPORTS).on_conflict_do_nothing(),
                             _row(item.event))  # fmt: skip
            elif isinstance(item.event, ImportBatch.Event):
                self._change(conn, item.event)

    def _change(self, conn: sa.Connection, fact: ImportBatch.Event) -> None:
        values = _changes(fact)
        conn.execute(
            sa.update(IMPORTS).where(IMPORTS.c.id == fact.originator_id).values(values)
        )
        if isinstance(fact, ImportBatch.RowsApplied):
            left_out = [(n, False) for n in fact.skipped]
            left_out += [(n, True) for n in fact.uncovered]
            rows = [
                {"batch_id": fact.originator_id, "row": number, "areas_only": only}
                for number, only in left_out
            ]
            if rows:
                conn.execute(pg.insert(ROWS_SKIPPED).on_conflict_do_nothing(), rows)


def _row(fact: ImportBatch.Received) -> dict[str, Any]:
    return {
        "id": fact.originator_id,
        "unit_id": fact.unit_id,
        "unit_path": fact.unit_path,
        "digest": fact.digest,
        "state": "received",
        "policy": fact.policy,
        "dry_run": fact.dry_run,
        "received_at": fact.timestamp,
        "rows": fact.rows,
        "refused_columns": fact.refused_columns,
        "rows_applied": 0,
        "members": 0,
        "established": 0,
        "file_kept": True,
    }


def _changes(fact: ImportBatch.Event) -> dict[str, Any]:
    match fact:
        case ImportBatch.Checked():
            return {
                "state": "checked",
                "planned_rows": fact.planned_rows,
                "unchanged_rows": fact.unchanged_rows,
                "faulty_rows": fact.faulty_rows,
                "faults": fact.faults,
                "covers": fact.covers,
                # A dry run ends here; of others the end comes later.
                "ended_at": sa.case((IMPORTS.c.dry_run, fact.timestamp), else_=None),
            }
        case ImportBatch.RowsApplied():
            return {
                "state": "applying",
                "rows_applied": IMPORTS.c.rows_applied + fact.rows,
                "members": IMPORTS.c.members + len(fact.members),
                "established": IMPORTS.c.established + len(fact.established),
            }
        case ImportBatch.Completed():
            return {"state": "applied", "ended_at": fact.timestamp}
        case ImportBatch.Refused(reason=reason):
            return {"state": "refused", "reason": reason, "ended_at": fact.timestamp}
        case ImportBatch.Withdrawn():
            return {
                "state": "withdrawn",
                "ended_at": fact.timestamp,
                "members": IMPORTS.c.members - fact.members,
                "established": IMPORTS.c.established - fact.established,
            }
    return {"file_kept": False}


class ImportFilter(NamedTuple):
    """Which imports a list holds; both areas have to cover a row."""

    unit_paths: tuple[str, ...]
    callers_paths: tuple[str, ...]
    state: str | None


def list_imports(
    conn: sa.Connection, wanted: ImportFilter, *, first: int, after: str | None
) -> ImportList:
    """Return a page, the newest first. Raises CursorInvalid."""
    query = sa.select(IMPORTS).where(
        lies_within_sql(IMPORTS.c.unit_path, wanted.unit_paths),
        lies_within_sql(IMPORTS.c.unit_path, wanted.callers_paths),
    )
    if wanted.state is not None:
        query = query.where(IMPORTS.c.state == wanted.state)
    key = None if after is None else key_of(after, tuple[datetime, UUID])
    if key is not None:
        place = sa.tuple_(IMPORTS.c.received_at, IMPORTS.c.id)
        query = query.where(place < sa.tuple_(*key))
    order = (IMPORTS.c.received_at.desc(), IMPORTS.c.id.desc())
    rows = conn.execute(query.order_by(*order).limit(first + 1)).all()
    return ImportList(
        rows=tuple(_view(row) for row in rows[:first]), has_next=len(rows) > first
    )


def get_imports(
    conn: sa.Connection, ids: Sequence[UUID], callers_paths: Iterable[str]
) -> dict[UUID, ImportView]:
    """Return the imports that the caller may see, by id."""
    query = sa.select(IMPORTS).where(
        IMPORTS.c.id.in_(list(ids)),
        lies_within_sql(IMPORTS.c.unit_path, callers_paths),
    )
    return {row.id: _view(row) for row in conn.execute(query)}


def attempts_with(conn: sa.Connection, digest: str) -> list[tuple[UUID, str]]:
    """Return the imports of the same file with their states, the oldest first."""
    query = (
        sa.select(IMPORTS.c.id, IMPORTS.c.state)
        .where(IMPORTS.c.digest == digest)
        .order_by(IMPORTS.c.received_at, IMPORTS.c.id)
    )
    return [(row.id, row.state) for row in conn.execute(query)]


def unfinished(conn: sa.Connection) -> list[UUID]:
    """Return the imports that wait for work, the oldest first."""
    waiting = sa.or_(
        IMPORTS.c.state.in_(("received", "applying")),
        sa.and_(IMPORTS.c.state == "checked", sa.not_(IMPORTS.c.dry_run)),
    )
    query = sa.select(IMPORTS.c.id).where(waiting).order_by(IMPORTS.c.received_at)
    return list(conn.execute(query).scalars())


def files_to_destroy(conn: sa.Connection, ended_before: datetime) -> list[UUID]:
    """Return the imports whose file has been kept for its time."""
    query = sa.select(IMPORTS.c.id).where(
        IMPORTS.c.file_kept, IMPORTS.c.ended_at < ended_before
    )
    return list(conn.execute(query).scalars())


class RowLeftOut(NamedTuple):
    """A row that could no longer be taken when it was applied, or only its areas."""

    row: int
    areas_only: bool


def rows_left_out(conn: sa.Connection, batch_id: UUID) -> list[RowLeftOut]:
    """Return the rows that could no longer be taken, whole, when they were applied."""
    query = (
        sa.select(ROWS_SKIPPED.c.row, ROWS_SKIPPED.c.areas_only)
        .where(ROWS_SKIPPED.c.batch_id == batch_id)
        .order_by(ROWS_SKIPPED.c.row)
    )
    return [RowLeftOut(*row) for row in conn.execute(query)]


def _view(row: sa.Row[Any]) -> ImportView:
    told = {name: getattr(row, name) for name in ImportView.__struct_fields__
            if name != "cursor"}  # fmt: skip
    return ImportView(**told, cursor=cursor_of(row.received_at, row.id))
