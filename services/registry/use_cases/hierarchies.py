"""hierarchy.*: define named hierarchies over the units, and place units in them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from services.chassis.commands import Change
from services.contracts.registry import hierarchies as api
from services.contracts.registry.units import UnitRef
from services.registry.domain import hierarchy_errors as errors
from services.registry.domain.days import refuse_future
from services.registry.domain.hierarchy import Basis, Hierarchy, HierarchyHead
from services.registry.read_models.hierarchy_list import BUILT_IN, hierarchy_id
from services.registry.use_cases.circumstances import Circumstances
from services.unit_hierarchies.shape import HierarchyBase
from services.unit_hierarchies.walk import TreeAdministration


def define_hierarchy(
    command: api.DefineHierarchy, given: Circumstances
) -> Change[Hierarchy]:
    """Decide on a hierarchy over the units of its owner's area."""
    if command.valid_from is not None:
        refuse_future(command.valid_from, given.today, "$.valid_from")
    owner = given.units.resolve(command.owner, given.today, "$.owner")
    given.units.require_within(given.caller, owner.id, "$.owner")
    head = HierarchyHead(
        code=command.hierarchy,
        name=command.name,
        base=HierarchyBase(command.base),
        owner_id=owner.id,
        owner_path=owner.path,
    )
    which = hierarchy_id(command.hierarchy)

    def decide(found: Hierarchy | None) -> tuple[Hierarchy, object]:
        if found is not None or command.hierarchy == BUILT_IN:
            raise errors.HierarchyAlreadyDefined(
                field="$.hierarchy", hierarchy=command.hierarchy
            )
        hierarchy = Hierarchy.define(
            which,
            head,
            _basis(command),
            valid_from=command.valid_from,
            today=given.today,
        )
        return hierarchy, _reply(hierarchy)

    return Change(aggregate_type=Hierarchy, aggregate_id=which, decide=decide)


def skip_level(command: api.SkipLevel, given: Circumstances) -> Change[Hierarchy]:
    """Decide on a level that the hierarchy does without."""
    return _changed(
        command.hierarchy,
        given,
        lambda hierarchy: hierarchy.skip_level(
            command.level,
            _basis(command),
            on=command.effective_on,
            today=given.today,
        ),
    )


def withdraw_skip(command: api.WithdrawSkip, given: Circumstances) -> Change[Hierarchy]:
    """Decide on a skip that was recorded wrongly."""
    return _changed(
        command.hierarchy, given, lambda found: found.withdraw_skip(command.level)
    )


def place_unit(command: api.PlaceUnit, given: Circumstances) -> Change[Hierarchy]:
    """Decide on a unit's place; both units exist on the day, in the owner's area."""
    on = command.effective_on
    refuse_future(on, given.today, "$.effective_on")
    unit = given.units.resolve(command.unit, on).id
    parent = _parent(command.parent, given, command)

    def change(hierarchy: Hierarchy) -> None:
        for one, field in ((unit, "$.unit"), (parent, "$.parent")):
            if one and not given.units.within((hierarchy.owner_id,), one):
                raise errors.UnitNotOfHierarchy(
                    field=field, unit_id=one, hierarchy=hierarchy.code, day=on
                )
        hierarchy.place(
            unit,
            parent,
            TreeAdministration(given.units),
            _basis(command),
            on=on,
            today=given.today,
        )

    return _changed(command.hierarchy, given, change)


def return_unit(command: api.ReturnUnit, given: Circumstances) -> Change[Hierarchy]:
    """Decide on a unit's way back to where the base puts it."""
    on = command.effective_on
    refuse_future(on, given.today, "$.effective_on")
    unit = given.units.resolve(command.unit, on)
    return _changed(
        command.hierarchy,
        given,
        lambda hierarchy: hierarchy.put_back(
            unit.id,
            TreeAdministration(given.units),
            _basis(command),
            on=on,
            today=given.today,
        ),
    )


def withdraw_placing(
    command: api.WithdrawPlacing, given: Circumstances
) -> Change[Hierarchy]:
    """Decide on a place that was recorded wrongly."""
    unit = given.units.unit(command.unit_id, "$.unit_id")
    return _changed(
        command.hierarchy,
        given,
        lambda hierarchy: hierarchy.withdraw_placing(
            unit.id, TreeAdministration(given.units)
        ),
    )


def end_hierarchy(command: api.EndHierarchy, given: Circumstances) -> Change[Hierarchy]:
    """Decide on the end of a hierarchy."""
    return _changed(
        command.hierarchy,
        given,
        lambda found: found.end(
            _basis(command), on=command.ended_on, today=given.today
        ),
    )


def _parent(
    ref: UnitRef | None, given: Circumstances, command: api.PlaceUnit
) -> UUID | None:
    if ref is None:
        return None
    return given.units.resolve(ref, command.effective_on, "$.parent").id


def _changed(
    code: str, given: Circumstances, change: Callable[[Hierarchy], None]
) -> Change[Hierarchy]:
    """Change a hierarchy whose owner lies in the caller's area.

    Hierarchies are open to every reader, so a stranger's is no secret.
    """

    def decide(found: Hierarchy | None) -> tuple[Hierarchy, object]:
        if found is None:
            raise errors.HierarchyUnknown(field="$.hierarchy", hierarchy=code)
        given.units.require_within(given.caller, found.owner_id, "$.hierarchy")
        change(found)
        return found, _reply(found)

    return Change(
        aggregate_type=Hierarchy, aggregate_id=hierarchy_id(code), decide=decide
    )


def _basis(command: Any) -> Basis:
    return Basis(command.decision, command.decided_on)


def _reply(hierarchy: Hierarchy) -> api.HierarchyChanged:
    return api.HierarchyChanged(hierarchy_id=hierarchy.id, hierarchy=hierarchy.code)
