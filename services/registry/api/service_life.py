"""Routes about a member's life after enrolment."""

from typing import Final

from fastapi import APIRouter

from services.contracts.registry import service_life as shapes
from services.registry.api.making import Routes
from services.registry.verbs import service_life as verbs

_MEMBER: Final = "/force-units/{force_unit_id}/members/{member_id}"

_routes = Routes()
for _path, _request, _handler, _answer in (
    ("/post", shapes.ChangePost, verbs.member_change_post, shapes.MemberChanged),
    ("/suspension", shapes.SuspendMember, verbs.member_suspend, shapes.MemberChanged),
    ("/resumption", shapes.ResumeMember, verbs.member_resume, shapes.MemberChanged),
    (
        "/cessation/proposal",
        shapes.ProposeCessation,
        verbs.member_propose_cessation,
        shapes.CessationMoved,
    ),
    (
        "/cessation/report",
        shapes.ReportCessation,
        verbs.member_report_cessation,
        shapes.CessationMoved,
    ),
    (
        "/cessation/drop",
        shapes.DropCessation,
        verbs.member_drop_cessation,
        shapes.CessationMoved,
    ),
):
    _routes.command(_MEMBER + _path, _request, _handler, _answer)
_routes.command(
    "/force-units/{force_unit_id}/postings",
    shapes.PostDecision,
    verbs.force_unit_post_decision,
    shapes.DecisionPosted,
)
_routes.query(
    "/members/history",
    shapes.MembersHistory,
    verbs.members_history,
    shapes.HistoryAnswer,
)
_routes.query(
    "/member-decisions/by-id",
    shapes.MemberDecisionsGet,
    verbs.member_decisions_get,
    shapes.MemberDecisionsAnswer,
)

ROUTER: Final[APIRouter] = _routes.router
