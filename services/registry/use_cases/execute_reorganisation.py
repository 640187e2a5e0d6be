"""reorganisation.execute and .undo: all changes of a plan as one act, or none."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from services.chassis.commands import JointChange
from services.contracts.registry import reorganisations as api
from services.registry.domain import reorganisation_errors as errors
from services.registry.domain.dependant_kinds import KEPT, DependantKind
from services.registry.domain.reorganisation import Made, Reorganisation
from services.registry.domain.reorganisation_plan import (
    NewUnit,
    Operation,
    OperationKind,
    PlanContent,
)
from services.registry.domain.residential_area import ResidentialArea
from services.registry.domain.unit import UndoReason, Unit, UnitChangeKind, UnitFacts
from services.registry.domain.values import Heir
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.closing_rings import Ring, refuse_rings
from services.registry.use_cases.pass_forces import pass_forces, take_forces_back
from services.registry.use_cases.reorganisations import mine

Decided = tuple[list[Any], object]


class Rehearsed(NamedTuple):
    """What was found when the plan was looked through just now."""

    content: PlanContent
    digest: str
    problems: list[api.PlanProblem]
    open_decisions: int
    # Areas that no heir covers by itself, each with the unit to which it passes.
    areas: Mapping[UUID, UUID]
    # Forces likewise.
    forces: Mapping[UUID, UUID]
    # Services that did not tell what depends on the divided units.
    silent: tuple[str, ...] = ()


class Passed(NamedTuple):
    """What an executed plan passed on, to be taken back."""

    areas: Collection[UUID]
    forces: Collection[UUID]


def execute_reorganisation(
    command: api.ExecuteReorganisation, given: Circumstances, now: Rehearsed
) -> JointChange:
    """Decide on every unit of the plan; what refuses one refuses all."""
    content = now.content
    loads = {
        command.reorganisation_id,
        *content.named_units(),
        *(new.unit_id for new in content.new_units),
        *now.areas,
        *now.forces,
    }

    def decide(found: Mapping[UUID, Any]) -> Decided:
        plan = mine(
            found.get(command.reorganisation_id), command.reorganisation_id, given
        )
        plan.require_executable()
        _refuse_unready(command.digest, now)
        act = _Act(plan, found)
        act.establish(content.new_units)
        for operation in content.operations:
            act.change(operation)
        ends = content.endings()
        act.end(ends)
        kept = act.pass_custody(plan.decisions, content.candidates())
        areas = _pass_areas(found, now.areas, plan, given)
        forces = pass_forces(found, now.forces, plan, given)
        changed = len(act.made) - len(content.new_units) - len(ends) - kept
        plan.execute(
            act.made,
            [area.id for area in areas],
            [force.id for force in forces],
            abolished=len(ends),
            changed=changed,
        )
        reply = api.ReorganisationExecuted(
            reorganisation_id=plan.id,
            established=len(content.new_units),
            abolished=len(ends),
            changed=changed,
            areas_reassigned=len(areas),
            custodies_passed=kept,
            forces_passed=len(forces),
        )
        return [*act.changed.values(), *areas, *forces, plan], reply

    return JointChange(loads=tuple(loads), decide=decide)


def undo_reorganisation(
    command: api.UndoReorganisation,
    given: Circumstances,
    content: PlanContent,
    passed: Passed,
    rings: Sequence[Ring],
) -> JointChange:
    """Decide on taking every change back, the last one first.

    Refused where hierarchies were built on it: `rings` would close without it.
    """
    loads = {
        command.reorganisation_id,
        *content.named_units(),
        *(new.unit_id for new in content.new_units),
        *passed.areas,
        *passed.forces,
    }
    reason = UndoReason(command.reason)
    keepers = content.first_sources()

    def decide(found: Mapping[UUID, Any]) -> Decided:
        plan = mine(
            found.get(command.reorganisation_id), command.reorganisation_id, given
        )
        plan.require_executed()
        refuse_rings(rings)
        changed = _taken_back(plan, found, keepers, reason)
        moved: list[ResidentialArea] = [found[area_id] for area_id in plan.areas]
        for area in moved:
            area.undo_reassignment(on=plan.effective_on)
        forces = take_forces_back(found, plan.forces, plan.id)
        plan.undo(reason)
        reply = api.ReorganisationChanged(reorganisation_id=plan.id)
        return [*changed, *moved, *forces, plan], reply

    return JointChange(loads=tuple(loads), decide=decide)


def _taken_back(
    plan: Reorganisation,
    found: Mapping[UUID, Any],
    keepers: Mapping[UUID, UUID],
    reason: UndoReason,
) -> list[Unit]:
    """Undo each change of the plan, the last first; a new unit is voided."""
    changed: dict[UUID, Unit] = {}
    for made in reversed(plan.made):
        unit: Unit = found[made.unit_id]
        changed[unit.id] = unit
        if made.established:
            keeper = keepers.get(unit.id)
            unit.void(
                reason=reason,
                heirs=[Heir(keeper, whole=True, kind="void")] if keeper else [],
                legal_basis=plan.decree_number,
                decree_date=plan.decree_date,
            )
        else:
            unit.undo(
                made.version,
                reason=reason,
                legal_basis=plan.decree_number,
                decree_date=plan.decree_date,
            )
    return list(changed.values())


def _refuse_unready(digest: str, now: Rehearsed) -> None:
    if digest != now.digest:
        raise errors.UnitsMovedSinceRehearsal(field="$.digest")
    if now.problems:
        first = now.problems[0]
        raise errors.PlanHasProblems(
            count=len(now.problems), problem=first.problem, unit_id=first.unit_id
        )
    if now.silent:
        raise errors.DependantsUntold(services=", ".join(now.silent))
    if now.open_decisions:
        raise errors.DecisionsOpen(count=now.open_decisions)


class _Act:
    """Changes the units one after the other and remembers each change made."""

    def __init__(self, plan: Reorganisation, found: Mapping[UUID, Any]) -> None:
        self._basis = plan.decree_number
        self._dated = plan.decree_date
        self._day: date = plan.effective_on
        self._found = found
        self.changed: dict[UUID, Unit] = {}
        self.made: list[Made] = []

    def establish(self, new_units: Collection[NewUnit]) -> None:
        """Begin the new units; one that was voided before stands again."""
        for new in new_units:
            voided: Unit | None = self._found.get(new.unit_id)
            unit = self._begun(new) if voided is None else self._revived(voided)
            self._note(unit, established=True)

    def change(self, operation: Operation) -> None:
        """Rename, retype, or hand a part over; ends come together, see `end`."""
        for unit_id in operation.unit_ids:
            unit: Unit = self._found[unit_id]
            match operation.kind:
                case OperationKind.RENAME:
                    unit.rename(
                        effective_on=self._day,
                        name=operation.name or "",
                        bare_name=operation.bare_name or "",
                        legal_basis=self._basis,
                        decree_date=self._dated,
                    )
                case OperationKind.RETYPE:
                    unit.retype(
                        effective_on=self._day,
                        unit_type=operation.unit_type or "",
                        name=operation.name or "",
                        legal_basis=self._basis,
                        decree_date=self._dated,
                    )
                case OperationKind.PARTIAL_TRANSFER:
                    unit.transfer_part(
                        effective_on=self._day,
                        to_unit_id=operation.into[0],
                        legal_basis=self._basis,
                        decree_date=self._dated,
                    )
                case _:
                    continue
            self._note(unit)

    def end(self, ends: Mapping[UUID, list[Heir]]) -> None:
        """Abolish what ends, with everybody who takes it over."""
        for unit_id, heirs in ends.items():
            unit: Unit = self._found[unit_id]
            unit.abolish(
                valid_to=self._day,
                legal_basis=self._basis,
                successors=heirs,
                decree_date=self._dated,
            )
            self._note(unit)

    def pass_custody(
        self,
        decisions: Mapping[tuple[DependantKind, UUID], UUID],
        candidates: Mapping[UUID, list[UUID]],
    ) -> int:
        """Let those who were chosen keep what goes on in divided units; count it.

        A unit that lives on keeps its own without a word.
        """
        before = len(self.made)
        for (kind, unit_id), keeper_id in decisions.items():
            heirs = candidates.get(unit_id, ())
            if kind not in KEPT or keeper_id not in heirs or len(heirs) == 1:
                continue
            if keeper_id != unit_id:
                unit: Unit = self._found[unit_id]
                unit.pass_custody(
                    kind,
                    keeper_id=keeper_id,
                    effective_on=self._day,
                    legal_basis=self._basis,
                    decree_date=self._dated,
                )
                self._note(unit)
        return len(self.made) - before

    def _begun(self, new: NewUnit) -> Unit:
        return Unit.establish(
            new.unit_id,
            UnitFacts(
                code=new.code,
                level=new.level,
                unit_type=new.unit_type,
                name=new.name,
                bare_name=new.bare_name,
                parent_id=new.parent_id,
                path=new.path,
                valid_from=self._day,
                legal_basis=self._basis,
                decree_date=self._dated,
            ),
        )

    def _revived(self, unit: Unit) -> Unit:
        last = unit.changes[-1] if unit.changes else None
        if last is None or last.kind is not UnitChangeKind.VOIDED:
            raise errors.NewUnitWasOtherwise(unit_id=unit.id)
        unit.undo(
            last.version,
            reason=UndoReason.DECREE_POSTPONED,
            legal_basis=self._basis,
            decree_date=self._dated,
        )
        return unit

    def _note(self, unit: Unit, *, established: bool = False) -> None:
        self.changed[unit.id] = unit
        self.made.append(Made(unit.id, unit.version, established))


def _pass_areas(
    found: Mapping[UUID, Any],
    areas: Mapping[UUID, UUID],
    plan: Reorganisation,
    given: Circumstances,
) -> list[ResidentialArea]:
    """Move the areas of divided units to where each belongs from the day on."""
    passed = []
    for area_id, unit_id in areas.items():
        area: ResidentialArea = found[area_id]
        new = plan.new_units.get(unit_id)
        path = given.units.path(unit_id) if new is None else new.path
        area.reassign(unit_id, path, on=plan.effective_on, decision=plan.decree_number)
        passed.append(area)
    return passed
