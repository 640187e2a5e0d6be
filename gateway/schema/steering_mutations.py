"""Commands about committees 138 and coordination programmes."""

import enum
from datetime import date
from typing import Annotated, Any

import strawberry

from gateway.questions import (
    DISSOLVE_COMMITTEE,
    END_PROGRAMME,
    ESTABLISH_COMMITTEE,
    RECONSTITUTE_COMMITTEE,
    REVIEW_PROGRAMME,
    SIGN_PROGRAMME,
)
from gateway.schema.base import (
    Info,
    Root,
    Row,
    argument,
    choice,
    column,
    global_id,
    identity,
    optional_identity,
    output,
    resolved,
    taken,
)
from gateway.schema.commands import UserError, carried_out, key_field
from gateway.schema.references import UnitRef, unit_ref

_ERRORS = "Why the command was refused; empty when it was carried out."
_COMMITTEE = "SteeringCommittee"
_PROGRAMME = "CoordinationProgramme"


@choice
class SteeringPost(enum.Enum):
    """Post of a committee (vị trí trong Ban Chỉ đạo)."""

    HEAD = strawberry.enum_value("head", description="Trưởng ban.")
    STANDING_DEPUTY = strawberry.enum_value(
        "standing_deputy", description="Phó Trưởng ban Thường trực."
    )
    DEPUTY = strawberry.enum_value("deputy", description="Phó Trưởng ban.")
    MEMBER = strawberry.enum_value("member", description="Ủy viên.")
    STANDING_BODY = strawberry.enum_value(
        "standing_body", description="Thành viên cơ quan thường trực."
    )


@choice
class ProgrammeReview(enum.Enum):
    """Which review of a programme (sơ kết, tổng kết)."""

    MID_TERM = strawberry.enum_value("mid_term", description="Sơ kết.")
    FINAL = strawberry.enum_value("final", description="Tổng kết.")


def _committee_id(root: Root) -> Any:
    found = root.get("committee_id")
    return None if found is None else global_id(_COMMITTEE, found)


def _programme_id(root: Root) -> Any:
    found = root.get("programme_id")
    return None if found is None else global_id(_PROGRAMME, found)


@output
class SteeringCommitteePayload:
    """Answer to a command about a committee."""

    committee_id: strawberry.ID | None = resolved(_committee_id, "The committee.")
    user_errors: list[UserError] = column(_ERRORS)


@output
class ProgrammePayload:
    """Answer to a command about a programme."""

    programme_id: strawberry.ID | None = resolved(_programme_id, "The programme.")
    user_errors: list[UserError] = column(_ERRORS)


@taken
class SteeringSeatInput:
    """A post and the office that holds it; never a name (vị trí)."""

    post: SteeringPost = column("The post.")
    office: str = column("Code of the office (chức danh).")
    holders: int = strawberry.field(default=1, description="How many hold it.")


@taken
class SteeringCompositionInput:
    """What a committee is called, who sits in it, by which decision."""

    name: str = column("What it is called (tên gọi).")
    standing_body: str = column("Code of the standing body (cơ quan thường trực).")
    seats: list[SteeringSeatInput] = column("Posts and offices.")
    effective_on: date = column("First day.")
    number: str = column("Number of the decision (số quyết định).")
    decided_on: date = column("Day of the decision.")
    issuer: str = column("Code of the office that signed it.")


@taken
class SteeringCommitteeEstablishInput:
    """A committee to set up (thành lập Ban Chỉ đạo)."""

    unit: UnitRef = column("Its unit (đơn vị).")
    composition: SteeringCompositionInput = column("Its composition.")
    idempotency_key: str | None = key_field()


@taken
class SteeringCommitteeReconstituteInput:
    """A committee to give another composition (kiện toàn)."""

    committee_id: strawberry.ID = column("Which one.")
    composition: SteeringCompositionInput = column("Its composition.")
    idempotency_key: str | None = key_field()


@taken
class SteeringCommitteeDissolveInput:
    """A committee to end (giải thể)."""

    committee_id: strawberry.ID = column("Which one.")
    dissolved_on: date = column("First day without it.")
    number: str = column("Number of the decision (số quyết định).")
    decided_on: date = column("Day of the decision.")
    issuer: str = column("Code of the office that signed it.")
    idempotency_key: str | None = key_field()


@taken
class ProgrammeSignInput:
    """A signed coordination programme (ký chương trình phối hợp)."""

    unit: UnitRef = column("Its unit (đơn vị).")
    number: str = column("Number and symbol (số, ký hiệu).")
    parties: list[str] = column("Codes of the partners (các bên).")
    signed_on: date = column("Day of signing (ngày ký).")
    valid_from: date = column("First day.")
    valid_to: date = column("First day without.")
    mid_term_on: date | None = strawberry.field(
        default=None, description="Mid-term review due (hạn sơ kết)."
    )
    final_on: date | None = strawberry.field(
        default=None, description="Final review due (hạn tổng kết)."
    )
    renews: strawberry.ID | None = strawberry.field(
        default=None, description="Programme that it renews."
    )
    idempotency_key: str | None = key_field()


@taken
class ProgrammeReviewInput:
    """A review that was held (sơ kết, tổng kết)."""

    programme_id: strawberry.ID = column("Which programme.")
    kind: ProgrammeReview = column("Which review.")
    held_on: date = column("On which day.")
    idempotency_key: str | None = key_field()


@taken
class ProgrammeEndInput:
    """A programme to end before its time (kết thúc trước hạn)."""

    programme_id: strawberry.ID = column("Which programme.")
    ended_on: date = column("First day without it.")
    idempotency_key: str | None = key_field()


def _composed(given: SteeringCompositionInput) -> Row:
    names = ("name", "standing_body", "effective_on", "number", "decided_on", "issuer")
    seats = [
        {"post": seat.post.value, "office": seat.office, "holders": seat.holders}
        for seat in given.seats
    ]
    return {**{name: getattr(given, name) for name in names}, "seats": seats}


async def steering_committee_establish(
    info: Info,
    input: Annotated[SteeringCommitteeEstablishInput, argument("What to set up.")],  # noqa: A002
) -> Any:
    """Answer Mutation.steeringCommitteeEstablish."""
    return await carried_out(
        info,
        ESTABLISH_COMMITTEE,
        input,
        lambda: {"unit": unit_ref(input.unit), **_composed(input.composition)},
    )


async def steering_committee_reconstitute(
    info: Info,
    input: Annotated[SteeringCommitteeReconstituteInput, argument("What to change.")],  # noqa: A002
) -> Any:
    """Answer Mutation.steeringCommitteeReconstitute."""
    return await carried_out(
        info,
        RECONSTITUTE_COMMITTEE,
        input,
        lambda: {
            "committee_id": identity(input.committee_id, _COMMITTEE, "committee_id"),
            **_composed(input.composition),
        },
    )


async def steering_committee_dissolve(
    info: Info,
    input: Annotated[SteeringCommitteeDissolveInput, argument("What to end.")],  # noqa: A002
) -> Any:
    """Answer Mutation.steeringCommitteeDissolve."""
    return await carried_out(
        info,
        DISSOLVE_COMMITTEE,
        input,
        lambda: {
            "committee_id": identity(input.committee_id, _COMMITTEE, "committee_id"),
            "dissolved_on": input.dissolved_on,
            "number": input.number,
            "decided_on": input.decided_on,
            "issuer": input.issuer,
        },
    )


async def programme_sign(
    info: Info,
    input: Annotated[ProgrammeSignInput, argument("What was signed.")],  # noqa: A002
) -> Any:
    """Answer Mutation.programmeSign."""
    return await carried_out(
        info,
        SIGN_PROGRAMME,
        input,
        lambda: {
            "unit": unit_ref(input.unit),
            "number": input.number,
            "parties": input.parties,
            "signed_on": input.signed_on,
            "valid_from": input.valid_from,
            "valid_to": input.valid_to,
            "mid_term_on": input.mid_term_on,
            "final_on": input.final_on,
            "renews": optional_identity(input.renews, _PROGRAMME, "renews"),
        },
    )


async def programme_review(
    info: Info,
    input: Annotated[ProgrammeReviewInput, argument("What was held.")],  # noqa: A002
) -> Any:
    """Answer Mutation.programmeReview."""
    return await carried_out(
        info,
        REVIEW_PROGRAMME,
        input,
        lambda: {
            "programme_id": identity(input.programme_id, _PROGRAMME, "programme_id"),
            "kind": input.kind.value,
            "held_on": input.held_on,
        },
    )


async def programme_end(
    info: Info,
    input: Annotated[ProgrammeEndInput, argument("What to end.")],  # noqa: A002
) -> Any:
    """Answer Mutation.programmeEnd."""
    return await carried_out(
        info,
        END_PROGRAMME,
        input,
        lambda: {
            "programme_id": identity(input.programme_id, _PROGRAMME, "programme_id"),
            "ended_on": input.ended_on,
        },
    )


@output
class SteeringMutations:
    """Commands about committees and programmes, part of Mutation."""

    steering_committee_establish: SteeringCommitteePayload | None = resolved(
        steering_committee_establish, "Set up a committee 138 (thành lập)."
    )
    steering_committee_reconstitute: SteeringCommitteePayload | None = resolved(
        steering_committee_reconstitute, "Give it another composition (kiện toàn)."
    )
    steering_committee_dissolve: SteeringCommitteePayload | None = resolved(
        steering_committee_dissolve, "End a committee (giải thể)."
    )
    programme_sign: ProgrammePayload | None = resolved(
        programme_sign, "Record a signed programme (ký kết)."
    )
    programme_review: ProgrammePayload | None = resolved(
        programme_review, "Record a review (sơ kết, tổng kết)."
    )
    programme_end: ProgrammePayload | None = resolved(
        programme_end, "End a programme before its time (kết thúc)."
    )
