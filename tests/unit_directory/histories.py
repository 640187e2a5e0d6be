"""Arbitrary true histories of a few units, as the registry's aggregates tell them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hypothesis import strategies as st

from services.chassis.errors import DomainError
from services.chassis.event_store import RecordedEvent
from services.contracts.registry.units import Level, unit_id
from services.registry.domain.unit import UndoReason, Unit, UnitFacts
from services.registry.domain.values import Heir
from services.registry.publishing import publish
from services.unit_directory.tables import UnitFact

BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_FIRST_DAY: Final = date(2025, 7, 1)
_LEVELS: Final[tuple[Level, ...]] = ("country", "province", "commune", "commune")


def country() -> list[Unit]:
    """Return a country, a province and some communes as they are established."""
    made: list[Unit] = []
    for number, level in enumerate((*_LEVELS, *_LEVELS[2:], *_LEVELS[2:])):
        above = None if number == 0 else made[0 if level == "province" else 1]
        code = "VN" if number == 0 else f"{number:05}"
        since = None if level == "country" else _FIRST_DAY
        label = code if above is None else f"{above.path}.{code}-2025"
        facts = UnitFacts(
            code=code,
            level=level,
            unit_type="xa",
            name=f"Xã {code}",
            bare_name=code,
            parent_id=None if above is None else above.id,
            path=label,
            valid_from=since,
            legal_basis=None,
        )
        made.append(Unit.establish(unit_id(level, code, since), facts))
    return made


def _rename(unit: Unit, day: date, number: int, _: UUID) -> None:
    unit.rename(
        effective_on=day, name=f"Xã {number}", bare_name=f"{number}", legal_basis=None
    )


def _retype(unit: Unit, day: date, number: int, _: UUID) -> None:
    unit.retype(
        effective_on=day,
        unit_type="phuong",
        name=f"Phường {number}",
        legal_basis=None,
    )


def _abolish(unit: Unit, day: date, number: int, other: UUID) -> None:
    heir = Heir(other, whole=number % 2 == 0, kind="merge")
    unit.abolish(valid_to=day, legal_basis=None, successors=[heir])


def _give(unit: Unit, day: date, _: int, other: UUID) -> None:
    unit.transfer_part(effective_on=day, to_unit_id=other, legal_basis=None)


def _undo(unit: Unit, _: date, __: int, ___: UUID) -> None:
    last = unit.changes[-1].version if unit.changes else 0
    unit.undo(last, reason=UndoReason.ENTERED_WRONGLY, legal_basis=None)


def _void(unit: Unit, _: date, __: int, other: UUID) -> None:
    heirs = [Heir(other, whole=True, kind="void")]
    unit.void(reason=UndoReason.ENTERED_WRONGLY, heirs=heirs, legal_basis=None)


_STEPS: Final[tuple[Callable[[Unit, date, int, UUID], None], ...]] = (
    _rename,
    _retype,
    _abolish,
    _give,
    _undo,
    _undo,
    _void,
)


@st.composite
def histories(draw: st.DrawFn) -> list[UnitFact]:
    """Draw what a register recorded, in the order of its log, a minute apart."""
    units = country()
    recorded: list[Any] = [e for unit in units for e in unit.collect_events()]
    for number in range(draw(st.integers(0, 14))):
        unit = units[draw(st.integers(0, len(units) - 1))]
        other = draw(st.sampled_from([u.id for u in units if u.id != unit.id]))
        day = _FIRST_DAY + timedelta(days=30 * draw(st.integers(0, 12)))
        try:
            draw(st.sampled_from(_STEPS))(unit, day, number, other)
        except DomainError:
            continue  # the rules of the aggregate decide which histories there are
        recorded.extend(unit.collect_events())
    return [fact_told(event, n) for n, event in enumerate(recorded, start=1)]


def fact_told(event: Any, position: int) -> UnitFact:
    """Return a recorded event as the fact that others are told."""
    row = RecordedEvent(
        position, event, "", event.originator_id, event.originator_version
    )
    public = publish(row)
    assert public is not None
    at = BEGIN + timedelta(minutes=position)
    return UnitFact(event.originator_version, public, position, at)
