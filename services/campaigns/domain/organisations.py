"""Who may organise a session or keep a model, by day; and who speaks for whom.

Reference data: a row ends or is added when the law changes, none is edited.
Source: Hiến pháp 2013 Đ.9 (Mặt trận and its members); since 1 July 2025 the
socio-political organisations stand under MTTQ (glossary: organisation).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.campaigns.domain.errors import (
    NotActingForOrganisation,
    OrganisationUnknown,
)

POLICE: Final = "police"


@dataclass(frozen=True, slots=True)
class Organisation:
    """One row of the list; ``valid_to`` is the first day on which it is off it."""

    code: str
    name_vi: str
    member_of: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def on_list(self, day: date) -> bool:
        """Tell whether the organisation is on the list on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)


ORGANISATIONS: Final[tuple[Organisation, ...]] = (
    Organisation(POLICE, "Công an"),
    Organisation("steering_committee", "Ban Chỉ đạo 138"),
    Organisation("peoples_committee", "Ủy ban nhân dân"),
    Organisation("department", "Sở, ban, ngành"),
    Organisation("school", "Cơ sở giáo dục"),
    Organisation("enterprise", "Doanh nghiệp"),
    Organisation("mttq", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    Organisation("women_union", "Hội Liên hiệp Phụ nữ", "mttq"),
    Organisation("farmers_union", "Hội Nông dân", "mttq"),
    Organisation("youth_union", "Đoàn Thanh niên Cộng sản Hồ Chí Minh", "mttq"),
    Organisation("veterans_association", "Hội Cựu chiến binh", "mttq"),
    Organisation("elderly_association", "Hội Người cao tuổi", "mttq"),
    Organisation("trade_union", "Công đoàn", "mttq"),
    Organisation(
        "police_veterans_association",
        "Hội Cựu Công an nhân dân",
        "mttq",
        valid_from=date(2022, 12, 27),
    ),
)


def organisation_on(
    code: str,
    day: date,
    field: str,
    among: Sequence[Organisation] = ORGANISATIONS,
) -> Organisation:
    """Return the organisation of that code on a day. Raises OrganisationUnknown."""
    for organisation in among:
        if organisation.code == code and organisation.on_list(day):
            return organisation
    raise OrganisationUnknown(field=field, organisation=code, day=day)


def require_acting_for(agency: str | None, code: str, field: str | None = None) -> None:
    """Let an agency act for itself and its members; the police act for everybody.

    A caller without an agency is an officer of the police. Raises
    NotActingForOrganisation.
    """
    if agency is None or agency in (POLICE, code):
        return
    if any(o.code == code and o.member_of == agency for o in ORGANISATIONS):
        return
    raise NotActingForOrganisation(field=field, agency=agency, organisation=code)
