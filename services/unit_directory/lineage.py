"""What became of a unit? Its heirs on a day, step by step through every succession.

Asked by the unit finder, by `units.successors`, and by whoever moves rights or dues.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple
from uuid import UUID

from services.contracts.registry.events import Successor
from services.unit_directory.tree import Unit, UnitTree

LEVEL_ENDED: Final = "level_ended"
_UNCHANGED: Final = "unchanged"
_TRANSFER: Final = "transfer"


class Heir(NamedTuple):
    """A unit in force that holds the whole or a part of an ended one.

    `reason` is the kind of the last step that changed something; `level_ended` where a
    district left no heir of its own and its communes went to several units. `since` is
    the day of the last step, `legal_basis` the resolution that made the heir by it: its
    own where it began by the step, else that by which the unit before it ended.
    """

    unit: Unit
    whole: bool
    reason: str
    since: date | None
    legal_basis: str | None
    through: tuple[UUID, ...]


def has_begun(unit: Unit, day: date) -> bool:
    """Tell whether a unit existed on the day or before it."""
    return unit.valid_from is None or unit.valid_from <= day


def is_one(heirs: Sequence[Heir]) -> bool:
    """Tell whether there is nothing to choose: one heir, and it holds the whole."""
    return len(heirs) == 1 and heirs[0].whole


def heirs_on(tree: UnitTree, unit: Unit, day: date) -> list[Heir]:
    """Return who holds a unit on a day, by code; none while it exists or before."""
    if unit.in_force(day) or not has_begun(unit, day):
        return []
    found: dict[UUID, Heir] = {}
    seen: set[UUID] = set()
    waiting = [Heir(unit, True, _UNCHANGED, unit.valid_to, unit.legal_basis, ())]  # noqa: FBT003 - a tuple's place
    while waiting:
        held = waiting.pop()
        if held.unit.in_force(day):
            _keep(found, held)
        elif held.unit.id not in seen and has_begun(held.unit, day):
            seen.add(held.unit.id)
            waiting.extend(_next(tree, held))
    return sorted(found.values(), key=lambda heir: (heir.unit.code, heir.unit.path))


def _keep(found: dict[UUID, Heir], held: Heir) -> None:
    known = found.get(held.unit.id)
    if known is None or (held.whole and not known.whole):
        found[held.unit.id] = held


def _next(tree: UnitTree, held: Heir) -> list[Heir]:
    ended = held.unit
    # A part that went elsewhere before the end is not what the end left.
    left = [heir for heir in ended.successors if heir.kind != _TRANSFER]
    if left:
        steps = [_step(tree, held, successor) for successor in left]
        return [step for step in steps if step is not None]
    if ended.valid_to is None:
        return []
    below = tree.children(ended.id, ended.valid_to - timedelta(days=1))
    return [
        Heir(
            unit=child,
            whole=False,
            reason=LEVEL_ENDED,
            since=ended.valid_to,
            legal_basis=ended.ended_by,
            through=(*held.through, child.id),
        )
        for child in below
    ]


def _step(tree: UnitTree, held: Heir, successor: Successor) -> Heir | None:
    unit = tree.get(successor.unit_id)
    if unit is None:
        return None
    ended_on = held.unit.valid_to
    # A heir that was there before owes its own resolution to something else: what made
    # it an heir is the end of the other one.
    made = unit.valid_from is not None and unit.valid_from == ended_on
    changed = successor.kind != _UNCHANGED and held.reason != LEVEL_ENDED
    return Heir(
        unit=unit,
        whole=held.whole and successor.whole,
        reason=successor.kind if changed else held.reason,
        since=ended_on,
        legal_basis=(unit.legal_basis if made else None) or held.unit.ended_by,
        through=(*held.through, unit.id),
    )


def whole_line(tree: UnitTree, unit: Unit, by: date | None = None) -> list[Unit]:
    """Return a unit and, one after the other, those that took it over whole.

    Each one begins to hold it when the one before ends. With a day, who will take it
    over after it is left out.
    """
    line: list[Unit] = []
    waiting: Unit | None = unit
    while waiting is not None and waiting not in line:
        line.append(waiting)
        end = waiting.valid_to
        ended = end is not None and (by is None or end <= by)
        heirs = [heir.unit_id for heir in waiting.successors if heir.whole and ended]
        waiting = tree.get(heirs[0]) if heirs else None
    return line


def life_with_heirs(tree: UnitTree, unit: Unit) -> tuple[date | None, date | None]:
    """Return from when until when the unit, or who took it over whole, exists."""
    return unit.valid_from, whole_line(tree, unit)[-1].valid_to


def with_absorbed(tree: UnitTree, unit: Unit, by: date | None = None) -> Iterator[Unit]:
    """Yield a unit and every one that it, or one of these, took over whole.

    With a day, what it will take over after it is left out.
    """
    seen: set[UUID] = set()
    waiting = [unit]
    while waiting:
        one = waiting.pop()
        if one.id in seen:
            continue
        seen.add(one.id)
        yield one
        before = (tree.get(unit_id) for unit_id in one.absorbed(by))
        waiting += [absorbed for absorbed in before if absorbed is not None]


def state_on(unit: Unit, day: date) -> Literal["in_force", "ended", "not_yet"]:
    """Tell whether a unit exists on a day, or no longer, or not yet."""
    if unit.in_force(day):
        return "in_force"
    return "ended" if has_begun(unit, day) else "not_yet"
