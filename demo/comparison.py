"""Does the platform count what was published? Line by line, then and restated.

Pure: figures come from demo.figures, the screen shows the lines.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the gateway answered for one indicator of the year.

    ``then`` is the province as it was. ``today`` is its successor on restated
    geography; ``beside`` is what the other units that it absorbed had themselves.
    """

    indicator: str
    name: str
    unit_of_count: str
    then: int | None
    today: int | None
    beside: int


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator beside its published figure; None where none was published."""

    counted: Counted
    published: int | None

    @property
    def is_matched(self) -> bool | None:
        """Tell whether the province counts what was published."""
        if self.published is None:
            return None
        return self.counted.then == self.published

    @property
    def is_inside_today(self) -> bool:
        """Tell whether the successor shows the province's figure inside its own."""
        counted = self.counted
        if counted.today is None or counted.then is None:
            return False
        return counted.today == counted.then + counted.beside


def compare(counted: Iterable[Counted], published: Mapping[str, int]) -> list[Line]:
    """Return a line for each indicator, and one for each figure that is missing."""
    lines = [Line(count, published.get(count.indicator)) for count in counted]
    seen = {line.counted.indicator for line in lines}
    missing = [
        Line(
            Counted(
                indicator=code,
                name=code,
                unit_of_count="",
                then=None,
                today=None,
                beside=0,
            ),
            figure,
        )
        for code, figure in published.items()
        if code not in seen
    ]
    return lines + missing


def all_matched(lines: Iterable[Line]) -> bool:
    """Tell whether every published figure is matched, then and inside today's."""
    told = [line for line in lines if line.published is not None]
    return bool(told) and all(x.is_matched and x.is_inside_today for x in told)
