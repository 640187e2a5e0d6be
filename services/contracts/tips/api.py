"""What the doors of tips take and give.

NATS verbs (also by HTTP): tips.counters tips.list (queries), tip.triage tip.value
(commands). By HTTP only, because they carry text: intake, status, record, read, erase.
A unit is named as ``{"code": ...}`` or ``{"id": ...}`` on the day of receipt.
"""

from datetime import date
from typing import Annotated, Final, Literal, get_args
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.units import UnitRef
from services.contracts.tips.events import Category, Channel, TriageOutcome

MAX_TEXT: Final = 10_000
MAX_CONTACT: Final = 500
CODE_CHARACTERS: Final = 26

TipState = Literal["received", "triaged", "valued", "erased"]
LateReason = Literal["paper_register", "no_connection", "handed_in_late", "migrated"]
RoutedTo = Literal["khieu_nai", "to_cao", "phan_anh", "hanh_chinh"]
ValueReason = Literal[
    "led_to_clearance",
    "led_to_prevention",
    "confirmed_on_site",
    "already_known",
    "not_confirmed",
    "too_vague",
]
ReadPurpose = Literal["triage", "valuation", "hand_over", "supervision"]
ErasureReason = Literal[
    "unfounded", "retention_ended", "sender_request", "outside_closed_list"
]
SenderStatus = Literal["received", "in_progress", "closed", "none"]

# A word outside the closed list is refused by the service with the address of the
# right door; the schema still names the words.
OpenCategory = Annotated[
    str,
    Meta(max_length=40, extra_json_schema={"enum": list(get_args(Category))}),
]
TipText = Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)]
Contact = Annotated[str, Meta(max_length=MAX_CONTACT)]
UnitIds = Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=100)]
First = Annotated[int, Meta(ge=1, le=100), about("How many rows, 1 to 100.")]
Cursor = Annotated[
    str,
    Meta(min_length=1, max_length=100),
    about("Cursor of the last row of the page before."),
]


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything that a caller may send: unknown fields are refused."""


# --- the sender --------------------------------------------------------------


class SubmitTip(Request, frozen=True, kw_only=True):
    """Open intake: what happened, where, and, if the sender wishes, how to reach him.

    The Idempotency-Key must be a random (version 4) UUID: a retry with the same key
    gives the same tracking code again, anything else never does.
    """

    category: Annotated[
        OpenCategory, about("What it is about; a closed list (loại tin).")
    ]
    unit: Annotated[UnitRef, about("Where it happened (đơn vị).")]
    text: Annotated[
        TipText, about("What happened, in words; sealed at once (nội dung).")
    ]
    contact: Annotated[
        Contact | None, about("How to reach the sender, if wished; sealed (liên hệ).")
    ] = None


class TipReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to the sender; the tracking code is kept nowhere and shown only here.

    ``receipt`` names the register (unit code and year), never the running number.
    """

    receipt: str
    received_on: date
    tracking_code: str
    message_vi: str
    message_en: str


class TipStatus(Request, frozen=True, kw_only=True):
    """Where a tip stands; the code travels in the body, never in an address."""

    tracking_code: Annotated[str, Meta(max_length=64)]


class TipStatusAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A class of status, always of the same length.

    ``none`` stands for a wrong, an unknown and an erased code alike. ``padding`` makes
    all answers equally long.
    """

    status: SenderStatus
    padding: str


# --- officers ----------------------------------------------------------------


class RecordTip(Request, frozen=True, kw_only=True):
    """An officer enters a tip that came by any channel; a past day needs a reason."""

    category: Annotated[
        OpenCategory, about("What it is about; a closed list (loại tin).")
    ]
    unit: Annotated[UnitRef, about("Where it happened (đơn vị).")]
    channel: Annotated[Channel, about("How it came (kênh tiếp nhận).")]
    received_on: Annotated[date, about("Day on which it came (ngày tiếp nhận).")]
    text: Annotated[
        TipText, about("What happened, in words; sealed at once (nội dung).")
    ]
    contact: Annotated[
        Contact | None, about("How to reach the sender, if wished; sealed (liên hệ).")
    ] = None
    late_reason: Annotated[
        LateReason | None, about("Why it is entered late, for a past day.")
    ] = None


class TipRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to RecordTip: the tip and its number in the register of unit and year."""

    tip_id: UUID
    year: int
    number: int


class TriageTip(Request, frozen=True, kw_only=True):
    """tip.triage: sort a received tip; ``routed_to`` goes with routed_out alone.

    ``triaged_on`` is today unless an earlier day is given.
    """

    tip_id: Annotated[UUID, about("Which tip.")]
    outcome: Annotated[
        TriageOutcome, about("What is to become of it (kết quả phân loại).")
    ]
    routed_to: Annotated[
        RoutedTo | None, about("Who is competent, where it is routed out.")
    ] = None
    triaged_on: Annotated[date | None, about("Day; today without it.")] = None


class ValueTip(Request, frozen=True, kw_only=True):
    """tip.value: rate an accepted tip; neither its receiver nor its triager may."""

    tip_id: Annotated[UUID, about("Which tip.")]
    valuable: Annotated[bool, about("Whether it was of value (có giá trị).")]
    reason_code: Annotated[ValueReason, about("Why (lý do).")]
    valued_on: Annotated[date | None, about("Day; today without it.")] = None


class TipMoved(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to triage, valuation and erasure."""

    tip_id: UUID
    state: TipState


class RevealTip(Request, frozen=True, kw_only=True):
    """Read the text of a tip; who read it and why is recorded before the answer."""

    tip_id: Annotated[UUID, about("Which tip.")]
    purpose: Annotated[ReadPurpose, about("What it is read for (mục đích).")]


class TipContent(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a tip; how to reach the sender is never part of it."""

    tip_id: UUID
    text: str


class EraseTip(Request, frozen=True, kw_only=True):
    """Destroy the key of a tip: no copy of its text opens again, counts stay."""

    tip_id: Annotated[UUID, about("Which tip.")]
    reason_code: Annotated[ErasureReason, about("Why (lý do xóa).")]


class ListTips(Request, frozen=True, kw_only=True):
    """tips.list: tips of a subtree, latest day first; both days count."""

    unit_id: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None
    category: Category | None = None
    state: TipState | None = None
    first: First = 20
    after: Cursor | None = None


class TipRow(msgspec.Struct, frozen=True, kw_only=True):
    """A tip as officers of its unit see it in a list: no text, no person."""

    id: UUID
    unit_id: UUID
    received_on: date
    category: Category
    channel: Channel
    state: TipState
    outcome: TriageOutcome | None
    valuable: bool | None
    year: int
    number: int
    cursor: str


class TipPage(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to tips.list."""

    rows: list[TipRow]
    has_next: bool


class CountTips(Request, frozen=True, kw_only=True):
    """tips.counters: counts of the subtrees of units; both days count.

    A caller who does not work on tips of the unit gets whole official months only
    (15th to 14th), no categories, and no count below 5.
    """

    unit_ids: UnitIds
    from_day: date
    to_day: date


class CategoryCount(msgspec.Struct, frozen=True, kw_only=True):
    """Tips of one category, spam left out."""

    category: Category
    received: int


class TipCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one subtree; None hides a count below 5 (``small_counts_hidden``).

    ``received`` counts by day of receipt without spam, ``valuable`` by day of rating.
    """

    unit_id: UUID
    received: int | None
    spam: int | None
    triaged: int | None
    valuable: int | None
    by_category: list[CategoryCount] | None
    small_counts_hidden: bool


class TipCountsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to tips.counters, in the order asked for."""

    rows: list[TipCounts]
