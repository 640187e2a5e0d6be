"""Which claims stand where, and when is the next step due? Asked by `claims.list`."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.care import ClaimList, ClaimView
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.domain.support_claim import ClaimState, SupportClaim
from services.registry.read_models.areas import Areas
from services.registry.read_models.deadlines import DeadlineBook, Due
from services.registry.read_models.tables import READ

CLAIMS = sa.Table(
    "claim_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("member_id", pg.UUID, nullable=False),
    sa.Column("force_unit_id", pg.UUID, nullable=False),
    sa.Column("unit_id", pg.UUID, nullable=False),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("occurred_on", sa.Date, nullable=False),
    sa.Column("filed_on", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date),
    sa.Column("amount", sa.BigInteger),
    sa.Column("basis", sa.Text),
    sa.Column("decision_number", sa.Text),
    sa.Column("ground", sa.Text),
    sa.Column("missing", pg.ARRAY(sa.Text), nullable=False),
    sa.Index("claim_list_filed", "filed_on", "id"),
    sa.Index("claim_list_place", "unit_path"),
    sa.Index("claim_list_member", "member_id"),
)

# What is due while a claim stands at a state.
_NEXT: Final = {
    ClaimState.FILED: DeadlineKind.CLAIM_ASSESSMENT,
    ClaimState.INCOMPLETE: DeadlineKind.CLAIM_COMPLETION,
    ClaimState.ASSESSED: DeadlineKind.CLAIM_DECISION,
    ClaimState.APPROVED: DeadlineKind.CLAIM_PAYMENT,
}


class ClaimListReadModel:
    """Writes one row per claim with its state, and the deadline of its next step."""

    name = "claim_list"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        facts = [
            one.event for one in recorded if isinstance(one.event, SupportClaim.Event)
        ]
        if not facts:
            return
        filed = [fact for fact in facts if isinstance(fact, SupportClaim.Filed)]
        if filed:
            rows = [_row(fact) for fact in filed]
            conn.execute(pg.insert(CLAIMS).on_conflict_do_nothing(), rows)
        steps: dict[UUID, dict[str, Any]] = {}
        for fact in facts:
            if not isinstance(fact, SupportClaim.Filed):
                known = steps.setdefault(fact.originator_id, {})
                known.update(_step(fact))
        for columns in {tuple(sorted(step)) for step in steps.values()}:
            _move(conn, columns, steps)
        _chase(conn, facts)


def _row(fact: SupportClaim.Filed) -> dict[str, Any]:
    came = {item.code for item in fact.items}
    return {
        "id": fact.originator_id,
        "member_id": fact.member_id,
        "force_unit_id": fact.force_unit_id,
        "unit_id": fact.unit_id,
        "unit_path": fact.unit_path,
        "kind": fact.kind,
        "occurred_on": fact.occurred_on,
        "filed_on": fact.filed_on,
        "state": ClaimState.FILED.value,
        "since": fact.filed_on,
        "due_on": fact.due_on,
        "missing": [code for code in fact.asked if code not in came],
    }


def _step(fact: Any) -> dict[str, Any]:
    """Return the columns that an event changes."""
    match fact:
        case SupportClaim.FoundIncomplete():
            told: dict[str, Any] = {"missing": list(fact.missing)}
        case SupportClaim.Completed():
            told = {"missing": []}
        case SupportClaim.Approved():
            told = {
                "amount": fact.amount,
                "basis": fact.basis,
                "decision_number": fact.decision_number,
            }
        case SupportClaim.Refused():
            told = {"decision_number": fact.decision_number, "ground": fact.ground}
        case SupportClaim.Assessed():
            told = {"amount": fact.amount}
        case _:
            told = {}
    state, day = _reached(fact)
    due = getattr(fact, "due_on", None)
    return {**told, "state": state.value, "since": day, "due_on": due}


_REACHED: Final[dict[type, tuple[ClaimState, str]]] = {
    SupportClaim.Filed: (ClaimState.FILED, "filed_on"),
    SupportClaim.FoundIncomplete: (ClaimState.INCOMPLETE, "found_on"),
    SupportClaim.Completed: (ClaimState.FILED, "completed_on"),
    SupportClaim.Assessed: (ClaimState.ASSESSED, "assessed_on"),
    SupportClaim.Approved: (ClaimState.APPROVED, "approved_on"),
    SupportClaim.Refused: (ClaimState.REFUSED, "refused_on"),
    SupportClaim.Paid: (ClaimState.PAID, "paid_on"),
    SupportClaim.Withdrawn: (ClaimState.WITHDRAWN, "withdrawn_on"),
}


def _reached(fact: Any) -> tuple[ClaimState, date]:
    """Return where a claim stands after an event, and since when."""
    state, day = _REACHED[type(fact)]
    return state, getattr(fact, day)


def _move(
    conn: sa.Connection, columns: tuple[str, ...], steps: dict[UUID, dict[str, Any]]
) -> None:
    rows = [
        {"which": claim, **{f"new_{name}": step[name] for name in columns}}
        for claim, step in steps.items()
        if tuple(sorted(step)) == columns
    ]
    conn.execute(
        sa.update(CLAIMS)
        .where(CLAIMS.c.id == sa.bindparam("which"))
        .values(
            {
                name: sa.bindparam(f"new_{name}", type_=CLAIMS.c[name].type)
                for name in columns
            }
        ),
        rows,
    )


def _chase(conn: sa.Connection, facts: Sequence[Any]) -> None:
    places = _places(conn, {fact.originator_id for fact in facts})
    book = DeadlineBook()
    for fact in facts:
        claim = fact.originator_id
        state, day = _reached(fact)
        ahead = _NEXT.get(state)
        for kind in _NEXT.values():
            if kind is not ahead and not isinstance(fact, SupportClaim.Filed):
                book.done(kind, claim, day)
        if ahead is not None:
            book.open(Due(ahead, claim, *places[claim], fact.due_on))
    book.write(conn)


def _places(conn: sa.Connection, claims: set[UUID]) -> dict[UUID, tuple[UUID, str]]:
    table = CLAIMS.c
    rows = conn.execute(
        sa.select(table.id, table.unit_id, table.unit_path).where(
            table.id.in_(list(claims))
        )
    )
    return {row.id: (row.unit_id, row.unit_path) for row in rows}


class ClaimFilter(NamedTuple):
    """Which claims a list holds."""

    areas: Areas
    state: str | None
    member_id: UUID | None


def list_claims(
    conn: sa.Connection, wanted: ClaimFilter, *, first: int, after: str | None
) -> ClaimList:
    """Return a page, the latest filed first. Raises CursorInvalid."""
    table = CLAIMS.c
    query = sa.select(CLAIMS).where(wanted.areas.hold(table.unit_path))
    if wanted.state is not None:
        query = query.where(table.state == wanted.state)
    if wanted.member_id is not None:
        query = query.where(table.member_id == wanted.member_id)
    key = None if after is None else key_of(after, tuple[date, UUID])
    if key is not None:
        query = query.where(sa.tuple_(table.filed_on, table.id) < sa.tuple_(*key))
    query = query.order_by(table.filed_on.desc(), table.id.desc()).limit(first + 1)
    rows = conn.execute(query).all()
    return ClaimList(
        rows=tuple(_view(row) for row in rows[:first]), has_next=len(rows) > first
    )


def _view(row: sa.Row[Any]) -> ClaimView:
    names = set(ClaimView.__struct_fields__) - {"missing", "cursor"}
    return ClaimView(
        **{name: getattr(row, name) for name in names},
        missing=tuple(row.missing),
        cursor=cursor_of(row.filed_on, row.id),
    )
