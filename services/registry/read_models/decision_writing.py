"""Which decisions about members wait for their posting? Chased until it is recorded."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.domain.decision import Decision
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.posting_law import decision_id, to_be_posted_by
from services.registry.read_models.deadlines import DeadlineBook, Due
from services.registry.read_models.decision_tables import DECISIONS, POSTED_KINDS
from services.registry.read_models.force_homes import FORCE_HOMES
from services.registry.read_models.member_facts import FACTS
from services.registry.read_models.tables import MEMBERS

_KIND: Final = DeadlineKind.DECISION_POSTING


class _Cited(NamedTuple):
    """A decision as a fact cites it; ``post_by`` where that fact asks for a posting."""

    id: UUID
    force_unit_id: UUID
    number: str
    decided_on: date
    issuer: str
    post_by: date | None


class DecisionsReadModel:
    """Writes one row per decision of a force unit, and its deadline."""

    name = "member_decisions"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction; a posting holds for what follows."""
        book = DeadlineBook()
        events = [item.event for item in recorded]
        for posting, run in groupby(events, key=_is_posting):
            if posting:
                _take_down(conn, list(run), book)
            else:
                for due in _take_in(conn, _merged(_citations(run))):
                    book.open(due)
        withdrawn = {
            one.originator_id
            for one in events
            if isinstance(one, ForceUnit.EnrolmentWithdrawn)
        }
        for uncited in _no_longer_chased(conn, withdrawn):
            book.drop(_KIND, uncited)
        book.write(conn)


def _citations(events: Iterable[object]) -> Iterator[_Cited]:
    for event in events:
        match event:
            case ForceUnit.MemberEnrolled(decision=Decision() as paper):
                yield _cited(event, paper, event.enrolled_on)
            case ForceUnit.MemberPostChanged(decision=paper, changed_on=day):
                yield _cited(event, paper, day)
            case ForceUnit.MemberCeased(decision=Decision() as paper, ceased_on=day):
                yield _cited(event, paper, day)
            case ForceUnit.MemberSuspended(decision=paper):
                yield _cited(event, paper, None)
            case ForceUnit.MemberResumed(decision=paper):
                yield _cited(event, paper, None)


def _cited(event: Any, paper: Decision, effective_on: date | None) -> _Cited:
    """Return a decision; it is to be posted where a day of its effect is given."""
    number, decided_on, issuer = paper
    return _Cited(
        decision_id(event.originator_id, number, decided_on),
        event.originator_id,
        number,
        decided_on,
        issuer,
        None
        if effective_on is None
        else to_be_posted_by(event.force_type, effective_on, decided_on),
    )


def _merged(cited: Iterable[_Cited]) -> list[_Cited]:
    """Return each decision once, to be posted where any of its facts asks for it."""
    found: dict[UUID, _Cited] = {}
    for one in cited:
        known = found.setdefault(one.id, one)
        if known.post_by is None:
            found[one.id] = known._replace(post_by=one.post_by)
    return list(found.values())


_TAKE_IN: Final = (
    f"WITH taken AS (INSERT INTO {DECISIONS.fullname} AS d (id, force_unit_id,"
    " number, decided_on, issuer, post_by)"
    " SELECT * FROM unnest(%b::uuid[], %b::uuid[], %b::text[], %b::date[],"
    " %b::text[], %b::date[])"
    " ON CONFLICT (id) DO UPDATE SET post_by = excluded.post_by"
    " WHERE d.post_by IS NULL AND d.posted_on IS NULL"
    " AND excluded.post_by IS NOT NULL"
    " RETURNING id, force_unit_id, post_by)"
    " SELECT t.id, h.unit_id, h.unit_path, t.post_by, t.force_unit_id FROM taken AS t"
    f" JOIN {FORCE_HOMES.fullname} AS h"
    " ON h.force_unit_id = t.force_unit_id AND h.until IS NULL"
)


def _take_in(conn: sa.Connection, cited: list[_Cited]) -> Iterator[Due]:
    """Enter decisions; give those whose posting is asked for from now on."""
    if not cited:
        return
    columns = tuple(list(column) for column in zip(*cited, strict=True))
    for row in conn.exec_driver_sql(_TAKE_IN, columns):
        if row.post_by is not None:
            yield Due(_KIND, *row)


_POST: Final = (
    sa.update(DECISIONS)
    .where(DECISIONS.c.id == sa.bindparam("which"))
    .values(place=sa.bindparam("where"), posted_on=sa.bindparam("day"))
)


def _is_posting(event: object) -> bool:
    return isinstance(event, ForceUnit.DecisionPosted)


def _take_down(conn: sa.Connection, posted: list[Any], book: DeadlineBook) -> None:
    """Enter where decisions hang out."""
    conn.execute(_POST, [_posting(fact) for fact in posted])
    for fact in posted:
        which = decision_id(fact.originator_id, fact.number, fact.decided_on)
        book.done(_KIND, which, fact.posted_on)


def _posting(fact: ForceUnit.DecisionPosted) -> dict[str, Any]:
    which = decision_id(fact.originator_id, fact.number, fact.decided_on)
    return {"which": which, "where": fact.place, "day": fact.posted_on}


def _no_longer_chased(conn: sa.Connection, force_unit_ids: set[UUID]) -> list[UUID]:
    """Ask for no posting of what no fact cites that has to be posted; give which."""
    if not force_unit_ids:
        return []
    told = (DECISIONS.c.number, DECISIONS.c.decided_on)
    in_unit = MEMBERS.c.force_unit_id == DECISIONS.c.force_unit_id
    cites = sa.or_(
        sa.tuple_(MEMBERS.c.decision_number, MEMBERS.c.decided_on) == sa.tuple_(*told),
        sa.and_(
            FACTS.c.what.in_(POSTED_KINDS),
            sa.tuple_(FACTS.c.decision_number, FACTS.c.decided_on) == sa.tuple_(*told),
        ),
    )
    cited = (
        sa.select(MEMBERS.c.id)
        .outerjoin(FACTS, FACTS.c.member_id == MEMBERS.c.id)
        .where(in_unit, cites)
    )
    units = sa.literal(list(force_unit_ids), pg.ARRAY(pg.UUID))
    uncited = conn.execute(
        sa.update(DECISIONS)
        .where(
            DECISIONS.c.force_unit_id == sa.any_(units),
            DECISIONS.c.posted_on.is_(None),
            ~sa.exists(cited.correlate(DECISIONS)),
        )
        .values(post_by=None)
        .returning(DECISIONS.c.id)
    )
    return list(uncited.scalars())
