"""What was known at a moment: the shared tree equals one made of those facts alone."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.chassis.clock import local_today
from services.contracts.registry.events import UnitChangeUndoneV1
from services.registry.domain.values import Heir
from services.unit_directory.facts import unit_of
from services.unit_directory.overlay import overlaid
from services.unit_directory.tables import UnitFact
from tests.unit_directory.answers import answers, scratch, units
from tests.unit_directory.histories import country, fact_told, histories


@given(histories(), st.data())
def test_a_tree_of_the_past_is_what_its_facts_make(
    facts: list[UnitFact], data: st.DataObject
) -> None:
    """Whether made from the present tree or from nothing, all answers are the same."""
    known = facts[: data.draw(st.integers(0, len(facts)))]
    present, then = scratch(facts), units(known)
    made = [
        unit for unit in then.values() if present.unit(unit.id).version != unit.version
    ]
    gone = [unit.id for unit in present if unit.id not in then]
    past = overlaid(present, made, gone)
    assert answers(scratch(known)) == answers(past)
    assert answers(scratch(facts)) == answers(present)


@given(histories(), st.data())
def test_the_present_grows_out_of_any_past(
    facts: list[UnitFact], data: st.DataObject
) -> None:
    """The way forward is the same as the way back."""
    known = facts[: data.draw(st.integers(0, len(facts)))]
    past, now = scratch(known), units(facts)
    made = [
        unit
        for unit in now.values()
        if (before := past.get(unit.id)) is None or before.version != unit.version
    ]
    assert answers(scratch(facts)) == answers(overlaid(past, made))


@given(histories())
def test_what_is_undone_leaves_no_trace_on_any_day(facts: list[UnitFact]) -> None:
    """Undoing everything that stands gives the units as they were established."""
    for history in _by_unit(facts):
        while (last := _last_standing(history)) is not None:
            history.append(_undoing(history, last))
        unit, first = unit_of(history), unit_of(history[:1])
        assert unit is not None
        assert first is not None
        for field in ("later_names", "successors", "valid_to"):
            assert getattr(first, field) == getattr(unit, field)


def _by_unit(facts: list[UnitFact]) -> list[list[UnitFact]]:
    told: dict[Any, list[UnitFact]] = {}
    for fact in facts:
        told.setdefault(fact.event.unit_id, []).append(fact)  # type: ignore[attr-defined]
    return list(told.values())


def _last_standing(history: list[UnitFact]) -> int | None:
    undone = {getattr(fact.event, "change_version", None) for fact in history}
    standing = [
        fact.version
        for fact in history[1:]
        if fact.version not in undone and not hasattr(fact.event, "change_version")
    ]
    return standing[-1] if standing else None


def _undoing(history: list[UnitFact], version: int) -> UnitFact:
    return UnitFact(
        history[-1].version + 1,
        UnitChangeUndoneV1(
            unit_id=history[0].event.unit_id,  # type: ignore[attr-defined]
            change_version=version,
            change="",
            reason="entered_wrongly",
            legal_basis=None,
            decree_date=None,
        ),
    )


def test_an_announced_merger_opens_no_area_before_its_day() -> None:
    """The heir covers what it absorbs from the day on, in the tree it was told to."""
    for ahead, covered in ((1, False), (0, True), (-1, True)):
        day = local_today() + timedelta(days=ahead)
        units_ = country()[:4]
        *_, old, heir = units_
        old.abolish(
            valid_to=day,
            legal_basis=None,
            successors=[Heir(heir.id, whole=True, kind="merge")],
        )
        events = [event for unit in units_ for event in unit.collect_events()]
        tree = scratch(fact_told(event, n) for n, event in enumerate(events, start=1))
        assert covered == tree.within((heir.id,), old.id)
