"""Who goes on with what is bound to a divided unit: the one rule of all services.

A keeper's people reach the divided unit's own rows of a kind from the day on; lists ask
`reach` and `list_area`, single reads and commands `reaches`. No row moves.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar
from uuid import UUID

from services.chassis.clock import local_today
from services.chassis.identity import Principal
from services.contracts.dependants import CustodyKind
from services.unit_directory.lineage import with_absorbed
from services.unit_directory.places import Covered, Own
from services.unit_directory.refusals import UnitOutsideYourArea
from services.unit_directory.tree import Unit, UnitTree, lies_within

T = TypeVar("T")

_REMEMBERED: Final = 10_000


def keeper_of(unit: Unit, kind: str) -> UUID | None:
    """Return who keeps a unit's rows of a kind today; the last word stands."""
    today = local_today()
    told = [c for c in unit.custodies if c.kind == kind and c.effective_on <= today]
    # Of several words on one day the one told last: `max` takes the first it meets.
    last = max(reversed(told), key=lambda c: c.effective_on, default=None)
    return None if last is None else last.keeper_id


def reach(
    tree: UnitTree, roots: Iterable[UUID], kind: CustodyKind
) -> tuple[Covered, ...]:
    """Return what lies in the roots' area, and single units whose rows it keeps."""
    roots = tuple(roots)

    def work_out() -> tuple[Covered, ...]:
        paths: list[Covered] = list(tree.covers_any(roots))
        kept = _kept(tree, paths, kind)
        return tuple(dict.fromkeys((*paths, *(Own(unit.path) for unit in kept))))

    return _remembered(tree, ("reach", roots, kind), work_out)


def stands_for(tree: UnitTree, unit: Unit, kind: str) -> list[Unit]:
    """Return the units whose rows of a kind pass on with this one, itself first."""
    own = list(with_absorbed(tree, unit))
    return own + _kept(tree, [Own(one.path) for one in own], kind)


def _kept(tree: UnitTree, area: Iterable[Covered], kind: str) -> list[Unit]:
    """Return the units whose rows are kept from within an area."""
    paths, kept = list(area), list[Unit]()
    keepers = _remembered(tree, ("keepers", kind), lambda: _keepers(tree, kind))
    waiting = dict(keepers)
    found = bool(paths)
    while found:
        # A keeper may have been divided in its turn: what it kept goes with its own.
        found = False
        for keeper in [k for k in waiting if lies_within(keepers[k][0].path, paths)]:
            units = waiting.pop(keeper)[1:]
            kept += units
            paths += [Own(one.path) for one in units]
            found = True
    return kept


def _keepers(tree: UnitTree, kind: str) -> dict[UUID, list[Unit]]:
    """Return each keeper by its id, with all units whose rows it keeps behind it."""
    found: dict[UUID, list[Unit]] = {}
    for unit in tree:
        keeper_id = keeper_of(unit, kind) if unit.custodies else None
        keeper = None if keeper_id is None else tree.get(keeper_id)
        if keeper is not None:
            found.setdefault(keeper.id, [keeper]).extend(with_absorbed(tree, unit))
    return found


def _remembered(tree: UnitTree, key: tuple[Any, ...], work_out: Callable[[], T]) -> T:
    """Work out once a day for each tree; a tree never changes."""
    known, key = tree.worked_out, (local_today(), *key)
    found: T | None = known.get(key)
    if found is None:
        found = work_out()
        # Threads share the tree: what is dropped here is worked out again, no more.
        if len(known) >= _REMEMBERED:
            known.clear()
        known[key] = found
    return found


def reaches(
    tree: UnitTree, roots: Iterable[UUID], unit_id: UUID, kind: CustodyKind
) -> bool:
    """Tell whether a unit's rows of a kind are reached from the roots."""
    unit = tree.get(unit_id)
    return unit is not None and lies_within(unit.path, reach(tree, roots, kind))


def require_reach(
    tree: UnitTree, principal: Principal, unit_id: UUID, kind: CustodyKind, field: str
) -> None:
    """Let the caller pass to what it covers or keeps. Raises UnitOutsideYourArea."""
    if not reaches(tree, principal.unit_roots, unit_id, kind):
        raise UnitOutsideYourArea(field=field, unit=unit_id)


def list_area(
    tree: UnitTree, principal: Principal, unit_id: UUID, kind: CustodyKind, field: str
) -> tuple[Covered, ...]:
    """Return where a unit's list of a kind has its rows, for this caller.

    Whoever only keeps a divided unit's rows sees no more of it than these. Raises
    UnitUnknown, UnitOutsideYourArea.
    """
    unit = tree.unit(unit_id, field)
    if tree.within(principal.unit_roots, unit_id):
        return reach(tree, (unit_id,), kind)
    require_reach(tree, principal, unit_id, kind, field)
    return tuple(Own(one.path) for one in stands_for(tree, unit, kind))


def carriers(tree: UnitTree, unit_id: UUID, kind: CustodyKind) -> tuple[UUID, ...]:
    """Return who goes on today with what a unit began: itself, whole heirs, keepers."""
    today = local_today()
    found: dict[UUID, None] = {}
    waiting = [unit_id]
    while waiting:
        unit = tree.get(waiting.pop())
        if unit is None or unit.id in found:
            continue
        found[unit.id] = None
        waiting += unit.whole_heirs(today)
        keeper_id = keeper_of(unit, kind)
        waiting += [] if keeper_id is None else [keeper_id]
    return tuple(found)
