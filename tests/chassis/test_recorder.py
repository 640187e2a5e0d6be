"""The library's own conformance tests, run on our recorder; and the tailing reader."""

import threading
import time
from uuid import uuid4

import pytest
import sqlalchemy as sa
from eventsourcing.persistence import ApplicationRecorder, StoredEvent
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)

from services.chassis.event_store import (
    EventLog,
    SafeMarkBusy,
    SqlAlchemyRecorder,
    insert_rows,
)
from services.chassis.mapper import EventMapper, StoredRow
from tests.support.sample import SCHEMA, Tally


@pytest.fixture
def empty_engine(engine: sa.Engine) -> sa.Engine:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {SCHEMA}.events RESTART IDENTITY")
    return engine


class _OnOurTable:
    """What the library's cases ask of a recorder's test."""

    @pytest.fixture(autouse=True)
    def _prepared(self, empty_engine: sa.Engine) -> None:
        self.engine = empty_engine

    def create_recorder(self) -> ApplicationRecorder:
        return SqlAlchemyRecorder(self.engine, SCHEMA)


class TestRecorderConformance(_OnOurTable, ApplicationRecorderTestCase):  # type: ignore[misc]
    """The library's case for application recorders."""

    INITIAL_VERSION = 1

    def test_performance(self) -> None:
        """Speed is measured by ``make bench``."""

    def test_concurrent_throughput(self) -> None:
        """Speed is measured by ``make bench``."""


class TestNotificationOrder(_OnOurTable, NonInterleavingNotificationIDsBaseCase):  # type: ignore[misc]
    """The library's case for two racing stacks of events."""

    insert_num = 200


def _row() -> StoredRow:
    return StoredRow(uuid4(), 1, "sample.tally.opened", b'{"label":"a"}')


def test_tailing_reader_misses_nothing_of_twelve_writers(
    empty_engine: sa.Engine,
) -> None:
    """What a reader saw, poll by poll, is exactly what was committed, in order."""
    recorder = SqlAlchemyRecorder(empty_engine, SCHEMA)
    stop = threading.Event()
    committed: list[int] = []

    def write(number: int) -> None:
        while not stop.is_set():
            with empty_engine.connect() as connection:
                ids = insert_rows(
                    connection, recorder.statements, [_row() for _ in range(3)]
                )
                time.sleep(0.002 * (number % 3))
                if number % 4 == 3:
                    connection.rollback()
                else:
                    connection.commit()
                    committed.extend(ids)

    writers = [threading.Thread(target=write, args=(i,)) for i in range(12)]
    for writer in writers:
        writer.start()
    seen: list[int] = []
    deadline = time.monotonic() + 4
    while time.monotonic() < deadline or any(w.is_alive() for w in writers):
        if time.monotonic() >= deadline:
            stop.set()
        seen += _tail(recorder, seen)
    for writer in writers:
        writer.join()
    seen += _tail(recorder, seen)
    assert sorted(committed) == seen
    assert len(seen) > 500


def _tail(recorder: SqlAlchemyRecorder, seen: list[int]) -> list[int]:
    position = seen[-1] if seen else 0
    try:
        found = recorder.select_notifications(
            position, 10_000, inclusive_of_start=False
        )
    except SafeMarkBusy:
        return []
    return [notification.id for notification in found]


def test_burnt_ids_do_not_stop_the_reader(empty_engine: sa.Engine) -> None:
    """Ids of a rolled-back write are skipped: nothing can appear there any more."""
    log = EventLog(empty_engine, SCHEMA, EventMapper([Tally]))
    with empty_engine.connect() as connection:
        insert_rows(connection, log.statements, [_row(), _row()])
        connection.rollback()
    with empty_engine.begin() as connection:
        (position,) = insert_rows(connection, log.statements, [_row()])
    assert position == 3
    assert log.safe_mark() == position


def test_open_transaction_holds_the_mark_back(empty_engine: sa.Engine) -> None:
    """While a writer with a lower id idles, the reader waits; then it sees both."""
    recorder = SqlAlchemyRecorder(empty_engine, SCHEMA)
    with empty_engine.connect() as slow:
        (low,) = insert_rows(slow, recorder.statements, [_row()])
        with empty_engine.begin() as quick:
            (high,) = insert_rows(quick, recorder.statements, [_row()])
        with pytest.raises(SafeMarkBusy):
            recorder.select_notifications(0, 10, inclusive_of_start=False)
        slow.commit()
    found = recorder.select_notifications(0, 10, inclusive_of_start=False)
    assert [low, high] == [notification.id for notification in found]


def test_writers_do_not_wait_for_each_other(empty_engine: sa.Engine) -> None:
    """An open write leaves others free to commit at once."""
    recorder = SqlAlchemyRecorder(empty_engine, SCHEMA)
    with empty_engine.connect() as slow:
        insert_rows(slow, recorder.statements, [_row()])
        done = recorder.insert_events(
            [StoredEvent(uuid4(), 1, "sample.tally.opened", b"{}")]
        )
        assert done == [2]
        slow.rollback()
