"""Tips: the valuable ones that were published, and others that were not counted.

How many tips came in all was not published; the shares here are a choice of this plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import get_args

from demo.plan.days import day_between
from demo.plan.names import person_name
from demo.plan.records import PlannedTip
from demo.plan.spreading import spread
from demo.plan.totals import Totals
from demo.plan.weights import weights_of
from demo.province import Place, Province
from services.contracts.tips.api import RoutedTo, ValueReason
from services.contracts.tips.events import Category, Channel, TriageOutcome

_NOT_VALUABLE, _INSUFFICIENT, _ROUTED_OUT, _SPAM = 0.35, 0.15, 0.05, 0.05
_TEXTS: dict[Category, str] = {
    "drugs": "Có người lạ thường xuyên tụ tập, nghi mua bán ma túy",
    "theft": "Xe máy để trước nhà bị lấy trộm trong đêm",
    "gambling": "Một số người tụ tập đánh bạc ăn tiền vào buổi tối",
    "online_fraud": "Có cuộc gọi giả danh cơ quan nhà nước đòi chuyển tiền",
    "loan_sharking": "Tờ rơi cho vay lãi nặng được dán ở nhiều cột điện",
    "fire_hazard": "Dây điện chập, tóe lửa gần kho chứa hàng",
    "traffic_hazard": "Đoạn đường sạt lở không có biển cảnh báo",
    "found_ordnance": "Người dân phát hiện vật nghi là đạn cũ khi làm nương",
    "smuggling_counterfeits": "Có nơi bán thuốc bảo vệ thực vật không nhãn mác",
    "violence": "Nhóm thanh niên mang hung khí đuổi đánh nhau",
}
_CHANNELS: tuple[Channel, ...] = (
    "in_person",
    "in_person",
    "phone_duty",
    "phone_113",
    "tip_box",
    "grassroots_force",
    "zalo",
    "post",
)
_FOR: tuple[ValueReason, ...] = (
    "led_to_clearance",
    "led_to_prevention",
    "confirmed_on_site",
)
_AGAINST: tuple[ValueReason, ...] = ("already_known", "not_confirmed", "too_vague")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fate:
    """What becomes of a tip."""

    outcome: TriageOutcome
    valuable: bool | None = None


def plan_tips(province: Province, totals: Totals, seed: str) -> list[PlannedTip]:
    """Return the valuable tips, the others, and two at the edges of the period."""
    chance = Random(f"{seed}/tips")
    places = list(province.communes)
    weights = weights_of(places, chance)
    fates = list(_fates(totals.valuable_tips))
    dealt: list[tuple[Place, _Fate]] = []
    for fate, number in fates:
        parts = spread(number, weights)
        for place, part in zip(places, parts, strict=True):
            dealt += [(place, fate)] * part
    tips = [
        _tip(number, place, fate, totals, chance)
        for number, (place, fate) in enumerate(dealt, start=1)
    ]
    return [*tips, *_at_the_edges(len(tips), places[0], totals, chance)]


def _fates(valuable: int) -> Iterator[tuple[_Fate, int]]:
    def part(share: float) -> int:
        return max(1, round(valuable * share))

    yield _Fate(outcome="accepted", valuable=True), valuable
    yield _Fate(outcome="accepted", valuable=False), part(_NOT_VALUABLE)
    yield _Fate(outcome="insufficient"), part(_INSUFFICIENT)
    yield _Fate(outcome="routed_out"), part(_ROUTED_OUT)
    yield _Fate(outcome="spam"), part(_SPAM)


def _tip(
    number: int, place: Place, fate: _Fate, totals: Totals, chance: Random
) -> PlannedTip:
    category, text = chance.choice(list(_TEXTS.items()))
    received = day_between(totals.first_day, totals.last_day, chance)
    triaged = min(received + timedelta(days=chance.randint(0, 2)), totals.last_day)
    valued = min(triaged + timedelta(days=chance.randint(1, 20)), totals.last_day)
    rated = fate.valuable is not None
    routes: tuple[RoutedTo, ...] = get_args(RoutedTo)
    return PlannedTip(
        label=str(number),
        place=place,
        category=category,
        channel=chance.choice(_CHANNELS),
        text=f"{text}, tại {place.in_sentence}. (Tin thử nghiệm số {number}.)",
        contact=person_name(5000 + number) if chance.random() < 0.3 else None,
        received_on=received,
        triaged_on=triaged,
        outcome=fate.outcome,
        routed_to=chance.choice(routes) if fate.outcome == "routed_out" else None,
        valued_on=valued if rated else None,
        valuable=bool(fate.valuable),
        reason=chance.choice(_FOR if fate.valuable else _AGAINST) if rated else None,
    )


def _at_the_edges(
    number: int, place: Place, totals: Totals, chance: Random
) -> Iterator[PlannedTip]:
    """Return a tip rated on the day before the period, and one on the day after."""
    fate = _Fate(outcome="accepted", valuable=True)
    first, last = totals.first_day, totals.last_day

    def rated(label: str, on: date, ahead: int) -> PlannedTip:
        nonlocal number
        number += 1
        received = on - timedelta(days=ahead)
        return replace(
            _tip(number, place, fate, totals, chance),
            label=label,
            received_on=received,
            triaged_on=received,
            valued_on=on,
        )

    yield rated("rated-before", first - timedelta(days=1), ahead=4)
    yield rated("rated-after", last + timedelta(days=1), ahead=3)
