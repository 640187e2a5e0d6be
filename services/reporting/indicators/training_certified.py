"""How many certificates of training were given; who was in two courses counts twice."""

from collections.abc import Iterable

from services.contracts.registry.care_events import CourseCertifiedV1
from services.reporting.indicators.definition import Contribution, Indicator


def _certified(event: CourseCertifiedV1) -> Iterable[Contribution]:
    yield Contribution(event.unit_id, event.certified_on, event.certified)


TRAINING_CERTIFIED = Indicator(
    code="training_certified",
    name_vi="Lượt thành viên được chứng nhận hoàn thành bồi dưỡng, huấn luyện",
    name_en="Certificates of training given to members",
    unit_of_count="lượt",
    unit_of_count_en="certificates",
    kind="flow",
    numerator="Members certified in a course, once for each course.",
    counted_on="day of the certificate",
    legal_source="Thông tư 14/2024/TT-BCA (the count is ours)",
    counts={CourseCertifiedV1: _certified},
)
