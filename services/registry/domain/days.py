"""The rule of days that every aggregate shares: only what has happened is recorded."""

from datetime import date

from services.registry.domain import errors
from services.registry.domain.values import Period


def refuse_future(day: date, today: date, field: str) -> None:
    """Let a day pass that has come. Raises DayInFuture."""
    if day > today:
        raise errors.DayInFuture(field=field, day=day)


def refuse_outside_lives(
    day: date, force_life: Period, unit_life: Period, field: str
) -> None:
    """Let nobody serve before the force or outside its unit's life.

    Raises OutsideForceUnitLife, OutsideUnitLife.
    """
    if not force_life.holds(day):
        raise errors.OutsideForceUnitLife(field=field, day=day)
    if not unit_life.holds(day):
        raise errors.OutsideUnitLife(field=field, day=day)
