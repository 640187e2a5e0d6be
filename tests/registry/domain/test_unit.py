"""What may happen to an administrative unit."""

from datetime import date
from uuid import UUID, uuid4

from services.registry.domain import unit_errors as errors
from services.registry.domain.unit import UndoReason, Unit, UnitChangeKind, UnitFacts
from services.registry.domain.values import Heir
from tests.support.scenario import Step, scenario

REFORM = date(2025, 7, 1)
REFORM_2026 = date(2026, 4, 30)


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


def rename(on: date, name: str = "Lộc Hưng") -> Step[Unit]:
    return lambda unit: unit.rename(
        effective_on=on,
        name=f"Xã {name}",
        bare_name=name,
        legal_basis="12/NQ-UBTVQH16",
        decree_date=date(2026, 1, 5),
    )


def transfer_part(on: date, to: UUID | None = None) -> Step[Unit]:
    return lambda unit: unit.transfer_part(
        effective_on=on, to_unit_id=to or uuid4(), legal_basis=None
    )


def undo(version: int) -> Step[Unit]:
    return lambda unit: unit.undo(
        version,
        reason=UndoReason.ENTERED_WRONGLY,
        legal_basis="13/NQ-UBTVQH16",
        decree_date=date(2026, 6, 1),
    )


def void(unit: Unit) -> None:
    unit.void(
        reason=UndoReason.DECREE_WITHDRAWN,
        heirs=[Heir(uuid4(), whole=True, kind="void")],
        legal_basis="13/NQ-UBTVQH16",
        decree_date=date(2026, 6, 1),
    )


def test_a_rename_says_by_which_decree() -> None:
    """The day of the decree stands beside its number and beside the first day."""
    scenario(a_unit()).when(rename(date(2026, 2, 1))).then(
        Unit.Renamed,
        name="Xã Lộc Hưng",
        unit_type="xa",
        legal_basis="12/NQ-UBTVQH16",
        decree_date=date(2026, 1, 5),
    )


def test_one_decree_may_change_type_and_name_on_one_day() -> None:
    """Changes of one day stand in the order in which they are recorded."""
    day = date(2026, 4, 30)
    scenario(a_unit()).given(retype(day)).when(rename(day)).then(
        Unit.Renamed, unit_type="phuong"
    )


def test_a_part_goes_to_another_unit_and_both_stay() -> None:
    """The giving unit lives on and may change again; itself it can give nothing."""
    unit = a_unit()
    other = uuid4()
    scenario(unit).when(transfer_part(date(2026, 2, 1), other)).then(
        Unit.PartTransferred, to_unit_id=other
    )
    assert unit.valid_to is None
    scenario(unit).when(transfer_part(date(2026, 3, 1), unit.id)).then_refused(
        errors.UnitPartToItself
    )
    scenario(a_unit()).given(abolish(date(2026, 1, 1))).when(
        transfer_part(date(2026, 2, 1))
    ).then_refused(errors.UnitAlreadyAbolished)


def test_a_change_is_undone_by_a_further_fact() -> None:
    """What it was is told with the undoing; the unit is as before the change."""
    unit = a_unit()
    scenario(unit).given(retype(date(2026, 4, 30))).when(undo(2)).then(
        Unit.ChangeUndone,
        change_version=2,
        change=UnitChangeKind.RETYPED,
        reason=UndoReason.ENTERED_WRONGLY,
        decree_date=date(2026, 6, 1),
    )
    assert "xa" == unit.unit_type
    scenario(unit).when(rename(date(2026, 2, 1))).then(Unit.Renamed, unit_type="xa")


def test_an_end_that_is_undone_leaves_the_unit_alive() -> None:
    """It may be renamed again, and end on another day."""
    unit = a_unit(None)
    scenario(unit).given(abolish(REFORM)).when(undo(2)).then(
        Unit.ChangeUndone, change=UnitChangeKind.ABOLISHED
    )
    assert unit.valid_to is None
    scenario(unit).given(rename(date(2025, 8, 1))).when(abolish(date(2026, 1, 1))).then(
        Unit.Abolished
    )


def test_later_changes_are_undone_first() -> None:
    """Each state of the unit is one that some decrees said."""
    changed = scenario(a_unit()).given(rename(date(2026, 2, 1)), retype(REFORM_2026))
    changed.when(undo(2)).then_refused(errors.UnitChangeFollowed)
    scenario(changed.aggregate).given(undo(3)).when(undo(2)).then(Unit.ChangeUndone)


def test_only_a_standing_change_is_undone() -> None:
    """Not the establishment, nor a change undone, nor an undoing, nor one to come."""
    unit = scenario(a_unit()).given(rename(date(2026, 2, 1)), undo(2)).aggregate
    for version in (1, 2, 3, 4):
        scenario(unit).when(undo(version)).then_refused(errors.UnitChangeUnknown)


def test_a_voided_unit_was_in_force_on_no_day() -> None:
    """Its life is empty and nothing more happens to it, until that is undone too."""
    unit = a_unit()
    scenario(unit).when(void).then(Unit.Voided, reason=UndoReason.DECREE_WITHDRAWN)
    assert unit.valid_from == unit.valid_to
    scenario(unit).when(rename(REFORM_2026)).then_refused(errors.UnitAlreadyAbolished)
    scenario(unit).when(void).then_refused(errors.UnitAlreadyAbolished)
    scenario(unit).when(undo(2)).then(Unit.ChangeUndone, change=UnitChangeKind.VOIDED)
    assert unit.valid_to is None


def test_a_unit_older_than_the_register_cannot_be_voided() -> None:
    """No fact says on which day it began."""
    scenario(a_unit(None)).when(void).then_refused(errors.UnitWithoutFirstDay)


def test_only_a_wrong_entry_is_taken_back_without_a_decree() -> None:
    """A decree is withdrawn or postponed by another one, with number and day."""
    renamed = scenario(a_unit()).given(rename(REFORM_2026)).aggregate
    for reason in (UndoReason.DECREE_WITHDRAWN, UndoReason.DECREE_POSTPONED):
        scenario(renamed).when(
            lambda unit, reason=reason: unit.undo(2, reason=reason, legal_basis="1/QĐ")  # type: ignore[misc]
        ).then_refused(errors.DecreeNeeded, "$.legal_basis")
    scenario(renamed).when(
        lambda unit: unit.undo(2, reason=UndoReason.ENTERED_WRONGLY, legal_basis=None)
    ).then(Unit.ChangeUndone, legal_basis=None)
