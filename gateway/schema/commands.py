"""How every mutation is carried out: one key, one command, refusals as data.

Used by the mutations of each service. A refusal is part of the payload; a service that
is away is a fault and stands among the top-level errors.
"""

from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID, uuid5

import strawberry

from gateway.errors import field_path
from gateway.questions import Question
from gateway.schema.base import Info, Row, column, output
from services.chassis.errors import DomainError, Invalid, Kind

_FAULTS = frozenset({Kind.UNAVAILABLE, Kind.TOO_MANY, Kind.UNAUTHENTICATED})


class IdempotencyKeyInvalid(Invalid):
    """The key of a command is no UUID, or there is none."""

    code = "gateway.idempotency_key.invalid"
    message_vi = "Cần idempotencyKey (UUID) trong input hoặc tiêu đề Idempotency-Key."
    message_en = "Give a UUID as idempotencyKey or in the header Idempotency-Key."


@output
class UserError:
    """Why a command was refused (lý do từ chối)."""

    field: list[str] | None = column("Path in the arguments that it speaks of.")
    message: str = column("Message in English.")
    message_vi: str = column("Message in Vietnamese (thông báo).")
    code: str = column("Stable code; it never changes its meaning (mã lỗi).")


def key_field() -> Any:
    """Declare the idempotency key of an input."""
    return strawberry.field(
        default=None,
        description=(
            "UUID of this command: sent again, it gives the same answer and no second "
            "fact. May come as the header Idempotency-Key instead."
        ),
    )


class Keyed(Protocol):
    """An input with the key of its command."""

    idempotency_key: str | None


def user_errors(refusal: DomainError) -> list[Row]:
    """Return a refusal as the payload shows it, one entry per field."""
    problem: Any = refusal.problem("")
    return [
        {
            "field": ["input", *field_path(error["field"])]
            if error.get("field")
            else None,
            "message": error.get("message_en") or problem["message_en"],
            "message_vi": error.get("message_vi") or problem["message_vi"],
            "code": error.get("code") or problem["code"],
        }
        for error in problem["errors"] or [{}]
    ]


def command_key(info: Info, given: str | None) -> UUID:
    """Key of the command: its own, or the request's. Raises IdempotencyKeyInvalid.

    Several commands in one request must not share the header's key, so that each takes
    one derived from it and from its place in the answer.
    """
    context = info.context
    if given is not None:
        try:
            return UUID(given)
        except ValueError:
            raise IdempotencyKeyInvalid(field="idempotency_key") from None
    if context.idempotency_key is None:
        raise IdempotencyKeyInvalid(field="idempotency_key")
    if context.root_fields == 1:
        return context.idempotency_key
    return uuid5(context.idempotency_key, str(info.path.key))


async def carried_out(
    info: Info, question: Question, command: Keyed, parts: Callable[[], Row]
) -> Row:
    """Payload of a command: the service's answer, or why it was refused."""
    try:
        key = command_key(info, command.idempotency_key)
        answer: Row = await info.context.ask(question, parts(), key=key)
    except DomainError as refusal:
        if refusal.kind in _FAULTS:
            raise
        return {"user_errors": user_errors(refusal)}
    info.context.loaders.clear()
    return answer | {"user_errors": []}


async def asked(info: Info, question: Question, parts: Callable[[], Row]) -> Row:
    """Payload of a question that leaves a trace: its words stand in a mutation.

    Each asking is an asking of its own, so there is no key.
    """
    try:
        answer: Row = await info.context.ask(question, parts())
    except DomainError as refusal:
        if refusal.kind in _FAULTS:
            raise
        return {"user_errors": user_errors(refusal)}
    return answer | {"user_errors": []}
