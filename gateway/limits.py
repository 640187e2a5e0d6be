"""How much one request may ask for; read by the guard, the view and the sockets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings of one request; the figures are explained in gateway/README.md."""

    depth: int = 12
    introspection_depth: int = 15
    nesting: int = 40
    fields: int = 2000
    aliases: int = 30
    directives: int = 30
    repeats: int = 30
    root_fields: int = 20
    operations: int = 10
    tokens: int = 3000
    page: int = 100
    cost: int = 5000
    reported_errors: int = 5
    body_bytes: int = 256 * 1024
    deadline_seconds: float = 5.0
    sockets: int = 1000
    sockets_per_caller: int = 20
    subscriptions_per_socket: int = 20


LIMITS = Limits()
