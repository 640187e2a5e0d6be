"""Headers of requests and replies over NATS, as both ends spell them."""

import re
from collections.abc import Mapping
from uuid import uuid4

CREDENTIALS = "Authorization"
CORRELATION = "X-Request-Id"
DEADLINE = "Deadline-Ms"
KEY = "Idempotency-Key"
FIELDS = "X-Fields"
POSITION = "X-Position"
REPLAYED = "Idempotency-Replayed"
ERROR_CODE = "Nats-Service-Error-Code"
ERROR_NAME = "Nats-Service-Error"

_CORRELATION = re.compile(r"[A-Za-z0-9._-]{8,64}")


def correlation_of(headers: Mapping[str, str]) -> str:
    """Return the caller's request id when it is one, else a fresh one."""
    given = headers.get(CORRELATION, "")
    return given if _CORRELATION.fullmatch(given) else str(uuid4())


def subject_of_verb(service: str, verb: str) -> str:
    """Return the subject on which the service answers the verb."""
    return f"svc.{service}.v1.{verb}"
