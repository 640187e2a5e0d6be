"""What else of the registry is bound to a plan's units and goes on after its day.

So many of a kind at a unit: decided on together. Beside `plan_dependants`, whose rows
are decided on one by one.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from services.contracts.dependants import DependantGroup
from services.registry.domain import rating_round, selection_values
from services.registry.domain.dependant_kinds import NOT_KEPT, SINGLE, DependantKind
from services.registry.domain.import_batch import ImportState
from services.registry.domain.reorganisation import ReorganisationState
from services.registry.domain.support_claim import ClaimState
from services.registry.domain.training_course import CourseState
from services.registry.domain.welfare_visit import VisitState
from services.registry.read_models.claim_list import CLAIMS
from services.registry.read_models.credential_list import CREDENTIALS
from services.registry.read_models.import_list import IMPORTS
from services.registry.read_models.plan_dependants import Touched
from services.registry.read_models.plan_tables import DECISIONS, PLANS
from services.registry.read_models.programmes import PROGRAMMES
from services.registry.read_models.quotas import LINES
from services.registry.read_models.rating_tables import ROUNDS as RATINGS
from services.registry.read_models.selection_tables import ROUNDS as SELECTIONS
from services.registry.read_models.steering_committees import COMPOSITIONS
from services.registry.read_models.training_list import COURSES
from services.registry.read_models.visit_list import VISITS
from services.unit_directory.dependants import Bound, groups
from services.unit_directory.tree import UnitTree

# In one of these states nobody has to do anything any more.
_OVER: Final[tuple[tuple[DependantKind, sa.Table, frozenset[str]], ...]] = (
    (
        DependantKind.SELECTION_ROUND,
        SELECTIONS,
        frozenset(
            {selection_values.RoundState.DECIDED, selection_values.RoundState.CANCELLED}
        ),
    ),
    (
        DependantKind.SUPPORT_CLAIM,
        CLAIMS,
        frozenset({ClaimState.REFUSED, ClaimState.PAID, ClaimState.WITHDRAWN}),
    ),
    (
        DependantKind.WELFARE_VISIT,
        VISITS,
        frozenset({VisitState.MADE, VisitState.CANCELLED}),
    ),
    (
        DependantKind.TRAINING_COURSE,
        COURSES,
        frozenset({CourseState.CLOSED, CourseState.CANCELLED}),
    ),
    (
        DependantKind.RATING_ROUND,
        RATINGS,
        frozenset({rating_round.RoundState.DECIDED}),
    ),
    (
        DependantKind.IMPORT_BATCH,
        IMPORTS,
        frozenset({ImportState.APPLIED, ImportState.REFUSED, ImportState.WITHDRAWN}),
    ),
)


def own_groups(
    conn: sa.Connection, tree: UnitTree, touched: Touched
) -> list[DependantGroup]:
    """Count what of the registry goes on at the units of a plan."""
    return groups(conn, tree, touched.units, tuple(_bounds(touched)))


def group_decisions(
    conn: sa.Connection, plan_id: UUID
) -> Mapping[tuple[str, UUID], UUID]:
    """Return who was chosen to keep a group, by kind and unit."""
    groups_alone = DECISIONS.c.kind.not_in([kind.value for kind in SINGLE])
    rows = conn.execute(
        sa.select(
            DECISIONS.c.kind, DECISIONS.c.dependant_id, DECISIONS.c.successor_id
        ).where(DECISIONS.c.reorganisation_id == plan_id, groups_alone)
    )
    return {(kind, unit_id): successor for kind, unit_id, successor in rows}


def _bounds(touched: Touched) -> Iterator[Bound]:
    for kind, table, over in _OVER:
        yield _bound(kind, table, table.c.state.not_in(sorted(over)))
    day = touched.effective_on
    committees = COMPOSITIONS.c
    yield _bound(
        DependantKind.STEERING_COMMITTEE, COMPOSITIONS, _lasts(committees.until, day)
    )._replace(counted=committees.id)
    programmes = PROGRAMMES.c
    yield _bound(
        DependantKind.COORDINATION_PROGRAMME,
        PROGRAMMES,
        sa.func.least(programmes.valid_to, programmes.over_on) > day,
    )
    in_hand = CREDENTIALS.c.ended_on.is_(None)
    yield _bound(DependantKind.CREDENTIAL, CREDENTIALS, in_hand)
    in_force = sa.and_(LINES.c.issued, _lasts(LINES.c.superseded_on, day))
    yield _bound(DependantKind.QUOTA, LINES, in_force)
    drafts = sa.and_(
        PLANS.c.state == ReorganisationState.DRAFT.value,
        PLANS.c.id != touched.reorganisation_id,
    )
    yield _bound(DependantKind.REORGANISATION, PLANS, drafts)


def _bound(kind: DependantKind, table: sa.Table, meant: Any) -> Bound:
    return Bound(kind.value, table.c.unit_path, meant, goes_on=kind not in NOT_KEPT)


def _lasts(end: sa.Column[Any], day: Any) -> sa.ColumnElement[bool]:
    return sa.or_(end.is_(None), end > day)
