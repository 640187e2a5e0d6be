"""unit.rename, unit.retype, unit.undo_change: single changes by a resolution.

The day may lie ahead: a resolution is recorded when it is known, and the tree shows it
from its day on.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from services.chassis.commands import Change
from services.contracts.registry.unit_history import (
    RenameUnit,
    RetypeUnit,
    UndoUnitChange,
    UnitChanged,
)
from services.registry.domain import unit_errors as errors
from services.registry.domain.days import refuse_future
from services.registry.domain.unit import UndoReason, Unit
from services.registry.domain.unit_naming import refuse_kind_in_name
from services.registry.domain.unit_types import unit_type_on
from services.registry.read_models.hierarchy_list import Named
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.closing_rings import refuse_rings, rings_of_revival
from services.unit_directory.refusals import UnitUnknown
from services.unit_directory.tree import Unit as KnownUnit

# Far enough for any resolution; it stops a year that was mistyped.
_AHEAD: Final = timedelta(days=2 * 366)


def rename_unit(command: RenameUnit, given: Circumstances) -> Change[Unit]:
    """Decide on another name, free beside the unit on its first day."""
    known = _changing(command, given)
    refuse_kind_in_name(command.bare_name, "$.bare_name")
    day = command.effective_on

    def rename(unit: Unit) -> None:
        kind = unit_type_on(known.level, unit.unit_type, day, "$.effective_on")
        name = kind.full_name(command.bare_name)
        if command.bare_name == unit.bare_name:
            raise errors.UnitNameUnchanged(field="$.bare_name", unit_id=unit.id)
        _refuse_taken(given, known, name, day)
        unit.rename(
            effective_on=day,
            name=name,
            bare_name=command.bare_name,
            legal_basis=command.legal_basis,
            decree_date=command.decree_date,
        )

    return changed_unit(known.id, rename)


def retype_unit(command: RetypeUnit, given: Circumstances) -> Change[Unit]:
    """Decide on another type that the level knows on the day."""
    known = _changing(command, given)
    day = command.effective_on
    kind = unit_type_on(known.level, command.unit_type, day, "$.unit_type")

    def retype(unit: Unit) -> None:
        if kind.code == unit.unit_type:
            raise errors.UnitTypeUnchanged(
                field="$.unit_type", unit_id=unit.id, unit_type=kind.code
            )
        name = kind.full_name(unit.bare_name)
        _refuse_taken(given, known, name, day)
        unit.retype(
            effective_on=day,
            unit_type=kind.code,
            name=name,
            legal_basis=command.legal_basis,
            decree_date=command.decree_date,
        )

    return changed_unit(known.id, retype)


def undo_unit_change(
    command: UndoUnitChange, given: Circumstances, named: Sequence[Named]
) -> Change[Unit]:
    """Decide on taking back the unit's last standing change.

    Where an end is taken back, no hierarchy may have been built on it.
    """
    known = unit_of_area(command.unit_id, given)
    if command.decree_date is not None:
        refuse_future(command.decree_date, given.today, "$.decree_date")

    def undo(unit: Unit) -> None:
        if unit.valid_to is not None:
            refuse_two_bearers(given, known, unit.valid_to)
            refuse_rings(rings_of_revival(known, given.units, named))
        unit.undo(
            command.version,
            reason=UndoReason(command.reason),
            legal_basis=command.legal_basis,
            decree_date=command.decree_date,
        )

    return changed_unit(known.id, undo)


def refuse_two_bearers(given: Circumstances, unit: KnownUnit, since: date) -> None:
    """Let a unit live on from a day if its code and its place are free then.

    Raises UnitCodeTaken, UnitAboveEnded.
    """
    for other in given.units.bearers(unit.code):
        lives = other.valid_to is None or other.valid_to > since
        empty = other.valid_from is not None and other.valid_from == other.valid_to
        if other.id != unit.id and lives and not empty:
            raise errors.UnitCodeTaken(
                field="$.version", unit_code=unit.code, other_id=other.id
            )
    above = None if unit.parent_id is None else given.units.get(unit.parent_id)
    if above is not None and not above.in_force(since):
        raise errors.UnitAboveEnded(field="$.version", parent_id=above.id)


def _changing(command: RenameUnit | RetypeUnit, given: Circumstances) -> KnownUnit:
    refuse_future(command.decree_date, given.today, "$.decree_date")
    furthest = given.today + _AHEAD
    if command.effective_on > furthest:
        raise errors.UnitDayTooFar(
            field="$.effective_on", day=command.effective_on, furthest=furthest
        )
    return unit_of_area(command.unit_id, given)


def unit_of_area(unit_id: UUID, given: Circumstances) -> KnownUnit:
    """Return a unit of the caller's area. Raises UnitUnknown, UnitOutsideYourArea."""
    unit = given.units.unit(unit_id, "$.unit_id")
    given.units.require_within(given.caller, unit.id, "$.unit_id")
    return unit


def _refuse_taken(given: Circumstances, unit: KnownUnit, name: str, day: date) -> None:
    if unit.parent_id is None:
        return
    for other in given.units.children(unit.parent_id, day):
        if other.id != unit.id and other.named(day).name == name:
            raise errors.UnitNameTaken(
                field="$.effective_on", day=day, other_id=other.id
            )


def changed_unit(unit_id: UUID, act: Callable[[Unit], Any]) -> Change[Unit]:
    """Decide on a change of a unit that exists; the answer names its version."""

    def decide(unit: Unit | None) -> tuple[Unit, UnitChanged]:
        if unit is None:  # the tree knows it, so the log has it
            raise UnitUnknown(field="$.unit_id", unit=unit_id)
        act(unit)
        return unit, UnitChanged(unit_id=unit.id, version=unit.version)

    return Change(aggregate_type=Unit, aggregate_id=unit_id, decide=decide)
