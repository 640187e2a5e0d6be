"""Forces as dated legal categories: which law knew which force, when and where.

Source of the dates: domain notes, part 1.6. Days marked "issue" are those of the text
itself; the day from which the text took effect was not verified.
"""

from datetime import date
from typing import Final, NamedTuple

from services.registry.domain.values import Period, Post

CONSOLIDATED: Final = date(2024, 7, 1)  # Luật 30/2023/QH15


class ForceType(NamedTuple):
    """One legal category of force."""

    code: str
    name: str
    legal_basis: str
    in_force: Period
    unit_types: frozenset[str]
    one_per_unit: bool
    posts: dict[Post, str]


_COMMUNES: Final = frozenset({"xa", "phuong", "thi_tran", "dac_khu"})

FORCE_TYPES: Final = {
    force.code: force
    for force in (
        ForceType(
            code="neighbourhood_guard_board",
            name="Ban bảo vệ dân phố",
            legal_basis="38/2006/NĐ-CP",
            in_force=Period(date(2006, 4, 17), CONSOLIDATED),  # issue
            unit_types=frozenset({"phuong", "thi_tran"}),
            one_per_unit=True,
            posts={
                Post.LEADER: "Trưởng ban",
                Post.DEPUTY: "Phó trưởng ban",
                Post.MEMBER: "Ủy viên, tổ viên",
            },
        ),
        ForceType(
            code="part_time_commune_police",
            name="Công an xã bán chuyên trách",
            legal_basis="06/2008/PL-UBTVQH12; 73/2009/NĐ-CP",
            in_force=Period(date(2008, 11, 21), CONSOLIDATED),  # issue
            unit_types=frozenset({"xa", "thi_tran"}),
            one_per_unit=True,
            posts={
                Post.LEADER: "Trưởng Công an xã",
                Post.DEPUTY: "Phó trưởng Công an xã",
                Post.MEMBER: "Công an viên",
            },
        ),
        ForceType(
            code="civil_defence_team",
            name="Đội dân phòng",
            legal_basis="27/2001/QH10; 55/2024/QH15",
            in_force=Period(date(2001, 6, 29), None),  # issue
            unit_types=_COMMUNES,
            one_per_unit=False,
            posts={
                Post.LEADER: "Đội trưởng",
                Post.DEPUTY: "Đội phó",
                Post.MEMBER: "Đội viên",
            },
        ),
        ForceType(
            code="security_order_team",
            name="Tổ bảo vệ an ninh, trật tự",
            legal_basis="30/2023/QH15",
            in_force=Period(CONSOLIDATED, None),
            unit_types=_COMMUNES,
            one_per_unit=False,
            posts={
                Post.LEADER: "Tổ trưởng",
                Post.DEPUTY: "Tổ phó",
                Post.MEMBER: "Tổ viên",
            },
        ),
    )
}
