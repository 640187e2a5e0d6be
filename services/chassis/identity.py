"""Who calls: signed tokens become a Principal; every door of every service asks.

The gateway passes the caller's own token on, so that each service decides on the
originating subject and never on "the gateway said so".
"""

import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.chassis.errors import Unauthenticated

_ALGORITHMS = ["EdDSA", "Ed25519", "ES256"]
_LEEWAY_SECONDS = 60
_CACHED_TOKENS = 10_000


class TokenRefused(Unauthenticated):
    """The token is unsigned, expired, for somebody else, or not a token at all."""

    code = "auth.token_refused"
    message_vi = "Mã truy cập không hợp lệ hoặc đã hết hạn."
    message_en = "The access token is not valid or has expired."


class Holding(NamedTuple):
    """Scopes that somebody has in a unit's area, until a day (None: no end known)."""

    scopes: frozenset[str]
    root: UUID
    until: date | None


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """A caller: what it may do (scopes) and where (units with their subtrees).

    A call that draws on several rights has the scopes that all of them hold, in the
    units of all; ``holdings`` are these rights apart, for whoever asks for more.
    """

    ANONYMOUS: ClassVar[str] = "anonymous"

    subject: str
    name: str
    scopes: frozenset[str]
    unit_roots: tuple[UUID, ...] = ()
    agency: str | None = None
    token: str = ""
    holdings: tuple[Holding, ...] = ()

    def roots_with(self, *scopes: str) -> tuple[UUID, ...]:
        """Return the units in whose area the caller has one of these scopes."""
        if not self.holdings:
            return self.unit_roots if self.scopes.intersection(scopes) else ()
        found = (one.root for one in self.holdings if one.scopes.intersection(scopes))
        return tuple(dict.fromkeys(found))

    def only_with(self, *scopes: str) -> "Principal":
        """Return the caller in the units alone where it has one of these scopes."""
        kept = [one for one in self.holdings if one.scopes.intersection(scopes)]
        if kept:
            return self.drawing_on(kept)
        return msgspec.structs.replace(self, unit_roots=self.roots_with(*scopes))

    def drawing_on(self, rights: Sequence[Holding]) -> "Principal":
        """Return the caller with one right or several, joined."""
        return msgspec.structs.replace(
            self,
            scopes=frozenset.intersection(*(one.scopes for one in rights)),
            unit_roots=tuple(dict.fromkeys(one.root for one in rights)),
            holdings=tuple(rights),
        )


class TokenVerifier:
    """Checks a bearer token once and remembers the answer until it expires."""

    def __init__(self, jwks_file: Path, issuer: str, audience: str) -> None:
        self._keys = KeySet.import_key_set(json.loads(jwks_file.read_text("utf-8")))
        self._claims = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        self._known: OrderedDict[bytes, tuple[float, Principal]] = OrderedDict()

    def verify(self, token: str) -> Principal:
        """Return the caller of a token. Raises TokenRefused."""
        digest = hashlib.sha256(token.encode()).digest()
        known = self._known.get(digest)
        if known is not None and known[0] > time.time():
            return known[1]
        expires, principal = self._checked(token)
        self._known[digest] = (expires, principal)
        if len(self._known) > _CACHED_TOKENS:
            self._known.popitem(last=False)
        return principal

    def _checked(self, token: str) -> tuple[float, Principal]:
        try:
            decoded = jwt.decode(token, self._keys, algorithms=_ALGORITHMS)
            if decoded.header.get("typ", "").lower() != "at+jwt":
                raise TokenRefused
            self._claims.validate(decoded.claims)
            return float(decoded.claims["exp"]), _principal(decoded.claims, token)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise TokenRefused from error


def _principal(claims: dict[str, Any], token: str) -> Principal:
    return Principal(
        subject=str(claims["sub"]),
        name=str(claims.get("name", claims["sub"])),
        scopes=frozenset(str(claims.get("scope", "")).split()),
        unit_roots=tuple(UUID(unit) for unit in claims.get("unit_roots", ())),
        agency=claims.get("agency"),
        token=token,
    )
