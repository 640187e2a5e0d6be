"""Arbitrary small countries through time, for properties of the tree."""

from datetime import date
from typing import Any, Final
from uuid import UUID

import msgspec
from hypothesis import strategies as st

from services.contracts.registry.events import Successor
from services.contracts.registry.units import Level, unit_id
from services.unit_directory.tree import Unit, UnitTree

REFORM: Final = date(2025, 7, 1)
_LEVELS: Final[tuple[Level, ...]] = ("province", "district", "commune")


def a_unit(
    level: Level, code: str, parent: Unit | None, since: date | None, **more: Any
) -> Unit:
    label = f"{code}-{0 if since is None else since.year}"
    return Unit(
        id=unit_id(level, code, since),
        code=code,
        level=level,
        unit_type=level,
        name=f"{level} {code}",
        bare_name=code,
        parent_id=None if parent is None else parent.id,
        path=label if parent is None else f"{parent.path}.{label}",
        valid_from=since,
        valid_to=more.get("valid_to"),
        legal_basis=None,
        successors=more.get("successors", ()),
        predecessors=more.get("predecessors", ()),
    )


@st.composite
def trees(draw: st.DrawFn) -> UnitTree:
    """Draw a country with old provinces, districts, communes, merged in 2025."""
    country = a_unit("country", "VN", None, None)
    old: list[Unit] = []
    for p in range(draw(st.integers(1, 3))):
        province = a_unit("province", f"{p:02}", country, None, valid_to=REFORM)
        old.append(province)
        for d in range(draw(st.integers(0, 2))):
            district = a_unit("district", f"{p}{d:02}", province, None, valid_to=REFORM)
            old.append(district)
            old.extend(
                a_unit("commune", f"{p}{d}{c:03}", district, None, valid_to=REFORM)
                for c in range(draw(st.integers(0, 2)))
            )
    new: list[Unit] = []
    for p in range(draw(st.integers(1, 2))):
        province = a_unit("province", f"{p:02}", country, REFORM)
        new.append(province)
        new.extend(
            a_unit("commune", f"{p}9{c:03}", province, REFORM)
            for c in range(draw(st.integers(0, 2)))
        )
    return UnitTree([country, *_succeeded(draw, old, new)])


def _succeeded(draw: st.DrawFn, old: list[Unit], new: list[Unit]) -> list[Unit]:
    before: dict[UUID, list[Successor]] = {}
    after: dict[UUID, tuple[Successor, ...]] = {}
    for unit in old:
        heirs = [heir for heir in new if heir.level == unit.level]
        if not heirs or draw(st.booleans()):
            continue
        chosen = draw(st.lists(st.sampled_from(heirs), min_size=1, unique_by=id))
        whole = len(chosen) == 1
        after[unit.id] = tuple(
            Successor(unit_id=heir.id, whole=whole, kind="merge") for heir in chosen
        )
        for heir in chosen:
            before.setdefault(heir.id, []).append(
                Successor(unit_id=unit.id, whole=whole, kind="merge")
            )
    heirs = [
        a_unit(
            unit.level,
            unit.code,
            next(p for p in [*new, *old, _country()] if p.id == unit.parent_id),
            unit.valid_from,
            predecessors=tuple(before.get(unit.id, ())),
        )
        for unit in new
    ]
    ended = [
        msgspec.structs.replace(unit, successors=after.get(unit.id, ())) for unit in old
    ]
    return [*ended, *heirs]


def _country() -> Unit:
    return a_unit("country", "VN", None, None)
