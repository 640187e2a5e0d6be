"""Commands about committees 138 and coordination programmes."""

from datetime import date

import strawberry

from gateway.schema.base import Row, column, taken
from gateway.schema.command_table import command, commands
from gateway.schema.commands import key_field
from gateway.schema.payloads import id_of, payload
from gateway.schema.references import UnitRef
from gateway.schema.steering_enums import SteeringPost
from services.contracts.registry import steering


@payload
class SteeringCommitteePayload:
    """Answer to a command about a committee."""

    committee_id: strawberry.ID | None = id_of(
        "SteeringCommittee", "committee_id", "The committee."
    )


@payload
class ProgrammePayload:
    """Answer to a command about a programme."""

    programme_id: strawberry.ID | None = id_of(
        "CoordinationProgramme", "programme_id", "The programme."
    )


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


def _composed(given: Row) -> Row:
    return {**given, **given["composition"], "composition": None}


@commands("registry")
class SteeringMutations:
    """Commands about committees and programmes, part of Mutation."""

    steering_committee_establish: SteeringCommitteePayload | None = command(
        "steering_committee.establish",
        steering.EstablishCommittee,
        "Set up a committee 138 (thành lập).",
        taken=SteeringCommitteeEstablishInput,
        body=_composed,
    )
    steering_committee_reconstitute: SteeringCommitteePayload | None = command(
        "steering_committee.reconstitute",
        steering.ReconstituteCommittee,
        "Give it another composition (kiện toàn).",
        taken=SteeringCommitteeReconstituteInput,
        body=_composed,
    )
    steering_committee_dissolve: SteeringCommitteePayload | None = command(
        "steering_committee.dissolve",
        steering.DissolveCommittee,
        "End a committee (giải thể).",
    )
    programme_sign: ProgrammePayload | None = command(
        "programme.sign", steering.SignProgramme, "Record a signed programme (ký kết)."
    )
    programme_review: ProgrammePayload | None = command(
        "programme.review",
        steering.ReviewProgramme,
        "Record a review (sơ kết, tổng kết).",
    )
    programme_end: ProgrammePayload | None = command(
        "programme.end",
        steering.EndProgramme,
        "End a programme before its time (kết thúc).",
    )
