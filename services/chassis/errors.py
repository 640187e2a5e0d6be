"""The kinds of refusal: every service subclasses them, only the edges map them.

A refusal is a fact that stopped a command. It has a stable code and parameters that
are safe to show (ids, numbers, codes), never text that a person typed.
"""

import enum
from datetime import datetime
from typing import ClassVar

from services.chassis.clock import LOCAL_ZONE


class Kind(enum.StrEnum):
    """What a refusal means to the caller; the edges derive status and retry from it."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"


STATUS: dict[Kind, int] = {
    Kind.INVALID: 422,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.TOO_LARGE: 413,
    Kind.TOO_MANY: 429,
    Kind.UNAVAILABLE: 503,
}


class DomainError(Exception):
    """Base of all refusals; a subclass without kind, code or messages is a defect."""

    kind: ClassVar[Kind]
    code: ClassVar[str]
    message_vi: ClassVar[str]
    message_en: ClassVar[str]
    is_kind: ClassVar[bool] = False

    def __init_subclass__(cls, *, is_kind: bool = False) -> None:
        """Refuse an incomplete refusal when its module is imported."""
        super().__init_subclass__()
        cls.is_kind = is_kind
        needed = ("kind",) if is_kind else ("kind", "code", "message_vi", "message_en")
        for name in needed:
            if not getattr(cls, name, None):
                raise TypeError(f"{cls.__qualname__} has no {name}")

    def __init__(self, *, field: str | None = None, **params: object) -> None:
        self.field = field
        self.params = params
        super().__init__(self.code)

    @property
    def status(self) -> int:
        """HTTP status of the refusal's kind."""
        return STATUS[self.kind]

    def problem(self, correlation_id: str) -> dict[str, object]:
        """Answer to the caller: RFC 9457 problem with both languages and the field."""
        error: dict[str, object] = {"code": self.code}
        if self.field is not None:
            error["field"] = self.field
        return {
            "type": f"urn:binhyen:refusal:{self.code}",
            "title": self._said(self.message_en),
            "status": self.status,
            "code": self.code,
            "kind": self.kind.value,
            "message_vi": self._said(self.message_vi),
            "message_en": self._said(self.message_en),
            "errors": [error],
            "params": {key: _shown(value) for key, value in self.params.items()},
            "correlation_id": correlation_id,
        }

    def _said(self, message: str) -> str:
        told = {key: _told(value) for key, value in self.params.items()}
        return message.format(**told)


def _told(value: object) -> object:
    """Put a parameter as people read it; objects keep their own format."""
    if value is None:
        # What is not known or open reads as a dash, not as a word of the language.
        return "–"
    if isinstance(value, datetime):
        return value.astimezone(LOCAL_ZONE).isoformat(" ", "seconds")
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(_told(item)) for item in value)
    return value


def _shown(value: object) -> object:
    if isinstance(value, int | float | bool | None):
        return value
    if isinstance(value, list | tuple):
        return [_shown(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _shown(item) for key, item in value.items()}
    return str(value)


class Invalid(DomainError, is_kind=True):
    """The command contradicts itself or reference data."""

    kind = Kind.INVALID


class Unauthenticated(DomainError, is_kind=True):
    """Nobody known is calling."""

    kind = Kind.UNAUTHENTICATED


class Forbidden(DomainError, is_kind=True):
    """The caller may never do it."""

    kind = Kind.FORBIDDEN


class NotFound(DomainError, is_kind=True):
    """Not there, or not visible to this caller: the two look alike."""

    kind = Kind.NOT_FOUND


class Conflict(DomainError, is_kind=True):
    """The present state forbids it, or the version moved."""

    kind = Kind.CONFLICT


class TooLarge(DomainError, is_kind=True):
    """More than the door takes at once."""

    kind = Kind.TOO_LARGE


class TooMany(DomainError, is_kind=True):
    """More calls than the door takes for now."""

    kind = Kind.TOO_MANY


class Unavailable(DomainError, is_kind=True):
    """Something that is needed is away; the same call may go through later."""

    kind = Kind.UNAVAILABLE
