"""Applies a follower's planned facts: rows and positions in one transaction.

A batch that fails is halved until the failing fact stands alone; after a bounded number
of tries it goes to quarantine and the next ones flow. Called by the shard reader, in
its thread.
"""

import time
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
import structlog

from services.chassis.deliveries import Item, Planner, places_after
from services.chassis.errors import Unavailable
from services.chassis.followers import Delivered, Follower
from services.chassis.positions import Fenced, FollowerPositions, Place
from services.chassis.quarantine import (
    Held,
    held_for_contracts,
    quarantine,
    reason_of,
    release,
)

log = structlog.get_logger()

TRIES = 3
_PAUSE_SECONDS = 0.05
# Syntax, missing table or right, read-only server: a deployment's fault, no event's.
_NO_FAULT_OF_THE_EVENT = ("42", "25006")


def is_transient(error: BaseException) -> bool:
    """Whether the same batch may go through later, so that nothing is poison yet."""
    if isinstance(error, Fenced | Unavailable):
        return True
    if not isinstance(error, sa.exc.SQLAlchemyError):
        return False
    if isinstance(
        error, sa.exc.OperationalError | sa.exc.InterfaceError | sa.exc.TimeoutError
    ):
        return True
    sqlstate = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    lost = isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated
    return lost or sqlstate.startswith(_NO_FAULT_OF_THE_EVENT)


class Applier:
    """Applies one source's facts for one follower."""

    def __init__(
        self, engine: sa.Engine, schema: str, follower: Follower, source: str
    ) -> None:
        self._engine = engine
        self._schema = schema
        self._follower = follower
        self._source = source
        self.positions = FollowerPositions(schema, follower.name, source)

    def load(self) -> dict[int, Place]:
        """Return the places reached so far."""
        with self._engine.connect() as connection:
            return self.positions.load(connection)

    def apply(self, items: Sequence[Item], places: dict[int, Place]) -> list[Delivered]:
        """Apply the items, moving ``places`` on with each commit.

        Returns the facts that were applied. Raises what is_transient says can be tried
        again; then what ``places`` says is done stays done.
        """
        if not items:
            return []
        try:
            self._transact(items, places)
        except Exception as error:
            if is_transient(error):
                raise
            if len(items) == 1:
                return self._apply_alone(items[0], places, error)
            middle = len(items) // 2
            first = self.apply(items[:middle], places)
            return first + self.apply(items[middle:], places)
        return [item.fact for item in items if item.fact is not None]

    def retry_held(self, planner: Planner) -> list[Delivered]:
        """Apply what an older release held because it did not know the contract.

        Such facts come late, behind others of their aggregate. Raises what is_transient
        says can be tried again.
        """
        with self._engine.connect() as connection:
            held = held_for_contracts(
                connection, self._schema, self._follower.name, self._source
            )
        understood = [(i, item) for i, raw in held if (item := planner.again(raw))]
        return [
            fact for row_id, item in understood if (fact := self._release(row_id, item))
        ]

    def _release(self, row_id: int, item: Item) -> Delivered | None:
        try:
            with self._engine.begin() as connection:
                if not release(connection, self._schema, row_id):
                    return None
                if item.fact is not None:
                    self._follower.apply(connection, [item.fact])
        except Exception as error:
            if is_transient(error):
                raise
            log.exception("follower.still_held", follower=self._follower.name)
            return None
        return item.fact

    def hold(self, loose: Sequence[Held]) -> None:
        """Quarantine messages that have no place."""
        if not loose:
            return
        with self._engine.begin() as connection:
            for held in loose:
                self._quarantine(connection, held)

    def move(self, before: Mapping[int, Place], after: Mapping[int, Place]) -> None:
        """Move places without a fact. Raises Fenced."""
        with self._engine.begin() as connection:
            self.positions.move(connection, before, after)

    def _apply_alone(
        self, item: Item, places: dict[int, Place], error: BaseException
    ) -> list[Delivered]:
        for attempt in range(2, TRIES + 1):
            time.sleep(_PAUSE_SECONDS * attempt)
            try:
                self._transact([item], places)
            except Exception as again:
                if is_transient(again):
                    raise
                error = again
            else:
                return [item.fact] if item.fact is not None else []
        reason, detail = reason_of(error)
        fact = item.fact
        key = fact.event_id if fact is not None else ""
        detail["type"] = fact.type if fact is not None else ""
        held = Held(key, reason, detail, item.raw, TRIES)
        self._transact([item._replace(fact=None, poison=held)], places)
        return []

    def _transact(self, items: Sequence[Item], places: dict[int, Place]) -> None:
        reached = places_after(items)
        facts = [item.fact for item in items if item.fact is not None]
        with self._engine.begin() as connection:
            # Moved first: a second reader waits here instead of doing the work twice.
            self.positions.move(connection, places, reached)
            for item in items:
                if item.poison is not None:
                    self._quarantine(connection, item.poison)
            if facts:
                self._follower.apply(connection, facts)
        places.update(reached)

    def _quarantine(self, connection: sa.Connection, held: Held) -> None:
        quarantine(connection, self._schema, self._follower.name, self._source, held)
        log.error(
            "follower.quarantined",
            follower=self._follower.name,
            source=self._source,
            event_id=held.key,
            reason=held.reason,
        )
