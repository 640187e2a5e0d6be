"""Would a change of units close a ring in a named hierarchy? Looked for beforehand.

When the unit above a placed one is merged into a unit below it, the line closes. Asked
by rehearsals, executions and undoings.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple, cast
from uuid import UUID

from msgspec.structs import replace

from services.contracts.registry.events import Successor
from services.contracts.registry.units import Level
from services.registry.domain.hierarchy_errors import RingByUnits
from services.registry.domain.reorganisation_plan import NewUnit, PlanContent
from services.registry.domain.values import Heir
from services.registry.read_models.hierarchy_list import Named
from services.unit_directory.overlay import overlaid
from services.unit_directory.tree import Unit, UnitTree
from services.unit_hierarchies.walk import TreeAdministration

_PART: Final = "transfer"


class Ring(NamedTuple):
    """A unit that would stand above itself in a hierarchy from a day on."""

    hierarchy: str
    unit_id: UUID
    day: date


def rings_of_plan(
    content: PlanContent, tree: UnitTree, named: Sequence[Named]
) -> list[Ring]:
    """Return the rings that a plan would close; what it contradicts is left out."""
    if not _any_placed(named):
        return []
    day = content.effective_on
    made = {new.unit_id: _begun(new, day) for new in content.new_units}
    for unit_id, heirs in content.endings().items():
        unit = tree.get(unit_id)
        if unit is not None:
            made[unit_id] = _ended(unit, heirs, day)
    return list(_closed(named, tree, overlaid(tree, made.values()), day))


def rings_of_undoing(
    content: PlanContent, tree: UnitTree, named: Sequence[Named]
) -> list[Ring]:
    """Return the rings that taking a plan back would close."""
    if not _any_placed(named):
        return []
    keepers = content.first_sources()
    made: list[Unit] = []
    for new in content.new_units:
        unit, keeper = tree.get(new.unit_id), keepers.get(new.unit_id)
        if unit is not None:
            heirs = [Heir(keeper, whole=True, kind="void")] if keeper else []
            made.append(_ended(unit, heirs, content.effective_on))
    for unit_id in content.endings():
        unit = tree.get(unit_id)
        if unit is not None:
            made.append(_revived(unit))
    after = overlaid(tree, made)
    return list(_closed(named, tree, after, content.effective_on))


def rings_of_revival(unit: Unit, tree: UnitTree, named: Sequence[Named]) -> list[Ring]:
    """Return the rings that close where a unit that ended lives on."""
    if unit.valid_to is None or not _any_placed(named):
        return []
    after = overlaid(tree, [_revived(unit)])
    return list(_closed(named, tree, after, unit.valid_to))


def refuse_rings(rings: Sequence[Ring]) -> None:
    """Let nothing pass that would close a ring. Raises RingByUnits."""
    if rings:
        raise RingByUnits(**rings[0]._asdict())


def _any_placed(named: Sequence[Named]) -> bool:
    return any(one.shape.placings for one in named)


def _closed(
    named: Sequence[Named], before: UnitTree, after: UnitTree, since: date
) -> Iterator[Ring]:
    """Yield what closes now and was open before; a ring holds a placed unit at least.

    On the day itself, and on each later one on which places or units change.
    """
    then, now = TreeAdministration(before), TreeAdministration(after)
    successions = now.days_of_succession(since)
    for one in named:
        days = sorted({*one.shape.days_of_change(since), *successions})
        if one.valid_to is not None:
            days = [day for day in days if day < one.valid_to]
        for unit_id in one.shape.placings:
            for day in days:
                in_force = (unit := after.get(unit_id)) and unit.in_force(day)
                if not in_force or not one.shape.closes_ring(unit_id, now, day):
                    continue
                if not one.shape.closes_ring(unit_id, then, day):
                    yield Ring(one.code, unit_id, day)
                break


def _begun(new: NewUnit, day: date) -> Unit:
    return Unit(
        id=new.unit_id,
        code=new.code,
        level=cast(Level, new.level),
        unit_type=new.unit_type,
        name=new.name,
        bare_name=new.bare_name,
        parent_id=new.parent_id,
        path=new.path,
        valid_from=day,
        valid_to=None,
        legal_basis=None,
    )


def _ended(unit: Unit, heirs: Sequence[Heir], day: date) -> Unit:
    told = [
        Successor(
            unit_id=heir.unit_id, whole=heir.whole, kind=heir.kind, effective_on=day
        )
        for heir in heirs
    ]
    return replace(unit, valid_to=day, successors=(*unit.successors, *told))


def _revived(unit: Unit) -> Unit:
    parts = tuple(heir for heir in unit.successors if heir.kind == _PART)
    return replace(unit, valid_to=None, successors=parts)
