"""What a rating of a year adds to the numbers of one level; for the files of levels."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from services.contracts.registry.rating_events import (
    RatingCorrectedV1,
    RatingDecidedV1,
)
from services.reporting.indicators.definition import Contribution, Indicator

Level = Literal["excellent", "good", "done", "not_done"]


class Named(NamedTuple):
    """Code and names of an indicator."""

    code: str
    name_vi: str
    name_en: str


def teams_rated(level: Level, named: Named) -> Indicator:
    """Return the indicator of the teams of one level."""

    def decided(event: RatingDecidedV1) -> Iterable[Contribution]:
        now = getattr(event.team_counts, level)
        yield Contribution(event.unit_id, event.last_day, now)

    def corrected(event: RatingCorrectedV1) -> Iterable[Contribution]:
        now = getattr(event.team_counts, level)
        before = getattr(event.team_counts_before, level)
        yield Contribution(event.unit_id, event.last_day, now - before)

    return Indicator(
        **named._asdict(),
        unit_of_count="tổ",
        unit_of_count_en="teams",
        kind="flow",
        numerator="Teams with this level in the year, as last corrected.",
        counted_on="last day of the rated year (14/11)",
        legal_source="Hướng dẫn 01/HD-BCA-V05 (2026): yearly rating of Tổ and members",
        counts={RatingDecidedV1: decided, RatingCorrectedV1: corrected},
        in_movement_report=False,
    )


def members_rated(level: Level, named: Named) -> Indicator:
    """Return the indicator of the members of one level."""

    def decided(event: RatingDecidedV1) -> Iterable[Contribution]:
        now = getattr(event.member_counts, level)
        yield Contribution(event.unit_id, event.last_day, now)

    def corrected(event: RatingCorrectedV1) -> Iterable[Contribution]:
        now = getattr(event.member_counts, level)
        before = getattr(event.member_counts_before, level)
        yield Contribution(event.unit_id, event.last_day, now - before)

    return Indicator(
        **named._asdict(),
        unit_of_count="người",
        unit_of_count_en="people",
        kind="flow",
        numerator="Members with this level in the year, as last corrected.",
        counted_on="last day of the rated year (14/11)",
        legal_source="Hướng dẫn 01/HD-BCA-V05 (2026): yearly rating of Tổ and members",
        counts={RatingDecidedV1: decided, RatingCorrectedV1: corrected},
        in_movement_report=False,
    )
