"""How many courses of training (lớp bồi dưỡng, huấn luyện) were held."""

from collections.abc import Iterable

from services.contracts.registry.care_events import CourseHeldV1
from services.reporting.indicators.definition import Contribution, Indicator


def _held(event: CourseHeldV1) -> Iterable[Contribution]:
    yield Contribution(event.unit_id, event.held_on, 1)


TRAINING_COURSES = Indicator(
    code="training_courses",
    name_vi="Lớp bồi dưỡng, huấn luyện đã tổ chức",
    name_en="Courses of training held",
    unit_of_count="lớp",
    unit_of_count_en="courses",
    kind="flow",
    numerator="Courses recorded as held.",
    counted_on="day on which the course was held",
    legal_source="Thông tư 14/2024/TT-BCA (the count is ours)",
    counts={CourseHeldV1: _held},
)
