"""Who signs tokens where no identity provider is? A development issuer with callers.

`python -m deploy.embedded.issuer officer` prints a token; the supervisor, the tests
and the demo call the class. A production issuer is an OIDC provider with its own keys.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import OKPKey

from deploy.embedded.private_file import write_private
from services.contracts.registry.units import COUNTRY_CODE, unit_id

ISSUER = "urn:binhyen:development"
AUDIENCE = "binhyen"
ALGORITHM = "Ed25519"
STATE = Path(__file__).parents[2] / ".state"
LIFETIME_S = 12 * 3600

COUNTRY = unit_id("country", COUNTRY_CODE, None)
REFORM = date(2025, 7, 1)
# Of today, with all that was Bắc Kạn's and the old Thái Nguyên's.
THAI_NGUYEN = unit_id("province", "19", REFORM)

_READING = "units:read registry:read campaigns:read reporting:read events:subscribe"


@dataclass(frozen=True, slots=True)
class Caller:
    """A person or agency of the development system: what it may do, and where."""

    subject: str
    name: str
    scope: str
    unit_roots: tuple[UUID, ...]
    agency: str | None = None


CALLERS: Mapping[str, Caller] = {
    "officer": Caller(
        "officer",
        "Cán bộ Thử Nghiệm",
        f"{_READING} registry:write campaigns:write"
        " tips:record tips:triage tips:read reporting:write"
        " access:read access:grant care:read",
        (THAI_NGUYEN,),
    ),
    "reviewer": Caller(
        "reviewer",
        "Chỉ huy Thử Nghiệm",
        f"{_READING} tips:value tips:read reporting:write access:read access:approve"
        " people:read people:read_full people:write people:audit people:erase"
        " care:read",
        (THAI_NGUYEN,),
    ),
    "agency": Caller(
        "agency", "Cơ quan Thử Nghiệm", f"{_READING} tips:read", (COUNTRY,)
    ),
    "registrar": Caller(
        "registrar",
        "Cán bộ Danh Mục",
        "units:read units:write registry:read",
        (COUNTRY,),
    ),
    "mttq": Caller(
        "mttq",
        "Mặt trận Thử Nghiệm",
        "units:read campaigns:read campaigns:write events:subscribe",
        (THAI_NGUYEN,),
        agency="mttq",
    ),
}


class Issuer:
    """A signing key and the file of public keys that the services are given."""

    issuer = ISSUER
    audience = AUDIENCE

    def __init__(self, folder: Path = STATE / "issuer") -> None:
        self.jwks_file = folder / "jwks.json"
        private = folder / "private.json"
        if private.exists():
            self._key = OKPKey.import_key(json.loads(private.read_text()))
        else:
            self._key = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": ALGORITHM})
            self._key.ensure_kid()
            write_private(private, json.dumps(self._key.as_dict(private=True)))
        self._publish()

    def _publish(self) -> None:
        public = {"keys": [self._key.as_dict(private=False)]}
        self.jwks_file.write_text(json.dumps(public, indent=1))
        self.jwks_file.chmod(0o644)

    def token(
        self,
        caller: str | Caller,
        *,
        scopes: Iterable[str] | None = None,
        unit_roots: Iterable[UUID] | None = None,
        lifetime_s: int = LIFETIME_S,
        claims: Mapping[str, object] | None = None,
    ) -> str:
        """Return a token for a ready-made caller, or for one changed to taste.

        `claims` replaces single claims as they are, for tests of what is refused.
        """
        who = CALLERS[caller] if isinstance(caller, str) else caller
        if scopes is not None:
            who = replace(who, scope=" ".join(scopes))
        if unit_roots is not None:
            who = replace(who, unit_roots=tuple(unit_roots))
        now = int(time.time())
        content: dict[str, object] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": who.subject,
            "name": who.name,
            "scope": who.scope,
            "unit_roots": [str(root) for root in who.unit_roots],
            "iat": now,
            "exp": now + lifetime_s,
            "jti": str(uuid4()),
        }
        if who.agency is not None:
            content["agency"] = who.agency
        header = {"alg": ALGORITHM, "typ": "at+jwt", "kid": self._key.kid}
        content |= claims or {}
        return jwt.encode(header, content, self._key, algorithms=[ALGORITHM])


def main() -> None:
    """Print a token for one of the callers."""
    parser = argparse.ArgumentParser(description="Print a token of a test caller.")
    parser.add_argument("caller", choices=sorted(CALLERS))
    parser.add_argument("--state", type=Path, default=STATE)
    parser.add_argument("--lifetime", type=int, default=LIFETIME_S, help="seconds")
    asked = parser.parse_args()
    issuer = Issuer(asked.state / "issuer")
    sys.stdout.write(issuer.token(asked.caller, lifetime_s=asked.lifetime) + "\n")


if __name__ == "__main__":
    main()
