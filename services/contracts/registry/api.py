"""What every request to the registry is built from: its base and bounded texts.

Each area's requests and answers stand in a module of their own beside this one, the
same by HTTP and by NATS verbs.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

# One line with something on it.
from services.contracts.described import about

Name = Annotated[str, Meta(max_length=120, pattern=r"^[^\t\r\n]*\S[^\t\r\n]*$")]
Ids = Annotated[
    list[UUID], Meta(min_length=1, max_length=200), about("Which ones, by their ids.")
]
First = Annotated[int, Meta(ge=1, le=100), about("How many rows, 1 to 100.")]
Cursor = Annotated[
    str, Meta(max_length=200), about("Cursor of the last row of the page before.")
]
# A moment with its zone: what the register knew then.
KnownAt = Annotated[datetime, Meta(tz=True), about("As known at this moment.")]


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything that a caller may send: unknown fields are refused."""
