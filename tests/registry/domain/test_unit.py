"""What may happen to an administrative unit."""

from datetime import date
from uuid import uuid4

from services.registry.domain import errors
from services.registry.domain.unit import Unit, UnitFacts
from services.registry.domain.values import Heir
from tests.support.scenario import Step, scenario

REFORM = date(2025, 7, 1)


def a_unit(valid_from: date | None = REFORM) -> Unit:
    facts = UnitFacts(
        code="25270",
        level="commune",
        unit_type="xa",
        name="Xã Lộc Ninh",
        bare_name="Lộc Ninh",
        parent_id=uuid4(),
        path="VN.75-2025.25270-2025",
        valid_from=valid_from,
        legal_basis="1662/NQ-UBTVQH15",
    )
    return Unit.establish(uuid4(), facts)


def retype(on: date) -> Step[Unit]:
    return lambda unit: unit.retype(
        effective_on=on,
        unit_type="phuong",
        name="Phường Lộc Ninh",
        legal_basis="237/NQ-UBTVQH16",
    )


def abolish(on: date) -> Step[Unit]:
    heirs = [Heir(uuid4(), whole=True, kind="merge")]
    return lambda unit: unit.abolish(valid_to=on, legal_basis=None, successors=heirs)


def test_a_commune_becomes_a_ward_and_keeps_its_id() -> None:
    """A re-typing is an event of the same unit."""
    unit = a_unit()
    scenario(unit).when(retype(date(2026, 4, 30))).then(Unit.Retyped).telling(
        originator_id=unit.id, unit_type="phuong", effective_on=date(2026, 4, 30)
    )


def test_a_change_lies_inside_the_units_life() -> None:
    """Neither the first day nor a day before it, nor one before an earlier change."""
    scenario(a_unit()).when(retype(REFORM)).then_refused(errors.UnitChangeOutOfOrder)
    scenario(a_unit()).given(retype(date(2026, 4, 30))).when(
        abolish(date(2026, 4, 29))
    ).then_refused(errors.UnitChangeOutOfOrder)


def test_a_unit_ends_once() -> None:
    """After the end nothing changes any more."""
    ended = abolish(REFORM)
    scenario(a_unit(None)).given(ended).when(ended).then_refused(
        errors.UnitAlreadyAbolished
    )
    scenario(a_unit(None)).given(ended).when(retype(date(2026, 1, 1))).then_refused(
        errors.UnitAlreadyAbolished
    )
