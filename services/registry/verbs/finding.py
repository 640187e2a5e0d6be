"""Questions about units by what people type, and about what became of units."""

from datetime import date
from typing import Final

from services.chassis.calls import Call
from services.chassis.clock import local_today
from services.contracts.registry import finding
from services.contracts.registry.units import UnitRef
from services.registry.read_models import found_units
from services.registry.verbs.making import UNITS, query
from services.unit_directory.directory import units_of
from services.unit_directory.refusals import UnitNotInForce
from services.unit_directory.tree import UnitTree
from services.unit_directory.unit_finder import Asked, finder_of, is_ready, unit_typed


async def units_find(call: Call[finding.UnitsFind]) -> finding.UnitsFound:
    """Find units by a typed code or name of any day, and say which one is meant."""
    tree = units_of(call.runtime)
    body = call.body
    on = body.on or local_today()
    area = None if body.within is None else _area(tree, body.within, on)
    if not is_ready(tree):
        await call.runtime.in_thread(finder_of, tree)
    found = unit_typed(tree, Asked(body.text, on, body.level, area), body.first)
    return finding.UnitsFound(
        on=on,
        verdict=found.verdict,
        unit_id=None if found.unit is None else found.unit.id,
        rows=tuple(found_units.match_view(match, on) for match in found.matches),
    )


async def units_successors(
    call: Call[finding.UnitsSuccessors],
) -> finding.UnitsSuccessorsAnswer:
    """Say who holds units on a day, through every merger and split since."""
    tree = units_of(call.runtime)
    on = call.body.on or local_today()
    found = [tree.get(unit_id) for unit_id in call.body.ids]
    return finding.UnitsSuccessorsAnswer(
        on=on,
        rows=tuple(found_units.heirs_of(tree, u, on) if u else None for u in found),
    )


def _area(tree: UnitTree, ref: UnitRef, on: date) -> tuple[str, ...]:
    """Return an area as it is named on the day, or else on any day of the past."""
    try:
        unit = tree.resolve(ref, on, "$.within")
    except UnitNotInForce:
        unit = tree.resolve(ref, None, "$.within")
    return tree.covers(unit.id)


VERBS: Final = (
    query("units.find", finding.UnitsFind, units_find, UNITS),
    query("units.successors", finding.UnitsSuccessors, units_successors, UNITS),
)
