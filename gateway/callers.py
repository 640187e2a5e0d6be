"""Who calls the gateway: a bearer token becomes a Principal, or nobody gets in.

Asked by the view for each request and by the sockets for each connection. The gateway
decides nothing about rows: the caller's own token goes on to the services.
"""

import re

from gateway.errors import CallerMissing
from services.chassis.errors import Unauthenticated
from services.chassis.identity import Principal, TokenVerifier

_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/=-]{1,8192})", re.IGNORECASE)


class Callers:
    """Checks tokens by the issuer's public keys."""

    def __init__(self, verifier: TokenVerifier) -> None:
        self._verifier = verifier

    def of_header(self, authorization: str | None) -> Principal:
        """Caller of an Authorization header. Raises CallerMissing."""
        if not authorization:
            raise CallerMissing
        found = _BEARER.fullmatch(authorization.strip())
        if found is None:
            raise CallerMissing("invalid_request")
        return self.of_token(found[1])

    def of_token(self, token: str) -> Principal:
        """Caller of a token. Raises CallerMissing."""
        try:
            return self._verifier.verify(token)
        except Unauthenticated:
            raise CallerMissing("invalid_token") from None
