"""Requests and answers about credentials and the member card.

Verbs: credential.issue credential.replace credential.revoke (commands);
credentials.list member_cards.get member_card.check member_card.keys (queries).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Cursor, First, Ids, Request
from services.contracts.registry.units import UnitRef

CredentialKind = Literal["emblem", "insignia", "badge", "certificate"]
Replacement = Literal["exchanged", "reissued"]
RevocationGround = Literal["ceased", "breach", "issued_wrongly", "lost"]
# The number printed on the thing; without one the next of the commune is taken.
Number = Annotated[int, Meta(ge=1, le=999_999)]


class IssueCredential(Request, frozen=True):
    """Give a member a badge or certificate of the commune."""

    member_id: Annotated[UUID, about("The member.")]
    kind: Annotated[CredentialKind, about("Which kind.")]
    issued_on: Annotated[date, about("Day of issue (ngày cấp).")]
    number: Annotated[
        Number | None, about("Number as printed; else the next of the commune.")
    ] = None


class ReplaceCredential(Request, frozen=True):
    """Let another one follow: handed in (exchanged) or lost (reissued)."""

    credential_id: Annotated[UUID, about("The old one.")]
    how: Annotated[Replacement, about("Handed in or lost.")]
    replaced_on: Annotated[date, about("Day of the new one.")]
    number: Annotated[
        Number | None, about("Number as printed; else the next of the commune.")
    ] = None


class RevokeCredential(Request, frozen=True):
    """Take a credential back, or record that it is gone."""

    credential_id: Annotated[UUID, about("Which one.")]
    ground: Annotated[RevocationGround, about("Why.")]
    revoked_on: Annotated[date, about("Day of the end (ngày thu hồi).")]


class CredentialRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to the commands: the credential that is in hand, or was revoked."""

    credential_id: UUID
    number: int | None = None


class CredentialsList(Request, frozen=True):
    """Credentials of a unit's subtree, by place, kind and number."""

    unit: UnitRef
    member_id: UUID | None = None
    kind: CredentialKind | None = None
    only_held: bool = False
    first: First = 50
    after: Cursor | None = None


class CredentialView(msgspec.Struct, frozen=True, kw_only=True):
    """A credential; `recovery_due_on` stands while it has to be taken back."""

    id: UUID
    member_id: UUID
    unit_id: UUID
    kind: str
    number: int
    issued_on: date
    ended_on: date | None
    ending: str | None
    recovery_due_on: date | None
    cursor: str | None = None


class CredentialList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of credentials."""

    rows: tuple[CredentialView, ...]
    has_next: bool


# --- the member card ---------------------------------------------------------

CardToken = Annotated[str, Meta(max_length=600, pattern=r"^[A-Za-z0-9_.-]+$")]


class MemberCardsGet(Request, frozen=True):
    """Today's cards of members."""

    ids: Ids


class MemberCardView(msgspec.Struct, frozen=True, kw_only=True):
    """A signed word that somebody serves in a unit on one day; no name in it."""

    id: UUID
    active: bool
    day: date
    token: str


class MemberCardsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One row per id asked for, in that order; None where not visible."""

    rows: tuple[MemberCardView | None, ...]


class MemberCardCheck(Request, frozen=True):
    """A card as somebody shows it."""

    token: CardToken


class MemberCardChecked(msgspec.Struct, frozen=True, kw_only=True):
    """Whether its bearer serves now: yes or no, in which unit, on which day."""

    active: bool
    unit_id: UUID | None = None
    day: date | None = None


class MemberCardKeysGet(Request, frozen=True):
    """The key with which cards are verified offline."""


class MemberCardKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public key as RFC 8037 writes it."""

    kty: str
    crv: str
    x: str
    kid: str
    alg: str
    use: str


class MemberCardKeys(msgspec.Struct, frozen=True, kw_only=True):
    """A key set."""

    keys: tuple[MemberCardKey, ...]
