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


def occasions(first_day: date, last_day: date) -> tuple[Occasion, ...]:
    """Return the occasions of the official year that ends on ``last_day``."""
    year = last_day.year
    return (
        Occasion(
            code="tet",
            first=date(year - 1, 12, 20),
            last=date(year, 2, 15),
            share=0.14,
            campaign="Đợt cao điểm bảo đảm an ninh, trật tự dịp Tết Nguyên đán",
        ),
        Occasion(
            code="drugs",
            first=date(year, 6, 1),
            last=date(year, 6, 30),
            share=0.19,
            peak=date(year, 6, 26),
            campaign="Tháng hành động phòng, chống ma túy",
        ),
        Occasion(
            code="trafficking",
            first=date(year, 7, 15),
            last=date(year, 7, 31),
            share=0.08,
            peak=date(year, 7, 30),
            campaign="Ngày toàn dân phòng, chống mua bán người 30/7",
        ),
        Occasion(
            code="festival",
            first=date(year, 7, 1),
            last=date(year, 8, 19),
            share=0.19,
            peak=date(year, 8, 19),
            campaign="Ngày hội Toàn dân bảo vệ an ninh Tổ quốc 19/8",
        ),
        Occasion(
            code="fire",
            first=date(year, 9, 20),
            last=date(year, 10, 10),
            share=0.10,
            peak=date(year, 10, 4),
            campaign="Ngày toàn dân phòng cháy và chữa cháy 04/10",
        ),
        Occasion(
            code="unity",
            first=date(year, 11, 1),
            last=date(year, 11, 18),
            share=0.08,
            peak=date(year, 11, 18),
        ),
        Occasion(code="ordinary", first=first_day, last=last_day, share=0.22),
    )


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
