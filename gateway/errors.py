"""What a caller is told when something goes wrong, and what is kept back.

Used by the view and the sockets. Messages of ours and of GraphQL's own validation go
out; the text of any other exception goes to the log under the request's id only.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from graphql import GraphQLError
from strawberry.exceptions import StrawberryInputCoercionError

from services.chassis.errors import DomainError, Invalid, Kind, Unavailable

_LOG = structlog.get_logger("gateway")
_KINDS_WITH_RETRY = frozenset({Kind.UNAVAILABLE, Kind.TOO_MANY})
_FAILED = "UPSTREAM_FAILED"
_UPSTREAM_CODES = {
    "gateway.deadline_used_up": "UPSTREAM_TIMEOUT",
    "requests.deadline_passed": "UPSTREAM_TIMEOUT",
    "upstream.late": "UPSTREAM_TIMEOUT",
    "upstream.failed": _FAILED,
}
_OTHER_NAMES = {"reason_code": "reason", "point_id": "model_point_id"}
_INTERNAL_VI = "Hệ thống gặp lỗi; mã yêu cầu đã được ghi lại."
_INTERNAL_EN = "Something went wrong on our side; quote the request id."


class DeadlineUsedUp(Unavailable):
    """The time of the request is over before a service could be asked."""

    code = "gateway.deadline_used_up"
    message_vi = "Hết thời gian của yêu cầu trước khi hỏi dịch vụ {service}."
    message_en = "The request's time was over before {service} could be asked."


class IdInvalid(Invalid):
    """An id is not one that this endpoint gave out for such an object."""

    code = "gateway.id.invalid"
    message_vi = "Mã định danh không phải của một đối tượng {expected}."
    message_en = "The id is not one of a {expected}."


class EitherIdOrCode(Invalid):
    """A unit is asked for by both or by neither of its two names."""

    code = "gateway.unit.either_id_or_code"
    message_vi = "Cần đúng một trong hai: id hoặc code."
    message_en = "Give exactly one of id and code."


class CallerMissing(Exception):
    """The request carries no valid token; `reason` is the RFC 6750 error, if any."""

    def __init__(self, reason: str | None = None) -> None:
        self.reason = reason
        super().__init__(reason or "no credentials")


class RequestRefused(Exception):
    """A request that never reaches execution, with what its caller is told."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        self.errors = errors
        super().__init__(errors[0].message)


def refused(code: str, message: str) -> RequestRefused:
    """Refusal of a whole request with one stable code."""
    return RequestRefused([GraphQLError(message, extensions={"code": code})])


def _known_refusal(error: GraphQLError) -> DomainError | None:
    original: BaseException | None = error.original_error
    while original is not None:
        if isinstance(original, DomainError):
            return original
        original = original.__cause__ or getattr(original, "original_error", None)
    return None


def _is_callers_own(error: GraphQLError) -> bool:
    # Before execution every message speaks of the document and its variables. During
    # execution only argument coercion does; a leaf that cannot be serialised would
    # show a service's value.
    original = error.original_error
    if not error.path:
        return isinstance(original, GraphQLError | None)
    if isinstance(original, StrawberryInputCoercionError):
        return True
    return original is None and error.message.startswith("Argument '")


def _refusal_extensions(refusal: DomainError) -> dict[str, Any]:
    shown = refusal.problem("")
    code = refusal.code
    if refusal.kind is Kind.UNAVAILABLE:
        code = _UPSTREAM_CODES.get(code, "UPSTREAM_UNAVAILABLE")
    extensions: dict[str, Any] = {
        "code": code,
        "messageVi": shown["message_vi"],
        "retryable": refusal.kind in _KINDS_WITH_RETRY and code != _FAILED,
    }
    if refusal.field is not None:
        extensions["field"] = field_path(refusal.field)
    return extensions


def formatted(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """One error as the caller sees it: message, code, request id, whether to retry."""
    refusal = _known_refusal(error)
    answer: dict[str, Any] = {}
    if refusal is not None:
        answer["message"] = str(refusal.problem("")["message_en"])
        extensions = _refusal_extensions(refusal)
    elif _is_callers_own(error):
        answer["message"] = error.message
        extensions = {"code": "BAD_REQUEST", "retryable": False} | (
            error.extensions or {}
        )
    else:
        _LOG.error(
            "gateway.fault",
            request_id=request_id,
            path=error.path,
            fault=type(error.original_error or error).__name__,
            exc_info=error.original_error,
        )
        answer["message"] = _INTERNAL_EN
        extensions = {
            "code": "INTERNAL",
            "messageVi": _INTERNAL_VI,
            "retryable": False,
        }
    if error.locations:
        answer["locations"] = [location.formatted for location in error.locations]
    if error.path:
        answer["path"] = error.path
    answer["extensions"] = extensions | {"requestId": request_id}
    return answer


def defect(fault: Exception, request_id: str) -> dict[str, Any]:
    """Error for a defect of ours: an id to quote and no word of the cause."""
    error = GraphQLError(_INTERNAL_EN, path=(), original_error=fault)
    return formatted(error, request_id)


def formatted_all(
    errors: Iterable[GraphQLError], request_id: str
) -> list[dict[str, Any]]:
    """Every error as its caller sees it."""
    return [formatted(error, request_id) for error in errors]


def camel(name: str) -> str:
    """Name of a service's column as the schema spells it."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def field_path(field: str) -> list[str]:
    """Path of an argument, for a field path that a service reports.

    ``$.unit.code`` becomes unit/code, ``members[2].full_name`` members/2/fullName.
    """
    steps = field.removeprefix("$").replace("[", ".").replace("]", "").split(".")
    return [camel(shown_name(step)) for step in steps if step]


def shown_name(name: str) -> str:
    """Name under which the schema shows a contract's field."""
    return _OTHER_NAMES.get(name, name)
