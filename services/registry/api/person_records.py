"""Routes about one person's record, its disputes, its end, and pairs of people."""

import dataclasses
from typing import Final
from uuid import UUID

from fastapi import APIRouter

from services.chassis.calls import Call
from services.contracts.registry import people as shapes
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.units import UnitCode, UnitRef
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import duplicates
from services.registry.verbs import person_records as verbs
from services.registry.verbs.person_records import ERASE, WRITE_PEOPLE


class DisputesQuery(Request, frozen=True):
    """Disputes of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    person_id: UUID | None = None
    only_open: bool = False
    first: First = 50
    after: Cursor | None = None


class DuplicatesQuery(Request, frozen=True):
    """Pairs of a unit's subtree, as a query string."""

    unit_id: UUID | None = None
    unit_code: UnitCode | None = None
    first: First = 50
    after: Cursor | None = None


async def list_disputes(call: Call[DisputesQuery]) -> shapes.DisputeList:
    """List disputes of a unit's subtree with their clocks and answers."""
    asked = call.body
    body = shapes.DisputesList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        person_id=asked.person_id,
        only_open=asked.only_open,
        first=asked.first,
        after=asked.after,
    )
    return await verbs.people_disputes(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


async def list_duplicates(call: Call[DuplicatesQuery]) -> shapes.DuplicateList:
    """List pairs that may be one person, of whom one is of a unit's subtree."""
    asked = call.body
    body = shapes.DuplicatesList(
        unit=UnitRef(asked.unit_id, asked.unit_code),
        first=asked.first,
        after=asked.after,
    )
    return await duplicates.duplicates_list(dataclasses.replace(call, body=body))  # type: ignore[arg-type]


_ONE: Final = "/people/{person_id}"
_routes = Routes()
_routes.command(
    f"{_ONE}/correction",
    shapes.CorrectPerson,
    verbs.person_correct,
    shapes.PersonCorrected,
    scope=WRITE_PEOPLE,
)
_routes.command(
    f"{_ONE}/disputes",
    shapes.DisputePerson,
    verbs.person_dispute,
    shapes.PersonDisputed,
    status=CREATED,
    scope=WRITE_PEOPLE,
)
_routes.command(
    f"{_ONE}/disputes/{{dispute_id}}/answer",
    shapes.AnswerDispute,
    verbs.person_answer_dispute,
    shapes.DisputeAnswered,
    scope=WRITE_PEOPLE,
)
_routes.command(
    f"{_ONE}/erasure",
    shapes.ErasePerson,
    verbs.person_erase,
    shapes.PersonErased,
    scope=ERASE,
)
_routes.command(
    f"{_ONE}/merger",
    shapes.MergePeople,
    duplicates.person_merge,
    shapes.TwoPeopleAnswer,
    scope=WRITE_PEOPLE,
)
_routes.command(
    f"{_ONE}/parting",
    shapes.UnmergePeople,
    duplicates.person_unmerge,
    shapes.TwoPeopleAnswer,
    scope=WRITE_PEOPLE,
)
_routes.command(
    "/people/duplicates/dismissal",
    shapes.DismissDuplicate,
    duplicates.duplicates_dismiss,
    shapes.TwoPeopleAnswer,
    scope=WRITE_PEOPLE,
)
_routes.query("/people/disputes", DisputesQuery, list_disputes, shapes.DisputeList)
_routes.query(
    "/people/duplicates", DuplicatesQuery, list_duplicates, shapes.DuplicateList
)
_routes.query(
    "/people/certificates",
    shapes.CertificateGet,
    verbs.person_certificate,
    shapes.CertificateView,
)

ROUTER: Final[APIRouter] = _routes.router
