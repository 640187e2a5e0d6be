"""force_unit.establish: set up a board, team or force in a unit."""

from typing import Final
from uuid import UUID, uuid5

from services.chassis.commands import Change
from services.chassis.ids import new_id
from services.contracts.registry.force_units import (
    EstablishForceUnit,
    ForceUnitEstablished,
)
from services.registry.domain.days import refuse_future
from services.registry.domain.errors import ForceUnitAlreadyEstablished
from services.registry.domain.force_types import FORCE_TYPES, ForceType
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.force_withdrawal import establish_anew, is_withdrawn
from services.registry.domain.values import Period, Place
from services.registry.read_models.quota_guard import keeping_quota
from services.registry.use_cases.circumstances import Circumstances

_NAMESPACE: Final = UUID("0c3f6f0e-6a54-5f0e-8f7e-4f6f0f5b8a31")


def establish_force_unit(
    command: EstablishForceUnit, given: Circumstances
) -> Change[ForceUnit]:
    """Decide on a force unit. Where the law gives a unit one, the unit is its name."""
    # Before the unit: no unit is known to be in force on a day to come.
    refuse_future(command.established_on, given.today, "$.established_on")
    unit = given.unit_of_fact(command.unit, command.established_on)
    force = FORCE_TYPES[command.force_type]
    place = Place(
        unit.id,
        unit.path,
        unit.named(command.established_on).unit_type,
        Period(unit.valid_from, unit.valid_to),
    )
    force_unit_id = one_of_unit(force, unit.id) if force.one_per_unit else new_id()

    def decide(found: ForceUnit | None) -> tuple[ForceUnit, ForceUnitEstablished]:
        if found is not None and not is_withdrawn(found):
            raise ForceUnitAlreadyEstablished(field="$.unit", force_type=force.code)
        force_unit = ForceUnit.establish(
            force_unit_id,
            force,
            place,
            name=command.name,
            on=command.established_on,
            today=given.today,
        )
        if found is not None:
            establish_anew(found, place, name=command.name, on=command.established_on)
        reply = ForceUnitEstablished(force_unit_id=force_unit_id, unit_id=unit.id)
        return found or force_unit, reply

    return Change(
        aggregate_type=ForceUnit,
        aggregate_id=force_unit_id,
        decide=decide,
        is_new=not force.one_per_unit,
        guard=keeping_quota(
            "teams", [force_unit_id], given.units, since=command.established_on
        )
        if force.by_quota
        else None,
    )


def one_of_unit(force: ForceType, unit_id: UUID) -> UUID:
    """Return the id of the one force of its kind that a unit may have."""
    return uuid5(_NAMESPACE, f"{force.code}:{unit_id}")
