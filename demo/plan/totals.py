"""The sums to be spread: the published ones, or a smaller load of the same shape."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from demo.published import Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the records of a period have to add up to."""

    name: str
    first_day: date
    last_day: date
    sessions: int
    attendances: int
    valuable_tips: int
    police_models: int
    mttq_points: int
    boards: int
    guards: int
    police: int

    @classmethod
    def of(cls, published: Published, share: float = 1.0) -> Self:
        """Take the published sums, or a share of each for a smaller load."""

        def part(indicator: str) -> int:
            return max(1, round(published.figures[indicator].value * share))

        return cls(
            name=f"{published.province_code}/{published.year}/{share:g}",
            first_day=published.first_day,
            last_day=published.last_day,
            sessions=part("sessions_held"),
            attendances=part("session_attendances"),
            valuable_tips=part("valuable_tips"),
            police_models=part("police_model_types"),
            mttq_points=part("mttq_model_points"),
            boards=part("neighbourhood_guard_boards"),
            guards=part("neighbourhood_guard_members"),
            police=part("part_time_commune_police"),
        )

    def figures(self) -> dict[str, int]:
        """Return the sums by the codes of the indicators."""
        return {
            "sessions_held": self.sessions,
            "session_attendances": self.attendances,
            "valuable_tips": self.valuable_tips,
            "police_model_types": self.police_models,
            "mttq_model_points": self.mttq_points,
            "neighbourhood_guard_boards": self.boards,
            "neighbourhood_guard_members": self.guards,
            "part_time_commune_police": self.police,
        }
