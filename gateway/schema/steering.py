"""Committees 138, partner organisations and their coordination programmes."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    Info,
    OnDay,
    OnDayOrEver,
    argument,
    column,
    output,
    resolved,
    taken,
)
from gateway.schema.connections import Connection, page
from gateway.schema.enums import UnitLevel
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import unit_of
from gateway.schema.units import Unit
from services.contracts.registry import steering

COMMITTEES: Final = Question(
    "registry", "steering_committees.list", steering.CommitteesList
)
PROGRAMMES: Final = Question("registry", "programmes.list", steering.ProgrammesList)
PARTNERS: Final = Question("registry", "partners.list", steering.PartnersList)
STEERING_WORDS: Final = Question(
    "registry", "steering_words.list", steering.SteeringWordsList
)


@output
class SteeringSeat:
    """A post of a committee and the office that holds it, never a person (vị trí)."""

    post: str = column("head, standing_deputy, deputy, member or standing_body.")
    office: str = column("Code of the office (chức danh); see steeringWords.")
    holders: int = column("How many hold it.")


@output
class SteeringCommittee:
    """A committee 138 in its composition of a day (Ban Chỉ đạo)."""

    id: strawberry.ID = column("Opaque id, the same for ever (mã định danh).")
    unit: Unit | None = resolved(unit_of, "Its unit (đơn vị).", ["unit_id"])
    level: str = column("Level of the unit (cấp).")
    name: str = column("What it is called (tên gọi).")
    standing_body: str = column("Body that stands in for it (cơ quan thường trực).")
    seats: list[SteeringSeat] = column("Posts and the offices that hold them.")
    state: str = column("established (thành lập) or reconstituted (kiện toàn).")
    effective_on: date = column("First day of this composition.")
    until: date | None = column("First day without it.")
    number: str = column("Number of the decision (số quyết định).")
    decided_on: date = column("Day of the decision.")
    issuer: str = column("Office that signed it (người ký).")


@output
class CoordinationProgramme:
    """A programme that partners signed (chương trình phối hợp)."""

    id: strawberry.ID = column("Opaque id, the same for ever (mã định danh).")
    unit: Unit | None = resolved(unit_of, "Its unit (đơn vị).", ["unit_id"])
    level: str = column("Level of the unit (cấp).")
    number: str = column("Number and symbol (số, ký hiệu).")
    parties: list[str] = column("Codes of the partners (các bên).")
    signed_on: date = column("Day of signing (ngày ký).")
    valid_from: date = column("First day (hiệu lực từ).")
    valid_to: date = column("First day without (hết hiệu lực).")
    mid_term_on: date | None = column("Mid-term review due (hạn sơ kết).")
    final_on: date | None = column("Final review due (hạn tổng kết).")
    mid_term_held_on: date | None = column("Mid-term review held (đã sơ kết).")
    final_held_on: date | None = column("Final review held (đã tổng kết).")
    state: str = column("signed, active, reviewed, ended or renewed, on the day.")
    over_on: date | None = column("Day on which it was ended or renewed.")


@output
class PartnerOrganisation:
    """A partner organisation for some days (tổ chức phối hợp)."""

    code: str = column("Its code (mã).")
    name: str = column("Its name (tên gọi).")
    member_of: str | None = column("Whose member it is (thành viên của).")
    parent: str | None = column("Whom it stands under (trực thuộc).")
    valid_from: date | None = column("First day of this row; null where not known.")
    valid_to: date | None = column("First day without.")
    source: str = column("Where it stands (nguồn).")
    mark: str = column("V read in law, R reported, S source, G general, ? unverified.")


@output
class SteeringOffice:
    """An office, or a standing body, of committees (chức danh, cơ quan)."""

    code: str = column("Its code (mã).")
    name: str = column("Its name (tên gọi).")
    organisation: str | None = column("Organisation that it belongs to.")
    levels: list[str] = column("Levels at which it exists (cấp).")
    valid_from: date | None = column("First day; null where not known.")
    valid_to: date | None = column("First day without.")
    source: str = column("Where it stands (nguồn).")
    mark: str = column("V read in law, R reported, S source, G general, ? unverified.")


@output
class SteeringWords:
    """What posts of committees may name (danh mục)."""

    offices: list[SteeringOffice] = column("Offices (chức danh).")
    standing_bodies: list[SteeringOffice] = column("Standing bodies.")


OfSubtree = Annotated[UnitRef, argument("Unit whose subtree is meant (đơn vị).")]


async def steering_committees(
    info: Info,
    unit: OfSubtree,
    first: First,
    after: After = None,
    level: Annotated[UnitLevel | None, argument("Keep one level (cấp).")] = None,
    on: OnDay = None,
) -> Any:
    """Answer Query.steeringCommittees."""
    return await page(
        info,
        COMMITTEES,
        after,
        unit=unit_ref(unit),
        first=first,
        level=level.value if level else None,
        on=on,
    )


@taken
class ProgrammeFilter:
    """Which programmes a list keeps."""

    party: str | None = strawberry.field(
        default=None, description="Those of one partner (một bên)."
    )
    running: bool = strawberry.field(
        default=False, description="Those in force on the day (còn hiệu lực)."
    )


async def coordination_programmes(
    info: Info,
    unit: OfSubtree,
    first: First,
    after: After = None,
    only: Annotated[ProgrammeFilter | None, argument("Which to keep.")] = None,
    on: OnDay = None,
) -> Any:
    """Answer Query.coordinationProgrammes."""
    return await page(
        info,
        PROGRAMMES,
        after,
        unit=unit_ref(unit),
        first=first,
        party=only.party if only else None,
        only_running=only.running if only else None,
        on=on,
    )


async def partner_organisations(info: Info, on: OnDayOrEver = None) -> Any:
    """Answer Query.partnerOrganisations."""
    return (await info.context.ask(PARTNERS, {"on": on}))["rows"]


async def steering_words(info: Info, on: OnDayOrEver = None) -> Any:
    """Answer Query.steeringWords."""
    return await info.context.ask(STEERING_WORDS, {"on": on})


@output
class SteeringQueries:
    """Questions about committees and partners, part of Query."""

    steering_committees: Connection[SteeringCommittee] | None = resolved(
        steering_committees, "Committees 138 of a subtree on a day (Ban Chỉ đạo)."
    )
    coordination_programmes: Connection[CoordinationProgramme] | None = resolved(
        coordination_programmes, "What partners of a subtree signed (chương trình)."
    )
    partner_organisations: list[PartnerOrganisation] | None = resolved(
        partner_organisations, "Partners, every row or those of a day (tổ chức)."
    )
    steering_words: SteeringWords | None = resolved(
        steering_words, "Offices and standing bodies of committees (danh mục)."
    )
