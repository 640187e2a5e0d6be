"""Writes selection rounds, their steps and applications, and their clocks."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.domain.selection_round import SelectionRound
from services.registry.domain.selection_values import (
    ApplicationState,
    Result,
    RoundState,
)
from services.registry.domain.working_days import Deadline
from services.registry.read_models.deadlines import DeadlineBook, Due
from services.registry.read_models.selection_tables import APPLICATIONS, ROUNDS, STEPS

_SUBMISSION: Final = DeadlineKind.SELECTION_SUBMISSION
_DECISION: Final = DeadlineKind.SELECTION_DECISION
_CHECKED: Final = (ApplicationState.INCOMPLETE, ApplicationState.COMPLETE)
_A: Final = APPLICATIONS.c
_now = sa.bindparam("now", type_=sa.Text)
_checked = sa.or_(
    _now == ApplicationState.INCOMPLETE.value, _now == ApplicationState.COMPLETE.value
)
_CHANGE: Final = (
    sa.update(APPLICATIONS)
    .where(_A.id == sa.bindparam("which"))
    .values(
        # Who is proposed directly stays so, whatever is found in the dossier.
        state=sa.case(
            (sa.and_(_A.direct, _checked), _A.state),
            else_=sa.func.coalesce(_now, _A.state),
        ),
        missing=sa.func.coalesce(
            sa.bindparam("lacks", type_=pg.ARRAY(sa.Text)), _A.missing
        ),
        votes=sa.func.coalesce(sa.bindparam("count", type_=sa.Integer), _A.votes),
        post=sa.func.coalesce(sa.bindparam("as_post", type_=sa.Text), _A.post),
        member_id=sa.func.coalesce(sa.bindparam("member", type_=pg.UUID), _A.member_id),
    )
)


class _Step(NamedTuple):
    round_id: UUID
    state: RoundState
    on: date


class SelectionReadModel:
    """One statement for each kind of change in a transaction."""

    name = "selection"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        events = [
            item.event
            for item in recorded
            if isinstance(item.event, SelectionRound.Event | SelectionRound.Planned)
        ]
        planned = [_round(e) for e in events if isinstance(e, SelectionRound.Planned)]
        if planned:
            conn.execute(pg.insert(ROUNDS).on_conflict_do_nothing(), planned)
        steps = [step for event in events for step in _steps(event)]
        if steps:
            _take(conn, steps)
            _run_clocks(conn, steps)
        received = [row for event in events for row in _received(event)]
        if received:
            conn.execute(pg.insert(APPLICATIONS).on_conflict_do_nothing(), received)
        changed = [row for event in events for row in _changed(event)]
        if changed:
            conn.execute(_CHANGE, changed)


def _round(fact: SelectionRound.Planned) -> dict[str, Any]:
    return {
        "id": fact.originator_id,
        "force_unit_id": fact.force_unit_id,
        "unit_id": fact.unit_id,
        "unit_path": fact.unit_path,
        "state": RoundState.PLANNED.value,
        **fact.plan._asdict(),
        "submit_within": fact.submit_within,
        "recognise_within": fact.recognise_within,
    }


_ROUND: Final = SelectionRound
_STEP_OF: Final[dict[type, tuple[RoundState, Callable[[Any], date]]]] = {
    _ROUND.Planned: (RoundState.PLANNED, lambda fact: fact.plan.planned_on),
    _ROUND.Approved: (RoundState.APPROVED, lambda fact: fact.approved_on),
    _ROUND.Opened: (RoundState.OPEN, lambda fact: fact.posting.posted_on),
    _ROUND.Closed: (RoundState.CLOSED, lambda fact: fact.closed_on),
    _ROUND.ListPosted: (RoundState.LIST_POSTED, lambda fact: fact.posting.posted_on),
    _ROUND.CouncilMet: (RoundState.COUNCIL_MET, lambda fact: fact.met_on),
    _ROUND.Submitted: (RoundState.SUBMITTED, lambda fact: fact.submitted_on),
    _ROUND.Decided: (RoundState.DECIDED, lambda fact: fact.decision.decided_on),
    _ROUND.Cancelled: (RoundState.CANCELLED, lambda fact: fact.cancelled_on),
}


def _steps(event: Any) -> Iterator[_Step]:
    if type(event) in _STEP_OF:
        state, day_of = _STEP_OF[type(event)]
        yield _Step(event.originator_id, state, day_of(event))


def _take(conn: sa.Connection, steps: Sequence[_Step]) -> None:
    rows = [
        {"round_id": one, "step": state.value, "taken_on": on}
        for one, state, on in steps
    ]
    conn.execute(pg.insert(STEPS).on_conflict_do_nothing(), rows)
    last = {step.round_id: step.state.value for step in steps}
    conn.execute(
        sa.update(ROUNDS)
        .where(ROUNDS.c.id == sa.bindparam("which"))
        .values(state=sa.bindparam("now")),
        [{"which": one, "now": state} for one, state in last.items()],
    )


def _received(event: object) -> Iterator[dict[str, Any]]:
    match event:
        case SelectionRound.ApplicationReceived():
            state = _CHECKED[not event.dossier.missing]
        case SelectionRound.ProposedDirectly():
            state = ApplicationState.PASSED
        case _:
            return
    yield {
        "id": event.application_id,
        "round_id": event.originator_id,
        "person_id": event.person_id,
        "state": state.value,
        "missing": list(event.dossier.missing),
        "direct": isinstance(event, SelectionRound.ProposedDirectly),
    }


def _changed(event: object) -> Iterator[dict[str, Any]]:
    match event:
        case SelectionRound.ApplicationChecked(application_id=one, dossier=dossier):
            state = _CHECKED[not dossier.missing]
            yield _change(one, state, lacks=list(dossier.missing))
        case SelectionRound.ApplicationWithdrawn(application_id=one):
            yield _change(one, ApplicationState.WITHDRAWN)
        case SelectionRound.ListPosted(listed=listed):
            yield from (_change(one, ApplicationState.LISTED) for one in listed)
        case SelectionRound.CouncilMet(results=results):
            yield from map(_voted, results)
        case SelectionRound.Submitted(assigned=assigned):
            yield from (_change(one, None, as_post=post) for one, post in assigned)
        case SelectionRound.Decided(recognised=recognised):
            way = ApplicationState.RECOGNISED
            yield from (_change(one, way, member=member) for one, member in recognised)


def _voted(result: Result) -> dict[str, Any]:
    way = ApplicationState.PASSED if result.passed else ApplicationState.NOT_PASSED
    return _change(result.application_id, way, count=result.votes)


def _change(
    which: UUID, state: ApplicationState | None, **values: object
) -> dict[str, Any]:
    kept = dict.fromkeys(("lacks", "count", "as_post", "member"))
    return {"which": which, "now": state and state.value, **kept, **values}


def _run_clocks(conn: sa.Connection, steps: Sequence[_Step]) -> None:
    ids = {step.round_id for step in steps}
    rows = conn.execute(sa.select(ROUNDS).where(ROUNDS.c.id.in_(ids)))
    found = {row.id: row for row in rows}
    book = DeadlineBook()
    for one, state, on in steps:
        row = found[one]
        match state:
            case RoundState.COUNCIL_MET:
                book.open(_due(_SUBMISSION, row, on, row.submit_within))
            case RoundState.SUBMITTED:
                book.done(_SUBMISSION, one, on)
                book.open(_due(_DECISION, row, on, row.recognise_within))
            case RoundState.DECIDED:
                book.done(_DECISION, one, on)
            case RoundState.CANCELLED:
                book.drop(_SUBMISSION, one)
                book.drop(_DECISION, one)
    book.write(conn)


def _due(kind: DeadlineKind, row: sa.Row[Any], on: date, days: int) -> Due:
    return Due(kind, row.id, row.unit_id, row.unit_path, Deadline(on, days).due_on)
