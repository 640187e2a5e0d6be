"""A tree that grows with each change equals one that is read whole."""

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.contracts.registry.events import UnitRegisterImportedV1
from services.unit_directory.directory import UnitDirectory
from services.unit_directory.overlay import overlaid
from services.unit_directory.tables import UnitFact, UnitTables
from services.unit_directory.tree import UnitTree
from services.unit_directory.unit_finder import UnitFinder, finder_of
from tests.support.servers import Database
from tests.unit_directory.answers import answers, finds, scratch, units
from tests.unit_directory.histories import country, fact_told, histories

READ: Final = sa.MetaData(schema="tips_read")
UNITS: Final = UnitTables(READ)
FIRST: Final = len(country())


def edition(facts: int) -> UnitFact:
    """Return the mark under which so many facts are the whole register."""
    event = UnitRegisterImportedV1(
        unit_id=country()[0].id, edition="1", units=facts, facts=facts
    )
    return UnitFact(1, event, facts)


@given(histories(), st.data())
def test_a_tree_grows_step_by_step(facts: list[UnitFact], data: st.DataObject) -> None:
    """With warm answers at every step; the finder grows with it."""
    known = data.draw(st.integers(1, len(facts)))
    tree = scratch(facts[:known])
    finder_of(tree)
    while known < len(facts):
        more = known + data.draw(st.integers(1, 3))
        before = units(facts[:known])
        answers(tree)
        tree = overlaid(
            tree,
            [
                unit
                for unit in units(facts[:more]).values()
                if unit.id not in before or before[unit.id].version != unit.version
            ],
        )
        known = more
        assert tree.grown_from is not None
    whole = scratch(facts)
    assert answers(whole) == answers(tree)
    assert finds(UnitFinder(whole)) == finds(finder_of(tree))


@given(histories(), st.data())
def test_a_finder_of_the_past_takes_over_what_stayed(
    facts: list[UnitFact], data: st.DataObject
) -> None:
    """Units that were unknown then are not found, former names are."""
    known = facts[: data.draw(st.integers(0, len(facts)))]
    present, then = scratch(facts), units(known)
    finder_of(present)
    differing = [u for u in then.values() if present.unit(u.id).version != u.version]
    gone = [unit.id for unit in present if unit.id not in then]
    past = overlaid(present, differing, gone)
    assert finds(UnitFinder(scratch(known))) == finds(finder_of(past))


def test_a_tree_holds_no_other_one(country_facts: list[UnitFact]) -> None:
    """What it grew out of is freed when nobody uses it."""
    first = scratch(country_facts)
    second = overlaid(first, [])
    assert second.grown_from == (first, frozenset())
    del first
    gc.collect()
    assert second.grown_from is None
    third = overlaid(second, [])
    assert third.grown_from == (second, frozenset())


@pytest.fixture
def country_facts() -> list[UnitFact]:
    events = [event for unit in country() for event in unit.collect_events()]
    return [fact_told(event, n) for n, event in enumerate(events, start=1)]


@pytest.fixture(scope="module")
def engine(database: Database) -> Iterator[sa.Engine]:
    made = sa.create_engine(database.url("tips"))
    with made.begin() as conn:
        READ.create_all(conn)
    yield made
    made.dispose()


def write(engine: sa.Engine, facts: list[UnitFact]) -> None:
    with engine.begin() as conn:
        UNITS.apply(conn, facts)


def refresh(engine: sa.Engine, directory: UnitDirectory) -> None:
    with engine.connect() as conn:
        directory.reload(conn)


def read_whole(engine: sa.Engine) -> UnitTree:
    with engine.connect() as conn:
        return UnitTree(UNITS.read(conn))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(histories(), st.data())
def test_a_directory_equals_a_whole_reading(
    engine: sa.Engine, facts: list[UnitFact], data: st.DataObject
) -> None:
    """After changes, undoings and voidings, from several partitions in any cut."""
    with engine.begin() as conn:
        UNITS.forget(conn)
    write(engine, [*facts[:FIRST], edition(FIRST)])
    directory = UnitDirectory(UNITS)
    refresh(engine, directory)
    lanes: list[list[UnitFact]] = [[], [], []]
    for fact in facts[FIRST:]:
        lanes[fact.event.unit_id.int % 3].append(fact)  # type: ignore[attr-defined]
    while any(lanes):
        lane = data.draw(st.sampled_from([lane for lane in lanes if lane]))
        size = data.draw(st.integers(1, 4))
        write(engine, lane[:size])
        del lane[:size]
        before = directory.tree
        refresh(engine, directory)
        assert directory.tree is not before
        assert directory.tree.grown_from is not None
        assert answers(read_whole(engine)) == answers(directory.tree)
        assert finds(UnitFinder(read_whole(engine))) == finds(finder_of(directory.tree))


def test_facts_arrive_in_the_order_of_commits(
    engine: sa.Engine, country_facts: list[UnitFact]
) -> None:
    """Whoever writes later waits: a directory never reads past an open transaction."""
    *first, last = country_facts
    with engine.begin() as conn:
        UNITS.forget(conn)
    write(engine, [*first[:2], edition(2)])
    directory = UnitDirectory(UNITS)
    refresh(engine, directory)
    with ThreadPoolExecutor(1) as thread:
        with engine.begin() as slow:
            UNITS.apply(slow, first[2:])
            quick = thread.submit(write, engine, [last])
            refresh(engine, directory)
            assert 2 == len(directory.tree)
            with pytest.raises(TimeoutError):
                quick.result(timeout=0.3)
        quick.result(timeout=20)
    before = directory.tree
    refresh(engine, directory)
    root, units_changed = directory.tree.grown_from or (None, ())
    assert (before, FIRST - 2) == (root, len(units_changed))
    assert answers(scratch(country_facts)) == answers(directory.tree)


def test_a_copy_that_was_filled_anew_is_read_whole(
    engine: sa.Engine, country_facts: list[UnitFact]
) -> None:
    """What came since does not make up the difference, so nothing is built upon."""
    *first, last = country_facts
    with engine.begin() as conn:
        UNITS.forget(conn)
    write(engine, [*first, edition(FIRST - 1)])
    directory = UnitDirectory(UNITS)
    refresh(engine, directory)
    with engine.begin() as conn:
        UNITS.forget(conn)
        UNITS.apply(conn, [*first, last, edition(FIRST)])
    refresh(engine, directory)
    assert directory.tree.grown_from is None
    assert answers(scratch(country_facts)) == answers(directory.tree)


def test_a_forgotten_copy_leaves_the_tree_until_it_is_whole_again(
    engine: sa.Engine, country_facts: list[UnitFact]
) -> None:
    """While the events come again, every question is answered from the last tree."""
    with engine.begin() as conn:
        UNITS.forget(conn)
    write(engine, [*country_facts, edition(FIRST)])
    directory = UnitDirectory(UNITS)
    refresh(engine, directory)
    tree = directory.tree
    with engine.begin() as conn:
        UNITS.forget(conn)
    for fact in [edition(FIRST), *country_facts[:-1]]:
        write(engine, [fact])
        refresh(engine, directory)
        assert tree is directory.tree
    write(engine, country_facts[-1:])
    refresh(engine, directory)
    assert tree is not directory.tree
    assert answers(tree) == answers(directory.tree)
