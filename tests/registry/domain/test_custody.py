"""Which unit may keep what a divided one left, from when on, and until when."""

from datetime import date
from uuid import UUID, uuid4

from services.registry.domain import unit_errors as errors
from services.registry.domain.dependant_kinds import DependantKind
from services.registry.domain.unit import UndoReason, Unit
from services.registry.domain.values import Heir
from tests.registry.domain.test_unit import REFORM_2026, a_unit, abolish
from tests.support.scenario import Step, scenario

KEEPER = uuid4()


def keep(
    on: date, keeper: UUID = KEEPER, kind: DependantKind = DependantKind.TIP
) -> Step[Unit]:
    return lambda unit: unit.pass_custody(
        kind, keeper_id=keeper, effective_on=on, legal_basis="1/NQ-UBTVQH15"
    )


def undo(version: int) -> Step[Unit]:
    return lambda unit: unit.undo(
        version, reason=UndoReason.ENTERED_WRONGLY, legal_basis=None
    )


def test_custody_passes_when_the_unit_ends_or_gives_a_part() -> None:
    """On that very day: before it the unit's own people go on."""
    unit = a_unit()
    scenario(unit).given(abolish(REFORM_2026)).when(keep(REFORM_2026)).then(
        Unit.CustodyPassed
    ).telling(kind=DependantKind.TIP, keeper_id=KEEPER, effective_on=REFORM_2026)
    part = a_unit()
    part.transfer_part(
        effective_on=REFORM_2026, to_unit_id=KEEPER, legal_basis="1/NQ-UBTVQH15"
    )
    scenario(part).when(keep(REFORM_2026)).then(Unit.CustodyPassed)


def test_a_unit_that_is_whole_keeps_its_own() -> None:
    """Neither a living unit, nor another day, nor to itself."""
    scenario(a_unit()).when(keep(REFORM_2026)).then_refused(errors.UnitNotDivided)
    unit = a_unit()
    ended = scenario(unit).given(abolish(REFORM_2026))
    ended.when(keep(date(2026, 5, 1))).then_refused(errors.UnitNotDivided)
    scenario(unit).when(keep(REFORM_2026, unit.id)).then_refused(errors.UnitKeepsItself)


def test_custody_is_undone_before_what_it_followed_from() -> None:
    """As any change by its version: the end stands as long as its keepers."""
    unit = a_unit()
    passed = scenario(unit).given(abolish(REFORM_2026), keep(REFORM_2026))
    passed.when(undo(2)).then_refused(errors.UnitChangeFollowed)
    scenario(unit).when(undo(3)).then(Unit.ChangeUndone)
    scenario(unit).when(undo(2)).then(Unit.ChangeUndone)
    assert unit.valid_to is None


def test_a_kept_unit_ends_where_it_ended() -> None:
    """A word on custody changes neither name, nor type, nor life."""
    unit = a_unit()
    heirs = [Heir(KEEPER, whole=False, kind="split")]
    unit.abolish(valid_to=REFORM_2026, legal_basis=None, successors=heirs)
    keep(REFORM_2026)(unit)
    assert ("xa", "Lộc Ninh", REFORM_2026) == (
        unit.unit_type,
        unit.bare_name,
        unit.valid_to,
    )
