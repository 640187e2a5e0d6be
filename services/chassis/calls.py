"""One call at a service's door, whichever door it came through.

HTTP routes and NATS verbs build the same Call for the same handler.
"""

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar
from uuid import UUID

from services.chassis.errors import Forbidden, Invalid, Unauthenticated
from services.chassis.identity import Principal

if TYPE_CHECKING:
    from services.chassis.service import Runtime

T = TypeVar("T")

# What a door asks for: this scope, one of these, or (None) nothing.
Scope = str | tuple[str, ...] | None


class CommandKey(NamedTuple):
    """Identity of a command: the client's key, and what it was used for."""

    id: UUID
    fingerprint: bytes


class Outcome(NamedTuple):
    """Reply of a command that took effect, and how far others have to follow to see it.

    ``position`` is that of its last public event; 0 where nothing of it leaves the
    service, or where it is the repetition of a command.
    """

    reply: bytes
    position: int
    replayed: bool


class IdempotencyKeyMissing(Invalid):
    """A command came without the client's own id."""

    code = "http.idempotency_key_missing"
    message_vi = "Thiếu tiêu đề Idempotency-Key (UUID) của lệnh."
    message_en = "The command needs an Idempotency-Key header with a UUID."


class CallerUnknown(Unauthenticated):
    """No valid token came with the call."""

    code = "auth.caller_unknown"
    message_vi = "Cần đăng nhập: thiếu mã truy cập hoặc mã không hợp lệ."
    message_en = "A valid access token is needed."


class ScopeMissing(Forbidden):
    """The caller has the scope that the door asks for in no unit of its own."""

    code = "auth.scope_missing"
    message_vi = "Tài khoản không có quyền {scope}."
    message_en = "The caller lacks the scope {scope}."


def command_key(key: UUID | None, name: str, caller: str, body: bytes) -> CommandKey:
    """Identity of the command ``name`` sent by ``caller`` with ``body``.

    The fingerprint binds the key to its first use. Raises IdempotencyKeyMissing.
    """
    if key is None:
        raise IdempotencyKeyMissing(field="Idempotency-Key")
    digest = hashlib.sha256(f"{name}\0{caller}\0".encode() + body).digest()
    return CommandKey(key, digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[T]):
    """What a handler gets: the decoded body, who calls, and the service around it.

    ``address`` is the network's word on where an HTTP call came from; it is there for
    budgets alone and shown nowhere. ``content`` is an uploaded file.
    """

    body: T
    runtime: "Runtime"
    correlation_id: str
    principal: Principal | None = None
    command: CommandKey | None = None
    fields: tuple[str, ...] | None = None
    address: str = field(default="", repr=False)
    content: bytes = field(default=b"", repr=False)

    @property
    def caller(self) -> Principal:
        """Who calls. Raises CallerUnknown at an open door without a token."""
        if self.principal is None:
            raise CallerUnknown
        return self.principal

    @property
    def key(self) -> CommandKey:
        """The command's identity. Raises IdempotencyKeyMissing for a query."""
        if self.command is None:
            raise IdempotencyKeyMissing(field="Idempotency-Key")
        return self.command


def require_scope(principal: Principal | None, scope: Scope) -> None:
    """Let a caller pass who has the scope, or one of several.

    Raises CallerUnknown, ScopeMissing.
    """
    if scope is None:
        return
    if principal is None:
        raise CallerUnknown
    asked = (scope,) if isinstance(scope, str) else scope
    if not principal.scopes.intersection(asked) and not principal.roots_with(*asked):
        raise ScopeMissing(scope=" | ".join(asked))
