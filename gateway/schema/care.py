"""Credentials, care, training, ratings, and what is due: numbers and days, no names."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    Info,
    OnDay,
    Root,
    argument,
    column,
    global_id,
    identity,
    optional_identity,
    output,
    resolved,
)
from gateway.schema.care_enums import (
    CareOccasion,
    ClaimState,
    CredentialKind,
    VisitingBody,
    VisitState,
)
from gateway.schema.connections import Connection, page
from gateway.schema.forces import ForceUnit
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import force_unit_of, unit_of
from gateway.schema.scalars import Count
from gateway.schema.units import Unit
from services.contracts.registry import care
from services.contracts.registry.credentials import CredentialsList, MemberCardsGet
from services.contracts.registry.deadlines import DeadlinesList

CREDENTIALS: Final = Question("registry", "credentials.list", CredentialsList)
MEMBER_CARDS: Final = Question("registry", "member_cards.get", MemberCardsGet)
DEADLINES: Final = Question("registry", "deadlines.list", DeadlinesList)
CLAIMS: Final = Question("registry", "claims.list", care.ClaimsList)
VISITS: Final = Question("registry", "visits.list", care.VisitsList)
CARE_RULES: Final = Question("registry", "care_rules.list", care.CareRulesList)

InSubtree = Annotated[UnitRef, argument("Unit whose subtree is meant (đơn vị).")]
OfMember = Annotated[strawberry.ID | None, argument("Keep one member.")]
_PLACE = "Commune that it belongs to (đơn vị)."


def _member_id(root: Root) -> Any:
    return global_id("Member", root["member_id"])


def member() -> Any:
    """Declare the id of the member that a row speaks of."""
    return resolved(_member_id, "Id of the member, never a name.", ["member_id"])


def place() -> Any:
    """Declare the unit that a row belongs to."""
    return resolved(unit_of, _PLACE, ["unit_id"])


def word(given: Any) -> Any:
    """Return the contract's word of a choice, or None without one."""
    return None if given is None else given.value


def _of(member_id: str | None) -> str | None:
    return optional_identity(member_id, "Member", "memberId")


@output
class Deadline:
    """Something that is due about one subject (việc có thời hạn)."""

    kind: str = column("Code of what is due (loại việc).")
    subject_id: str = column("What it is due about: a plain id within its kind.")
    unit: Unit | None = place()
    due_on: date = column("Last day in time (hạn).")
    overdue: bool = column("Whether that day has passed (quá hạn).")
    days_overdue: Count = column("Days since then.")


@output
class Credential:
    """A badge or certificate of a commune (phù hiệu, giấy chứng nhận)."""

    id: strawberry.ID = column("Id of the credential.")
    member_id: strawberry.ID = member()
    unit: Unit | None = place()
    kind: CredentialKind = column("Which kind (loại).")
    number: int = column("Number in the commune (số hiệu).")
    issued_on: date = column("Day of issue (ngày cấp).")
    ended_on: date | None = column("Day of exchange, reissue or revocation.")
    ending: str | None = column("Code of how it ended.")
    recovery_due_on: date | None = column("Until when it has to come back (thu hồi).")


@output
class MemberCard:
    """A signed word for one day that somebody serves (thẻ điện tử trong ngày)."""

    active: bool = column("Whether the member serves on that day.")
    day: date = column("The only day on which it holds.")
    token: str = column("Compact JWS; show it as a QR code. No name is in it.")


@output
class SupportClaim:
    """A claim for support: codes, days and amounts (hồ sơ đề nghị hỗ trợ)."""

    id: strawberry.ID = column("Id of the claim.")
    member_id: strawberry.ID = member()
    force_unit: ForceUnit | None = resolved(
        force_unit_of, "Team of the member.", ["force_unit_id"]
    )
    unit: Unit | None = place()
    kind: CareOccasion = column("What happened, the kind alone.")
    occurred_on: date = column("Day on which it happened.")
    filed_on: date = column("Day of filing.")
    state: ClaimState = column("Where it stands.")
    since: date = column("Since when it stands there.")
    due_on: date | None = column("When its next step is due (hạn).")
    amount: Count | None = column("Whole VND, proposed or approved.")
    basis: str | None = column("Number of the provincial resolution on amounts.")
    decision_number: str | None = column("Number of the decision.")
    ground: str | None = column("Code of why it was refused.")
    missing: list[str] = column("Codes of papers that it lacks.")


@output
class WelfareVisit:
    """A visit that is owed or was made (thăm hỏi, động viên)."""

    id: strawberry.ID = column("Id of the visit.")
    member_id: strawberry.ID = member()
    unit: Unit | None = place()
    occasion: CareOccasion = column("What happened, the kind alone.")
    occurred_on: date = column("Day on which it happened.")
    state: VisitState = column("Where it stands.")
    due_on: date = column("Last day in time (hạn).")
    made_on: date | None = column("Day of the visit.")
    visited_by: VisitingBody | None = column("Who came.")


@output
class CareRule:
    """One dated rule with its source (quy định, căn cứ)."""

    group: str = column("deadline, dossier, topic or rating.")
    code: str = column("What it rules.")
    since: date = column("First day in force.")
    source: str = column("Where it is written (nguồn).")
    mark: str = column(
        "V read in the text, R reported, S source paper, ? not verified."
    )


OfMembers = Annotated[list[strawberry.ID], argument("Ids of up to 100 members.")]


def member_keys(member_ids: list[strawberry.ID]) -> list[str]:
    """Return the identities inside ids of members. Raises IdInvalid."""
    return [identity(one, "Member", "memberIds") for one in member_ids]


async def deadlines(  # noqa: PLR0913, PLR0917 - arguments of the field
    info: Info,
    unit: InSubtree,
    first: First,
    after: After = None,
    on: OnDay = None,
    only_overdue: Annotated[bool | None, argument("Keep what is overdue.")] = None,
    kinds: Annotated[list[str] | None, argument("Keep these kinds.")] = None,
    due_before: Annotated[date | None, argument("Keep what is due sooner.")] = None,
) -> Any:
    """Answer Query.deadlines."""
    return await page(
        info,
        DEADLINES,
        after,
        unit=unit_ref(unit),
        first=first,
        on=on,
        only_overdue=only_overdue,
        kinds=kinds,
        due_before=due_before,
    )


async def credentials(  # noqa: PLR0913, PLR0917 - arguments of the field
    info: Info,
    unit: InSubtree,
    first: First,
    after: After = None,
    member_id: OfMember = None,
    kind: Annotated[CredentialKind | None, argument("Keep one kind.")] = None,
    only_held: Annotated[bool | None, argument("Keep those still in hand.")] = None,
) -> Any:
    """Answer Query.credentials."""
    return await page(
        info,
        CREDENTIALS,
        after,
        unit=unit_ref(unit),
        first=first,
        member_id=_of(member_id),
        kind=word(kind),
        only_held=only_held,
    )


async def support_claims(
    info: Info,
    unit: InSubtree,
    first: First,
    after: After = None,
    member_id: OfMember = None,
    state: Annotated[ClaimState | None, argument("Keep one state.")] = None,
) -> Any:
    """Answer Query.supportClaims."""
    return await page(
        info,
        CLAIMS,
        after,
        unit=unit_ref(unit),
        first=first,
        member_id=_of(member_id),
        state=word(state),
    )


async def welfare_visits(
    info: Info,
    unit: InSubtree,
    first: First,
    after: After = None,
    member_id: OfMember = None,
    state: Annotated[VisitState | None, argument("Keep one state.")] = None,
) -> Any:
    """Answer Query.welfareVisits."""
    return await page(
        info,
        VISITS,
        after,
        unit=unit_ref(unit),
        first=first,
        member_id=_of(member_id),
        state=word(state),
    )


async def member_cards(info: Info, member_ids: OfMembers) -> Any:
    """Answer Query.memberCards."""
    answer = await info.context.ask(MEMBER_CARDS, {"ids": member_keys(member_ids)})
    return answer["rows"]


async def care_rules(info: Info) -> Any:
    """Answer Query.careRules."""
    return (await info.context.ask(CARE_RULES, {}))["rows"]


@output
class CareQueries:
    """Questions on credentials, care, training and ratings, part of Query."""

    deadlines: Connection[Deadline] | None = resolved(
        deadlines, "What is open on a day, the longest due first (việc đến hạn)."
    )
    credentials: Connection[Credential] | None = resolved(
        credentials, "Credentials by place, kind and number (phù hiệu, giấy tờ)."
    )
    member_cards: list[MemberCard | None] | None = resolved(
        member_cards, "Today's cards, in the order of the ids (thẻ trong ngày)."
    )
    support_claims: Connection[SupportClaim] | None = resolved(
        support_claims, "Support claims, latest filed first (hồ sơ hỗ trợ)."
    )
    welfare_visits: Connection[WelfareVisit] | None = resolved(
        welfare_visits, "Visits, latest occurrence first (thăm hỏi)."
    )
    care_rules: list[CareRule] | None = resolved(
        care_rules, "Dated rules with source and certainty (quy định)."
    )
