"""How many neighbourhood guard boards (ban bảo vệ dân phố) stand."""

from collections.abc import Iterable

from services.contracts.registry.events import (
    ForceUnitConsolidatedV1,
    ForceUnitDisbandedV1,
    ForceUnitEstablishedV1,
    ForceUnitEstablishmentWithdrawnV1,
)
from services.reporting.indicators.definition import Contribution, Indicator

FORCE_TYPE = "neighbourhood_guard_board"


def _established(event: ForceUnitEstablishedV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.established_on, 1)


def _withdrawn(event: ForceUnitEstablishmentWithdrawnV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.established_on, -1)


def _disbanded(event: ForceUnitDisbandedV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.disbanded_on, -1)


def _consolidated(event: ForceUnitConsolidatedV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.consolidated_on, -1)


NEIGHBOURHOOD_GUARD_BOARDS = Indicator(
    code="neighbourhood_guard_boards",
    name_vi="Ban bảo vệ dân phố",
    name_en="Neighbourhood guard boards",
    unit_of_count="ban",
    unit_of_count_en="boards",
    kind="stock",
    numerator="Boards established, less those disbanded or consolidated.",
    counted_on="first day of the board; first day without it",
    legal_source="Nghị định 38/2006/NĐ-CP (until 30/06/2024)",
    counts={
        ForceUnitEstablishedV1: _established,
        ForceUnitEstablishmentWithdrawnV1: _withdrawn,
        ForceUnitDisbandedV1: _disbanded,
        ForceUnitConsolidatedV1: _consolidated,
    },
)
