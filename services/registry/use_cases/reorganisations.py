"""reorganisation.draft, .plan, .decide, .withdraw: everything before the act itself."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from services.chassis.commands import Change
from services.chassis.ids import new_id
from services.contracts.registry import reorganisations as api
from services.registry.domain import reorganisation_errors as errors
from services.registry.domain.dependant_kinds import DependantKind
from services.registry.domain.reorganisation import Decision, Decree, Reorganisation
from services.registry.domain.reorganisation_plan import PlanContent
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.plan_reading import PlanReader

Answer = tuple[Reorganisation, object]


def draft_reorganisation(
    command: api.DraftReorganisation, given: Circumstances
) -> Change[Reorganisation]:
    """Decide on a new plan for a unit of the caller's area."""
    eve = command.effective_on - timedelta(days=1)
    unit = given.unit_of_fact(command.unit, eve)
    plan_id = new_id()

    def decide(_: Reorganisation | None) -> Answer:
        plan = Reorganisation.draft(
            plan_id,
            unit_id=unit.id,
            unit_path=unit.path,
            decree=Decree(command.decree_number, command.decree_date, command.issuer),
            effective_on=command.effective_on,
        )
        return plan, api.ReorganisationDrafted(reorganisation_id=plan_id)

    return Change(
        aggregate_type=Reorganisation,
        aggregate_id=plan_id,
        decide=decide,
        is_new=True,
    )


def plan_operations(
    command: api.PlanOperations, given: Circumstances
) -> Change[Reorganisation]:
    """Decide on further new units and operations, all within the plan's unit."""

    def decide(found: Reorganisation | None) -> Answer:
        plan = mine(found, command.reorganisation_id, given)
        reader = PlanReader(given.units, plan.effective_on, plan.new_units.values())
        new_units = reader.new_units(command.new_units)
        operations = reader.operations(command.operations)
        ours = {new.unit_id for new in (*plan.new_units.values(), *new_units)}
        named = PlanContent(plan.effective_on, tuple(new_units), tuple(operations))
        parents = [new.parent_id for new in new_units]
        for unit_id in (*named.named_units(), *parents):
            if unit_id not in ours and not given.units.within((plan.unit_id,), unit_id):
                raise errors.PlannedUnitOutside(unit_id=unit_id)
        plan.plan(new_units, operations)
        reply = api.OperationsPlanned(
            reorganisation_id=plan.id,
            new_unit_ids=tuple(new.unit_id for new in new_units),
        )
        return plan, reply

    return _changed(command.reorganisation_id, decide)


def decide_dependants(
    command: api.DecideDependants,
    given: Circumstances,
    units: Mapping[tuple[DependantKind, UUID], UUID],
) -> Change[Reorganisation]:
    """Decide on successors; `units` says on which unit each dependant depends."""
    decisions = [
        Decision(DependantKind(one.kind), one.dependant_id, one.successor_id)
        for one in command.decisions
    ]

    def decide(found: Reorganisation | None) -> Answer:
        plan = mine(found, command.reorganisation_id, given)
        _refuse_strangers(decisions, units, plan.content.candidates())
        plan.decide(decisions)
        return plan, api.ReorganisationChanged(reorganisation_id=plan.id)

    return _changed(command.reorganisation_id, decide)


def withdraw_reorganisation(
    command: api.WithdrawReorganisation, given: Circumstances
) -> Change[Reorganisation]:
    """Decide on the end of a draft."""

    def decide(found: Reorganisation | None) -> Answer:
        plan = mine(found, command.reorganisation_id, given)
        plan.withdraw()
        return plan, api.ReorganisationChanged(reorganisation_id=plan.id)

    return _changed(command.reorganisation_id, decide)


def mine(found: object, plan_id: UUID, given: Circumstances) -> Reorganisation:
    """Return the plan if it lies in the caller's area. Raises ReorganisationUnknown."""
    if not isinstance(found, Reorganisation) or not given.units.within(
        given.caller.unit_roots, found.unit_id
    ):
        raise errors.ReorganisationUnknown(
            field="$.reorganisation_id", reorganisation_id=plan_id
        )
    return found


def _refuse_strangers(
    decisions: Sequence[Decision],
    units: Mapping[tuple[DependantKind, UUID], UUID],
    candidates: Mapping[UUID, Sequence[UUID]],
) -> None:
    for number, one in enumerate(decisions):
        field = f"$.decisions[{number}]"
        unit_id = units.get((one.kind, one.dependant_id))
        if unit_id is None:
            raise errors.DependantUnknown(
                field=f"{field}.dependant_id",
                kind=one.kind.value,
                dependant_id=one.dependant_id,
            )
        if one.successor_id not in candidates[unit_id]:
            raise errors.SuccessorNotCandidate(
                field=f"{field}.successor_id", successor_id=one.successor_id
            )


def _changed(
    plan_id: UUID, decide: Callable[[Reorganisation | None], Answer]
) -> Change[Reorganisation]:
    return Change(aggregate_type=Reorganisation, aggregate_id=plan_id, decide=decide)
