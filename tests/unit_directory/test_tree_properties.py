"""What holds for every tree: areas, single decisions and the SQL condition agree."""

from collections.abc import Iterator
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.chassis.database import create_engine
from services.chassis.identity import Principal
from services.contracts.registry.units import UnitRef
from services.unit_directory.predicate import lies_within_sql
from services.unit_directory.refusals import UnitOutsideYourArea
from services.unit_directory.tree import Unit, UnitTree
from tests.support.servers import Database
from tests.unit_directory.trees import REFORM, trees


@pytest.fixture(scope="module")
def engine(database: Database) -> Iterator[sa.Engine]:
    url = "postgresql+psycopg://" + database.url("tips").partition("://")[2]
    made = create_engine(url, service="tips")
    yield made
    made.dispose()


def slow_within(tree: UnitTree, root: Unit, unit: Unit) -> bool:
    """Tell it by walking: up by parents, or over into a whole heir, again and again."""
    seen: set[UUID] = set()
    waiting = [unit]
    while waiting:
        one = waiting.pop()
        if one.id in seen:
            continue
        seen.add(one.id)
        if one.id == root.id:
            return True
        parent = one.parent_id and tree.get(one.parent_id)
        if parent:
            waiting.append(parent)
        waiting.extend(
            heir
            for heir in tree
            for before in heir.predecessors
            if before.unit_id == one.id and before.whole
        )
    return False


@given(trees())
def test_an_area_is_what_walking_finds(tree: UnitTree) -> None:
    """By path prefixes or by walking up and over: the same units lie inside."""
    for root in tree:
        for unit in tree:
            assert slow_within(tree, root, unit) == tree.within((root.id,), unit.id)


@given(trees())
def test_no_covered_path_repeats_another(tree: UnitTree) -> None:
    """Every prefix of an area adds something."""
    for root in tree:
        paths = tree.covers(root.id)
        assert root.path in paths
        for path in paths:
            assert not any(path.startswith(f"{q}.") for q in paths)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(trees(), st.data())
def test_a_list_shows_exactly_what_a_single_decision_allows(
    engine: sa.Engine, tree: UnitTree, data: st.DataObject
) -> None:
    """The SQL condition over stored paths equals `within`, for any roots."""
    ids = [unit.id for unit in tree]
    roots = data.draw(st.lists(st.sampled_from(ids), max_size=3))
    roots.append(UUID(int=0))  # a unit that nobody knows covers nothing
    stored = sa.values(sa.column("path", sa.Text), name="stored").data(
        [(unit.path,) for unit in tree]
    )
    condition = lies_within_sql(stored.c.path, tree.covers_any(roots))
    with engine.connect() as conn:
        listed = set(conn.execute(sa.select(stored.c.path).where(condition)).scalars())
    assert {unit.path for unit in tree if tree.within(roots, unit.id)} == listed


@given(trees())
def test_resolving_by_id_or_by_code_on_a_day_agree(tree: UnitTree) -> None:
    """What is in force on a day is found by its code on that day."""
    for unit in tree:
        if unit.in_force(REFORM):
            assert unit is tree.resolve(UnitRef(code=unit.code), REFORM)
            assert unit is tree.resolve(UnitRef(id=unit.id), REFORM)


@given(trees())
def test_children_are_those_in_force(tree: UnitTree) -> None:
    """Every unit but the country is a child of its parent on its days."""
    for unit in tree:
        if unit.parent_id is not None and unit.in_force(REFORM):
            assert unit in tree.children(unit.parent_id, REFORM)


@given(trees())
def test_a_caller_without_units_passes_nowhere(tree: UnitTree) -> None:
    """No root, no area."""
    caller = Principal(subject="x", name="x", scopes=frozenset())
    for unit in tree:
        with pytest.raises(UnitOutsideYourArea):
            tree.require_within(caller, unit.id)
