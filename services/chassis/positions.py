"""How far each follower is, in the same database and transaction as what it derived.

A position row names source, partition and generation; moving it is conditional on where
it stood, which fences a second active reader.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa


class Place(NamedTuple):
    """How far a follower is in one partition of one source."""

    generation: str
    position: int
    digest: int
    event_time: datetime | None


NOWHERE = Place("", 0, 0, None)


class Fenced(Exception):
    """Another reader moved the position first; nothing of the batch was applied."""


class FollowerPositions:
    """The position rows of one follower and one source."""

    def __init__(self, schema: str, follower: str, source: str) -> None:
        self._follower = follower
        self._source = source
        self._table = f"{schema}.follower_position"
        self._key = {"follower": follower, "source": source}

    def load(self, connection: sa.Connection) -> dict[int, Place]:
        """Return the places that were reached, by partition."""
        return self._load(connection, "")

    def held(self, connection: sa.Connection) -> dict[int, Place]:
        """Return the places, which nobody forgets before the transaction ends."""
        return self._load(connection, " ORDER BY partition FOR SHARE")

    def _load(self, connection: sa.Connection, behind: str) -> dict[int, Place]:
        rows = connection.exec_driver_sql(
            "SELECT partition, generation, position, digest, event_time"
            f" FROM {self._table} WHERE follower = %(follower)s"
            f" AND source = %(source)s{behind}",
            self._key,
        )
        return {row[0]: Place(row[1], row[2], row[3], row[4]) for row in rows}

    def move(
        self,
        connection: sa.Connection,
        before: Mapping[int, Place],
        after: Mapping[int, Place],
    ) -> None:
        """Move the rows of ``after`` from where ``before`` says. Raises Fenced."""
        partitions = sorted(after)
        new = [p for p in partitions if p not in before]
        if new:
            self._insert(connection, new)
        old = [before.get(p, NOWHERE) for p in partitions]
        places = [after[p] for p in partitions]
        moved = connection.exec_driver_sql(
            f"UPDATE {self._table} AS p SET generation = u.generation,"
            " position = u.position, digest = u.digest, event_time = u.event_time,"
            " applied_at = clock_timestamp()"
            " FROM unnest(%(partitions)s::int[], %(old_generations)s::text[],"
            " %(old_positions)s::int8[], %(generations)s::text[],"
            " %(positions)s::int8[], %(digests)s::int8[], %(times)s::timestamptz[])"
            " AS u(partition, old_generation, old_position, generation, position,"
            " digest, event_time)"
            " WHERE p.follower = %(follower)s AND p.source = %(source)s"
            " AND p.partition = u.partition AND p.generation = u.old_generation"
            " AND p.position = u.old_position",
            {
                **self._key,
                "partitions": partitions,
                "old_generations": [place.generation for place in old],
                "old_positions": [place.position for place in old],
                "generations": [place.generation for place in places],
                "positions": [place.position for place in places],
                "digests": [place.digest for place in places],
                "times": [place.event_time for place in places],
            },
        )
        if moved.rowcount != len(partitions):
            raise Fenced

    def _insert(self, connection: sa.Connection, partitions: list[int]) -> None:
        connection.exec_driver_sql(
            f"INSERT INTO {self._table}"
            " (follower, source, partition, generation, position, applied_at)"
            " SELECT %(follower)s, %(source)s, u, '', 0, clock_timestamp()"
            " FROM unnest(%(partitions)s::int[]) AS u ON CONFLICT DO NOTHING",
            {**self._key, "partitions": partitions},
        )


class Reached(NamedTuple):
    """One position row, for those who tell how fresh an answer is."""

    source: str
    partition: int
    generation: str
    position: int
    event_time: datetime | None
    applied_at: datetime


def positions_reached(
    connection: sa.Connection, schema: str, follower: str
) -> list[Reached]:
    """Return how far a follower is in each source and partition."""
    rows = connection.exec_driver_sql(
        "SELECT source, partition, generation, position, event_time, applied_at"
        f" FROM {schema}.follower_position WHERE follower = %s AND position > 0"
        " ORDER BY source, partition",
        (follower,),
    )
    return [Reached(*row) for row in rows]


def forget_positions(connection: sa.Connection, schema: str, follower: str) -> None:
    """Send a follower back to the beginning of every source."""
    connection.exec_driver_sql(
        f"DELETE FROM {schema}.follower_position WHERE follower = %s", (follower,)
    )
