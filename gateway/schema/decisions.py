"""Decisions as callers cite them; taken by commands about forces and their members."""

import enum
from datetime import date

import strawberry

from gateway.schema.base import choice, column, taken


@choice
class Issuer(enum.Enum):
    """Who signed a decision (cơ quan, người ký)."""

    COMMUNE_CHAIRMAN = strawberry.enum_value(
        "commune_chairman", description="Chủ tịch UBND cấp xã."
    )
    COMMUNE_COMMITTEE = strawberry.enum_value(
        "commune_committee", description="UBND cấp xã."
    )
    COMMUNE_POLICE = strawberry.enum_value(
        "commune_police", description="Công an cấp xã."
    )
    DISTRICT_CHAIRMAN = strawberry.enum_value(
        "district_chairman", description="Chủ tịch UBND cấp huyện, đến 30/06/2025."
    )
    DISTRICT_COMMITTEE = strawberry.enum_value(
        "district_committee", description="UBND cấp huyện, đến 30/06/2025."
    )
    PROVINCE_CHAIRMAN = strawberry.enum_value(
        "province_chairman", description="Chủ tịch UBND cấp tỉnh."
    )
    PROVINCE_COMMITTEE = strawberry.enum_value(
        "province_committee", description="UBND cấp tỉnh."
    )
    PROVINCE_COUNCIL = strawberry.enum_value(
        "province_council", description="HĐND cấp tỉnh."
    )
    PROVINCE_POLICE = strawberry.enum_value(
        "province_police", description="Công an cấp tỉnh."
    )


@taken
class DecisionInput:
    """A decision as it is cited (quyết định)."""

    number: str = column("Number and symbol, 123/QĐ-UBND (số, ký hiệu).")
    decided_on: date = column("Day of the decision (ngày ký).")
    issuer: Issuer = column("Who signed it (người ký).")
