"""From an accepted command to the changed figure, on the whole running platform."""

import asyncio
import random
import statistics
import threading
import time
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

import orjson
import psycopg

from bench.facts import PARTITIONS, SERVICE
from bench.house import House
from bench.load import drive, post
from bench.measure import Row, most_row
from bench.sessions import HOLD, key
from services.chassis.envelopes import partition_of

RAW_LIMIT: Final = (
    "none: from the answer to a command to the commit of its figures, as seen by asking"
    " for reporting's position every 4 ms; five processes, both servers and the load on"
    " this machine's cores"
)
RATE: Final = 300
SECONDS: Final = 12.0
_PATIENCE_S: Final = 30.0
_POSITIONS: Final = (
    "SELECT partition, position FROM reporting_write.follower_position"
    f" WHERE follower = 'reporting-figures' AND source = '{SERVICE}'"
)


class PositionWatch(threading.Thread):
    """Notes when the figures had taken in which position of each partition."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self._url = url
        self._stopping = threading.Event()
        self.seen: dict[int, list[tuple[int, float]]] = {
            p: [] for p in range(PARTITIONS)
        }

    def run(self) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            while not self._stopping.wait(0.004):
                rows = connection.execute(_POSITIONS, prepare=True).fetchall()
                now = time.perf_counter()
                for partition, position in rows:
                    seen = self.seen[partition]
                    if not seen or seen[-1][0] < position:
                        seen.append((position, now))

    def stop(self) -> None:
        self._stopping.set()
        self.join()

    def reached(self, partition: int, position: int) -> float | None:
        """Return when the position was in the figures; None while it is not."""
        seen = self.seen[partition]
        at = bisect_left(seen, (position, 0.0))
        return seen[at][1] if at < len(seen) else None


def measure(house: House) -> Iterator[Row]:
    """Hold 300 sessions a second in the communes of one province."""
    codes = _communes(house)
    accepted: list[tuple[int, int, float]] = []

    def request() -> bytes:
        day = date(2023, 1, 1) + timedelta(random.randrange(365))
        body = {
            "unit": {"code": random.choice(codes)},
            "held_on": day,
            "kind": "outreach",
            "attendance": random.randint(15, 200),
            "organiser": "police",
        }
        return post(HOLD, orjson.dumps(body), house.authorization, key())

    def hears(answer: bytes) -> None:
        now = time.perf_counter()
        head, _, body = answer.partition(b"\r\n\r\n")
        start = head.lower().index(b"x-position:") + 11
        position = int(head[start:].split(b"\r\n", 1)[0])
        session = UUID(orjson.loads(body)["session_id"])
        accepted.append((partition_of(session, PARTITIONS), position, now))

    watch = PositionWatch(house.run.postgres.url)
    watch.start()
    load = asyncio.run(
        drive(house.port(SERVICE), request, seconds=SECONDS, rate=RATE, hears=hears)
    )
    assert load.failures == 0, f"{load.failures} requests failed"
    _until_applied(watch, accepted)
    watch.stop()
    lags = [
        ((watch.reached(partition, position) or 0.0) - then) * 1e3
        for partition, position, then in accepted
    ]
    cuts = statistics.quantiles(lags, n=100)
    what = f"Accepted command to changed figure at {RATE} commands/s"
    yield most_row(f"{what}, median", "ms", max(cuts[49], 0), 250)
    yield most_row(f"{what}, p99", "ms", cuts[98], 250)


def _until_applied(
    watch: PositionWatch, accepted: list[tuple[int, int, float]]
) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while any(watch.reached(p, position) is None for p, position, _ in accepted):
        assert time.monotonic() < deadline, "reporting does not catch up"
        time.sleep(0.1)


def _communes(house: House) -> list[str]:
    with psycopg.connect(house.run.postgres.url) as connection:
        rows = connection.execute(
            "SELECT code FROM reporting_read.unit_directory WHERE level = 'commune'"
            " AND path LIKE 'VN.06-0.%%' AND valid_to = '2025-07-01'"
        ).fetchall()
    return [row[0] for row in rows]
