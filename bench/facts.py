"""Sessions all over the country, as a service stores them and as its relay tells them.

Days follow each other as in real life: a session is entered within three days, so
neighbours in the log lie in many communes but on few days.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid4

import msgspec
import psycopg

from bench.house import House
from services.campaigns.domain.session import Session, SessionFacts
from services.campaigns.publishing import publish
from services.chassis.envelopes import Envelopes, Message
from services.chassis.event_store import RecordedEvent
from services.chassis.mapper import EventMapper, StoredRow

SERVICE: Final = "campaigns"
STREAM: Final = "EV_CAMPAIGNS"
PARTITIONS: Final = 8
# A nation's year of a million sessions: this many in a day.
A_DAY: Final = 2740
_FIRST_DAY: Final = date(2023, 1, 1)
_ENTERED_WITHIN_DAYS: Final = 3


def one_session() -> Session:
    """Return a session as the domain records it."""
    facts = SessionFacts(
        session_id=uuid4(),
        campaign_id=None,
        unit_id=uuid4(),
        unit_path="VN.06-0.058-0.01834-0",
        held_on=date(2023, 8, 19),
        kind="outreach",
        attendance=60,
        organiser="police",
        origin="own",
        venue="Nhà văn hóa thôn",
        recorded_by="officer",
    )
    return Session.hold(facts, date(2026, 1, 1))


def communes_of_2023(house: House) -> list[UUID]:
    """Return the communes that were in force all through 2023."""
    with psycopg.connect(house.run.postgres.url) as connection:
        rows = connection.execute(
            "SELECT id FROM reporting_read.unit_directory WHERE level = 'commune'"
            " AND coalesce(valid_from, '2023-01-01') <= '2023-01-01'"
            " AND coalesce(valid_to, '2024-01-01') >= '2024-01-01' ORDER BY path"
        ).fetchall()
    return [row[0] for row in rows]


def stored_sessions(communes: Sequence[UUID], count: int) -> Iterator[StoredRow]:
    """Return the first events of many sessions, as the store keeps them."""
    drawn = random.Random(7)
    pattern = EventMapper([Session]).to_row(one_session().collect_events()[0])
    state = msgspec.json.decode(pattern.state)
    encode = msgspec.json.Encoder().encode
    for number in range(count):
        entered = number // A_DAY
        late = min(entered, drawn.randrange(_ENTERED_WITHIN_DAYS))
        state["unit_id"] = drawn.choice(communes)
        state["held_on"] = _FIRST_DAY + timedelta((entered - late) % 365)
        state["attendance"] = drawn.randint(15, 200)
        identity = UUID(int=drawn.getrandbits(128), version=4)
        yield pattern._replace(aggregate_id=identity, state=encode(state))


def told_sessions(communes: Sequence[UUID], count: int) -> list[Message]:
    """Return the messages that the relay makes of as many sessions."""
    mapper = EventMapper([Session])
    envelopes = Envelopes(SERVICE, str(uuid4()), publish, PARTITIONS)
    messages = []
    for position, row in enumerate(stored_sessions(communes, count), 1):
        event = mapper.to_event(*row)
        recorded = RecordedEvent(position, event, row.topic, row.aggregate_id, 1)
        message = envelopes.message(recorded)
        assert message is not None
        messages.append(message)
    return messages
