"""Requests and answers about plans of reorganisation (phương án sắp xếp đơn vị).

Verbs: reorganisations.get reorganisations.list reorganisation.rehearse (queries);
reorganisation.draft reorganisation.plan reorganisation.decide reorganisation.withdraw
reorganisation.execute reorganisation.undo (commands).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Cursor, First, Ids, Name, Request
from services.contracts.registry.residential_areas import AreaCode, DecisionNumber
from services.contracts.registry.units import UnitCode, UnitRef

Issuer = Literal[
    "national_assembly",
    "standing_committee",
    "government",
    "provincial_council",
    "provincial_committee",
]
OperationKind = Literal[
    "rename", "retype", "merge", "split", "partial_transfer", "dissolve"
]
Succession = Literal["merge", "retype", "rename", "unchanged"]
# The first three are decided on one by one; of the others all at one unit together.
DependantKind = Literal[
    "force_unit",
    "residential_area",
    "access_grant",
    "steering_committee",
    "coordination_programme",
    "selection_round",
    "support_claim",
    "welfare_visit",
    "training_course",
    "rating_round",
    "credential",
    "campaign",
    "model",
    "model_point",
    "tip",
    "report",
]
PlanState = Literal["draft", "executed", "undone", "withdrawn"]
UndoReason = Literal["entered_wrongly", "decree_withdrawn", "decree_postponed"]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", max_length=64)]


class PlannedUnit(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A unit in a plan: by id, by its code on the eve, or a new one of the plan."""

    id: UUID | None = None
    code: UnitCode | None = None
    new: UnitCode | None = None


class NewPlannedUnit(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A unit that begins on the day of the plan; parents stand before children."""

    code: Annotated[UnitCode, about("Official code.")]
    unit_type: Annotated[AreaCode, about("Kind of unit: tinh, xa, phuong and others.")]
    name: Annotated[Name, about("Full name.")]
    bare_name: Annotated[Name, about("Name without its kind.")]
    parent: Annotated[PlannedUnit, about("The unit above it on that day.")]


class PlannedOperation(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """What happens to units that are in force on the eve (thao tác).

    ``merge``: each of ``units`` passes whole into the one of ``into``. ``split``: the
    one unit ends in parts. ``partial_transfer``: it lives on and gives a part.
    ``dissolve``: units end and pass to nobody. ``rename`` takes name and bare name,
    ``retype`` a type and the name that goes with it.
    """

    kind: Annotated[OperationKind, about("What is done.")]
    units: Annotated[
        list[PlannedUnit],
        Meta(min_length=1, max_length=200),
        about("Units that it happens to."),
    ]
    into: Annotated[
        tuple[PlannedUnit, ...],
        Meta(max_length=50),
        about("Units that take them over."),
    ] = ()
    succession: Annotated[
        Succession, about("What the passing of whole units into one is called.")
    ] = "merge"
    unit_type: Annotated[AreaCode | None, about("New kind.")] = None
    name: Annotated[Name | None, about("New full name.")] = None
    bare_name: Annotated[Name | None, about("New name without its kind.")] = None


class DraftReorganisation(Request, frozen=True):
    """Begin a plan under a decree for the part of the country below ``unit``."""

    unit: Annotated[UnitRef, about("Part of the country that it may touch.")]
    decree_number: Annotated[DecisionNumber, about("Number and symbol of the decree.")]
    decree_date: Annotated[date, about("Its date.")]
    issuer: Annotated[Issuer, about("Who issued it.")]
    effective_on: Annotated[date, about("Day on which all of it holds.")]


class ReorganisationDrafted(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to DraftReorganisation."""

    reorganisation_id: UUID


class PlanOperations(Request, frozen=True):
    """Add new units and operations to a draft; a large plan comes in several parts."""

    reorganisation_id: Annotated[UUID, about("Which plan.")]
    new_units: Annotated[
        tuple[NewPlannedUnit, ...],
        Meta(max_length=1000),
        about("New units, parents first."),
    ] = ()
    operations: Annotated[
        tuple[PlannedOperation, ...], Meta(max_length=1000), about("Operations.")
    ] = ()


class OperationsPlanned(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to PlanOperations: ids of the new units in their order."""

    reorganisation_id: UUID
    new_unit_ids: tuple[UUID, ...]


class DependantDecision(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Which unit takes one dependant over (quyết định nơi tiếp nhận)."""

    kind: Annotated[
        DependantKind, about("force_unit, residential_area, campaign, tip and others.")
    ]
    dependant_id: Annotated[
        UUID, about("Its identity, as the rehearsal shows it; of a group the unit's.")
    ]
    successor_id: Annotated[UUID, about("Id of the unit that takes it over.")]


class DecideDependants(Request, frozen=True):
    """Say who takes dependants of divided units over."""

    reorganisation_id: Annotated[UUID, about("Which plan.")]
    decisions: Annotated[
        list[DependantDecision],
        Meta(min_length=1, max_length=200),
        about("The decisions."),
    ]


class WithdrawReorganisation(Request, frozen=True):
    """Put a draft away."""

    reorganisation_id: Annotated[UUID, about("Which plan.")]


class ExecuteReorganisation(Request, frozen=True):
    """Carry a plan out as one act, as it was rehearsed."""

    reorganisation_id: Annotated[UUID, about("Which plan.")]
    digest: Annotated[Digest, about("Digest of the rehearsal.")]


class ReorganisationExecuted(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to ExecuteReorganisation."""

    reorganisation_id: UUID
    established: int
    abolished: int
    changed: int
    areas_reassigned: int
    custodies_passed: int = 0
    forces_passed: int = 0


class UndoReorganisation(Request, frozen=True):
    """Take back everything that an executed plan changed."""

    reorganisation_id: Annotated[UUID, about("Which plan.")]
    reason: Annotated[UndoReason, about("Why.")]


class ReorganisationChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to the other commands about a plan."""

    reorganisation_id: UUID


class ReorganisationsGet(Request, frozen=True):
    """Plans by id."""

    ids: Ids


class ReorganisationsList(Request, frozen=True):
    """Plans of a unit's subtree, the latest effective day first."""

    unit: UnitRef
    state: PlanState | None = None
    first: First = 50
    after: Cursor | None = None


class RehearseReorganisation(Request, frozen=True):
    """What a plan would touch; page through the dependants, all or those still open."""

    reorganisation_id: UUID
    only_open: bool = False
    first: First = 50
    after: Cursor | None = None


class ReorganisationView(msgspec.Struct, frozen=True, kw_only=True):
    """A plan and how far it has come."""

    id: UUID
    unit_id: UUID
    decree_number: str
    decree_date: date
    issuer: str
    effective_on: date
    state: str
    new_units: int
    operations: int
    decisions: int
    cursor: str | None = None


class ReorganisationsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One row per id asked for, in that order; None where not visible."""

    rows: tuple[ReorganisationView | None, ...]


class ReorganisationList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of plans."""

    rows: tuple[ReorganisationView, ...]
    has_next: bool


class PlanProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A contradiction between the plan and the units as they are.

    `hierarchy_ring`: from a day on the unit would stand above itself in `hierarchy`.
    `ends_twice`: more than one operation ends the unit.
    """

    problem: str  # unit_not_in_force | code_taken | parent_ends | heir_ends | orphaned
    unit_id: UUID
    hierarchy: str | None = None


class DependantTotals(msgspec.Struct, frozen=True, kw_only=True):
    """How many dependants of a kind the plan touches."""

    kind: str
    dependants: int
    people: int
    must_decide: int
    open: int
    # Units at which the number is nothing for the caller.
    untold: int = 0


class DependantView(msgspec.Struct, frozen=True, kw_only=True):
    """One dependant with who may take it over, and the unit that has to say so.

    ``people`` counts those who serve in a force on the eve, nobody by name. A group
    has its unit's id; ``how_many`` is empty where the number is nothing for the caller.
    """

    kind: str
    id: UUID
    unit_id: UUID
    proposed_successor_id: UUID | None
    candidate_ids: tuple[UUID, ...]
    must_decide: bool
    decided_successor_id: UUID | None
    owner_unit_id: UUID | None
    people: int = 0
    cursor: str | None = None
    service: str = "registry"
    how_many: int | None = 1


class SilentService(msgspec.Struct, frozen=True, kw_only=True):
    """A service that did not tell what depends on the units, and why: a code.

    While it is silent, a plan that divides units is not executed.
    """

    service: str
    code: str


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    """What executing the plan would do; ``digest`` names exactly this state."""

    reorganisation_id: UUID
    digest: str
    establishes: int
    abolishes: int
    changes: int
    problems: tuple[PlanProblem, ...]
    totals: tuple[DependantTotals, ...]
    rows: tuple[DependantView, ...]
    has_next: bool
    silent: tuple[SilentService, ...] = ()
