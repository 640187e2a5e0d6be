"""Questions about units by what people type, and about what became of units."""

from datetime import date
from typing import Final

from services.chassis.calls import Call
from services.contracts.registry import finding
from services.contracts.registry.units import UnitRef
from services.registry.read_models import found_units
from services.registry.verbs.making import UNITS, query
from services.registry.verbs.units import day_of, finder_for, tree_of
from services.unit_directory.refusals import UnitNotInForce
from services.unit_directory.tree import UnitTree
from services.unit_directory.unit_finder import Asked


async def units_find(call: Call[finding.UnitsFind]) -> finding.UnitsFound:
    """Find units by a typed code or name of any day, and say which one is meant."""
    body = call.body
    tree = await tree_of(call, body.known_at)
    on = day_of(body.on, body.known_at)
    area = None if body.within is None else _area(tree, body.within, on)
    finder = await finder_for(tree)
    found = finder.find(Asked(body.text, on, body.level, area), body.first)
    return finding.UnitsFound(
        on=on,
        verdict=found.verdict,
        unit_id=None if found.unit is None else found.unit.id,
        rows=tuple(found_units.match_view(match, on) for match in found.matches),
        known_at=body.known_at,
    )


async def units_successors(
    call: Call[finding.UnitsSuccessors],
) -> finding.UnitsSuccessorsAnswer:
    """Say who holds units on a day, through every merger and split since."""
    tree = await tree_of(call, call.body.known_at)
    on = day_of(call.body.on, call.body.known_at)
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
