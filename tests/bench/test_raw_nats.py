"""The raw socket really stores and reads what it is measured by."""

from collections.abc import Iterator

import pytest

from bench.raw_nats import BATCH, RawNats
from services.chassis.nats import event_stream_shape
from tests.support.servers import TestNatsServer

STREAM = "EV_BENCH"
MANY = 2 * BATCH + 500


@pytest.fixture
def raw(nats_server: TestNatsServer) -> Iterator[RawNats]:
    with RawNats(nats_server.url, nats_server.tester) as connection:
        connection.new_stream(event_stream_shape("bench"))
        yield connection
        connection.ask(f"$JS.API.STREAM.DELETE.{STREAM}")


def test_batches_are_stored_and_read_back_in_order(raw: RawNats) -> None:
    """Whole batches and the rest of one, in windows that do not divide them."""
    told = [(b"ev.bench.0.x", b"%d" % number) for number in range(MANY)]
    raw.publish(told)
    stored = raw.ask(f"$JS.API.STREAM.INFO.{STREAM}")["state"]["messages"]
    windows = list(raw.pull(STREAM, window=700, count=MANY))
    assert stored == MANY
    assert [payload for _, payload in told] == [p for w in windows for p in w]


def test_a_new_stream_is_empty(raw: RawNats) -> None:
    """A second measurement does not meet the messages of the first."""
    raw.publish([(b"ev.bench.0.x", b"1")])
    raw.new_stream(event_stream_shape("bench"))
    assert 0 == raw.ask(f"$JS.API.STREAM.INFO.{STREAM}")["state"]["messages"]


def test_a_refused_batch_is_not_taken_for_a_stored_one(raw: RawNats) -> None:
    """Nobody keeps the subject, so nothing can have been stored."""
    with pytest.raises(RuntimeError):
        raw.publish([(b"ev.nowhere.0.x", b"1")])
