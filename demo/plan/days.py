"""When does the year have its sessions? The real occasions of the movement.

Source: domain notes, part 2.2; 18/11 is the festival of national unity. Shares are a
choice of this plan.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A stretch of the year with its share of the sessions; ``peak`` is its day."""

    code: str
    first: date
    last: date
    share: float
    peak: date | None = None
    campaign: str | None = None


# Code, first and last day (year beside the official one, month, day), share, peak,
# drive.
_Day = tuple[int, int, int]
_OF_THE_YEAR: tuple[tuple[str, _Day, _Day, float, _Day | None, str | None], ...] = (
    (
        "tet",
        (-1, 12, 20),
        (0, 2, 15),
        0.14,
        None,
        "Đợt cao điểm bảo đảm an ninh, trật tự dịp Tết Nguyên đán",
    ),
    (
        "drugs",
        (0, 6, 1),
        (0, 6, 30),
        0.19,
        (0, 6, 26),
        "Tháng hành động phòng, chống ma túy",
    ),
    (
        "trafficking",
        (0, 7, 15),
        (0, 7, 31),
        0.08,
        (0, 7, 30),
        "Ngày toàn dân phòng, chống mua bán người 30/7",
    ),
    (
        "festival",
        (0, 7, 1),
        (0, 8, 19),
        0.19,
        (0, 8, 19),
        "Ngày hội Toàn dân bảo vệ an ninh Tổ quốc 19/8",
    ),
    (
        "fire",
        (0, 9, 20),
        (0, 10, 10),
        0.10,
        (0, 10, 4),
        "Ngày toàn dân phòng cháy và chữa cháy 04/10",
    ),
    ("unity", (0, 11, 1), (0, 11, 18), 0.08, (0, 11, 18), None),
)


def occasions(first_day: date, last_day: date) -> tuple[Occasion, ...]:
    """Return the occasions of the official year that ends on ``last_day``."""

    def on(day: _Day) -> date:
        return date(last_day.year + day[0], day[1], day[2])

    dated = (
        Occasion(
            code=code,
            first=on(first),
            last=on(last),
            share=share,
            peak=on(peak) if peak else None,
            campaign=campaign,
        )
        for code, first, last, share, peak, campaign in _OF_THE_YEAR
    )
    ordinary = Occasion(code="ordinary", first=first_day, last=last_day, share=0.22)
    return (*dated, ordinary)


def day_of(occasion: Occasion, chance: Random) -> date:
    """Return a day of the occasion; one in five sessions is held on its very day."""
    if occasion.peak is not None and chance.random() < 0.2:
        return occasion.peak
    return day_between(occasion.first, occasion.last, chance)


def day_between(first: date, last: date, chance: Random) -> date:
    """Return a day from ``first`` to ``last``, both included."""
    return first + timedelta(days=chance.randint(0, (last - first).days))


def latest(*days: date | None) -> date:
    """Return the latest of the days that are given."""
    return max(_given(days))


def earliest(*days: date | None) -> date:
    """Return the earliest of the days that are given."""
    return min(_given(days))


def _given(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day is not None]
