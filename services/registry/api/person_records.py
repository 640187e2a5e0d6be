"""Routes about one person's record, its disputes, its end, and pairs of people."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import people as shapes
from services.registry.api.making import CREATED, Routes
from services.registry.verbs import duplicates
from services.registry.verbs import person_records as verbs
from services.registry.verbs.person_records import ERASE, WRITE_PEOPLE

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
_routes.query(
    "/people/disputes", shapes.DisputesList, verbs.people_disputes, shapes.DisputeList
)
_routes.query(
    "/people/duplicates",
    shapes.DuplicatesList,
    duplicates.duplicates_list,
    shapes.DuplicateList,
)
_routes.query(
    "/people/certificates",
    shapes.CertificateGet,
    verbs.person_certificate,
    shapes.CertificateView,
)

ROUTER: Final[APIRouter] = _routes.router
