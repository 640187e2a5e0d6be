"""The rule of days that every aggregate shares: only what has happened is recorded."""

from datetime import date

from services.registry.domain import errors


def refuse_future(day: date, today: date, field: str) -> None:
    """Let a day pass that has come. Raises DayInFuture."""
    if day > today:
        raise errors.DayInFuture(field=field, day=day)
