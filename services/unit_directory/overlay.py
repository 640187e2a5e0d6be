"""A tree made from another one and the few units in which the two differ.

The registry's view of what was known at a moment is such a tree.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from msgspec.structs import replace

from services.contracts.registry.events import Successor
from services.unit_directory.facts import handed_over
from services.unit_directory.tree import Unit, UnitTree


def overlaid(
    base: UnitTree, made: Collection[Unit], gone: Iterable[UUID] = ()
) -> UnitTree:
    """Return the base with these units in place of its own, and some of them gone.

    What they hand over, and no longer hand over, is told to the heirs too.
    """
    gone = set(gone)
    units = {unit.id: unit for unit in made}
    replaced = units.keys() | gone
    told: dict[UUID, list[Successor]] = {unit_id: [] for unit_id in units}
    for unit_id in replaced:
        known = base.get(unit_id)
        told |= {heir.unit_id: [] for heir in known.successors} if known else {}
    for unit in made:
        for heir_id, taken in handed_over(unit):
            told.setdefault(heir_id, []).append(taken)
    linked = []
    for heir_id, anew in told.items():
        known = base.get(heir_id)
        heir = units.get(heir_id, known)
        if heir is None or heir_id in gone:
            continue
        kept = known.predecessors if known else ()
        before = [*anew, *(p for p in kept if p.unit_id not in replaced)]
        before.sort(key=lambda p: _place(units, base, p.unit_id))
        linked.append(replace(heir, predecessors=tuple(before)))
    return base.changed(linked, gone)


def _place(units: dict[UUID, Unit], base: UnitTree, unit_id: UUID) -> tuple[str, str]:
    unit = units.get(unit_id) or base.unit(unit_id)
    return unit.code, unit.path
