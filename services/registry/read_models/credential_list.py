"""Which badges are in whose hand, which have to come back? For `credentials.list`."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.credentials import CredentialList, CredentialView
from services.registry.domain.care_rules import due_on
from services.registry.domain.credential_book import CredentialBook
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.domain.force_unit import ForceUnit
from services.registry.read_models.areas import Areas
from services.registry.read_models.deadlines import DEADLINES, DeadlineBook, Due
from services.registry.read_models.tables import MEMBERS, READ

CREDENTIALS = sa.Table(
    "credential_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("book_id", pg.UUID, nullable=False),
    sa.Column("member_id", pg.UUID, nullable=False),
    sa.Column("unit_id", pg.UUID, nullable=False),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("kind", sa.Text(collation="C"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("issued_on", sa.Date, nullable=False),
    sa.Column("ended_on", sa.Date),
    sa.Column("ending", sa.Text),
    sa.Index("credential_list_place", "unit_path", "kind", "number"),
    sa.Index("credential_list_member", "member_id"),
)

_RECOVERY: Final = DeadlineKind.CREDENTIAL_RECOVERY
_TOUCHING: Final = (
    CredentialBook.Issued,
    CredentialBook.Replaced,
    CredentialBook.Revoked,
    ForceUnit.MemberCeased,
)


class CredentialListReadModel:
    """Writes one row per credential, and opens what has to come back."""

    name = "credential_list"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        facts = [item.event for item in recorded]
        issued = [row for fact in facts if (row := _begun(fact))]
        ended = [row for fact in facts if (row := _ended(fact))]
        touched = {fact.member_id for fact in facts if isinstance(fact, _TOUCHING)}
        if issued:
            conn.execute(pg.insert(CREDENTIALS).on_conflict_do_nothing(), issued)
        if ended:
            conn.execute(
                sa.update(CREDENTIALS)
                .where(CREDENTIALS.c.id == sa.bindparam("which"))
                .values(ended_on=sa.bindparam("day"), ending=sa.bindparam("why")),
                ended,
            )
        if touched:
            _chase(conn, touched)


def _begun(fact: object) -> dict[str, Any] | None:
    match fact:
        case CredentialBook.Issued(issued_on=day):
            pass
        case CredentialBook.Replaced(replaced_on=day):
            pass
        case _:
            return None
    return {
        "id": fact.credential_id,
        "book_id": fact.originator_id,
        "member_id": fact.member_id,
        "unit_id": fact.unit_id,
        "unit_path": fact.unit_path,
        "kind": fact.kind,
        "number": fact.number,
        "issued_on": day,
    }


def _ended(fact: object) -> dict[str, Any] | None:
    match fact:
        case CredentialBook.Replaced(replaces_id=which, replaced_on=day, how=why):
            return {"which": which, "day": day, "why": why}
        case CredentialBook.Revoked(credential_id=which, revoked_on=day, ground=why):
            return {"which": which, "day": day, "why": why}
    return None


def _chase(conn: sa.Connection, members: set[UUID]) -> None:
    """Open, close and drop recoveries from what stands now, in whatever order it came.

    Owed is what was in hand on the day on which its holder ceased.
    """
    table = CREDENTIALS.c
    rows = conn.execute(
        sa.select(CREDENTIALS, MEMBERS.c.ceased_on)
        .join(MEMBERS, MEMBERS.c.id == table.member_id)
        .where(table.member_id.in_(list(members)))
    )
    book = DeadlineBook()
    for row in rows:
        ceased, ended = row.ceased_on, row.ended_on
        if ceased is None or (ended is not None and ended < ceased):
            book.drop(_RECOVERY, row.id)
            continue
        last_day = due_on(_RECOVERY, ceased)
        book.open(Due(_RECOVERY, row.id, row.unit_id, row.unit_path, last_day))
        if ended is not None:
            book.done(_RECOVERY, row.id, ended)
    book.write(conn)


def book_of(conn: sa.Connection, credential_id: UUID) -> UUID | None:
    """Return the book in which a credential stands."""
    found: UUID | None = conn.execute(
        sa.select(CREDENTIALS.c.book_id).where(CREDENTIALS.c.id == credential_id)
    ).scalar()
    return found


class CredentialFilter(NamedTuple):
    """Which credentials a list holds."""

    areas: Areas
    member_id: UUID | None
    kind: str | None
    only_held: bool


def list_credentials(
    conn: sa.Connection, wanted: CredentialFilter, *, first: int, after: str | None
) -> CredentialList:
    """Return a page by place, kind and number. Raises CursorInvalid."""
    table = CREDENTIALS.c
    recovery = sa.and_(
        DEADLINES.c.kind == _RECOVERY.value,
        DEADLINES.c.subject_id == table.id,
        DEADLINES.c.done_on.is_(None),
    )
    query = (
        sa.select(CREDENTIALS, DEADLINES.c.due_on)
        .outerjoin(DEADLINES, recovery)
        .where(wanted.areas.hold(table.unit_path))
    )
    if wanted.member_id is not None:
        query = query.where(table.member_id == wanted.member_id)
    if wanted.kind is not None:
        query = query.where(table.kind == wanted.kind)
    if wanted.only_held:
        query = query.where(table.ended_on.is_(None))
    order = (table.unit_path, table.kind, table.number)
    key = None if after is None else key_of(after, tuple[str, str, int])
    if key is not None:
        query = query.where(sa.tuple_(*order) > sa.tuple_(*key))
    rows = conn.execute(query.order_by(*order).limit(first + 1)).all()
    return CredentialList(
        rows=tuple(_view(row) for row in rows[:first]), has_next=len(rows) > first
    )


def _view(row: sa.Row[Any]) -> CredentialView:
    return CredentialView(
        id=row.id,
        member_id=row.member_id,
        unit_id=row.unit_id,
        kind=row.kind,
        number=row.number,
        issued_on=row.issued_on,
        ended_on=row.ended_on,
        ending=row.ending,
        recovery_due_on=row.due_on,
        cursor=cursor_of(row.unit_path, row.kind, row.number),
    )
