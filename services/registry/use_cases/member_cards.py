"""Today's member card: a signed word that its bearer serves in a unit, with no name.

Anybody verifies the signature offline; the check door also opens the sealed reference
and tells whether the service still goes on. Cards of two days cannot be linked.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from services.contracts.registry.credentials import (
    MemberCardChecked,
    MemberCardKey,
    MemberCardView,
)
from services.registry.read_models.served_members import ServedMember

_ALGORITHM: Final = "Ed25519"  # RFC 9864
_TYPE: Final = "member-card+jws"
_NONCE: Final = 12


class Card(NamedTuple):
    """What a genuine card says, and for whom it was made."""

    member_id: UUID
    unit_id: UUID
    day: date
    active: bool


class MemberCards:
    """Signs and reads cards with keys derived from the vault's standing secret."""

    def __init__(self, signing_seed: bytes, sealing_key: bytes) -> None:
        private = Ed25519PrivateKey.from_private_bytes(signing_seed)
        raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self._seal = AESGCM(sealing_key)
        self.public = MemberCardKey(
            kty="OKP",
            crv="Ed25519",
            x=_text(raw),
            kid=_text(hashlib.sha256(raw).digest()[:9]),
            alg=_ALGORITHM,
            use="sig",
        )
        self._key = OKPKey.import_key(
            {"kty": "OKP", "crv": "Ed25519", "x": _text(raw), "d": _text(signing_seed)}
        )

    def card(self, member: ServedMember, day: date) -> MemberCardView:
        """Sign what is true of a member on a day: serving, or not."""
        active = member.acts_on(day)
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._seal.encrypt(nonce, member.member_id.bytes, _bound(day))
        said = {
            "unit": str(member.unit_id),
            "day": day.isoformat(),
            "active": active,
            "ref": _text(nonce + sealed),
        }
        header = {"alg": _ALGORITHM, "typ": _TYPE, "kid": self.public.kid}
        token = jws.serialize_compact(
            header,
            json.dumps(said, separators=(",", ":")),
            self._key,
            algorithms=[_ALGORITHM],
        )
        return MemberCardView(id=member.member_id, active=active, day=day, token=token)

    def read(self, token: str) -> Card | None:
        """Return what a card of ours says; None for any other."""
        try:
            read = jws.deserialize_compact(token, self._key, algorithms=[_ALGORITHM])
            if read.headers().get("typ") != _TYPE:
                return None
            said: dict[str, Any] = json.loads(read.payload)
            day = date.fromisoformat(said["day"])
            sealed = _bytes(said["ref"])
            member = self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(day))
            return Card(
                UUID(bytes=member), UUID(said["unit"]), day, bool(said["active"])
            )
        except (JoseError, InvalidTag, ValueError, KeyError, TypeError):
            return None


def checked(
    card: Card | None, members: Mapping[UUID, ServedMember], today: date
) -> MemberCardChecked:
    """Tell yes only where the card is of today and the service goes on in that unit."""
    if card is None:
        return MemberCardChecked(active=False)
    member = members.get(card.member_id)
    serves = (
        card.active
        and card.day == today
        and member is not None
        and member.unit_id == card.unit_id
        and member.acts_on(today)
    )
    return MemberCardChecked(active=serves, unit_id=card.unit_id, day=card.day)


def _bound(day: date) -> bytes:
    return f"member-card|{day.isoformat()}".encode()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
