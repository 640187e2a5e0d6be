"""Where may a caller act and look today? Worked out at the door, for every answer.

A unit that has ended lets nobody in from that day on; the units that it passed to read
its history, because they cover it.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from services.chassis.clock import local_today
from services.chassis.identity import Principal
from services.unit_directory.tree import UnitTree


def roots_in_force(tree: UnitTree, roots: Iterable[UUID], on: date) -> tuple[UUID, ...]:
    """Return the roots that exist on a day; unknown ones cover nothing anyway."""
    return tuple(
        root
        for root in roots
        if (unit := tree.get(root)) is not None and unit.in_force(on)
    )


def with_living_roots(tree: UnitTree, principal: Principal) -> Principal:
    """Return the caller without the units that are no more."""
    living = roots_in_force(tree, principal.unit_roots, local_today())
    if living == principal.unit_roots:
        return principal
    return msgspec.structs.replace(principal, unit_roots=living)


def roots_over(tree: UnitTree, unit_id: UUID, on: date) -> frozenset[UUID]:
    """Return every unit whose people reach a unit on a day.

    The unit itself, what lies above, and what has absorbed one of these whole by then:
    today's answer is the inverse of `UnitTree.covers`.
    """
    found: set[UUID] = set()
    waiting = [unit_id]
    while waiting:
        unit = tree.get(waiting.pop())
        if unit is None or unit.id in found:
            continue
        found.add(unit.id)
        if unit.parent_id is not None:
            waiting.append(unit.parent_id)
        waiting += unit.whole_heirs(on)
    return frozenset(found)
