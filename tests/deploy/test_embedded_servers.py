"""The embedded servers keep what they took, through every way of ending."""

import nats
import psycopg

from tests.support.servers import NatsMaker, PostgresMaker


async def test_a_message_survives_a_kill_of_nats(own_nats: NatsMaker) -> None:
    """What JetStream acknowledged is there after SIGKILL, at the same address."""
    server = own_nats()
    user, password = server.tester
    url = server.url
    connection = await nats.connect(
        url, user=user, password=password, inbox_prefix=b"_INBOX_tester"
    )
    stream = connection.jetstream()
    await stream.add_stream(name="EV_TIPS", subjects=["ev.tips.>"])
    await stream.publish("ev.tips.0.tip.received.v1", b"{}")
    await connection.close()

    server.kill()
    server.start()

    assert url == server.url
    connection = await nats.connect(url, user=user, password=password)
    state = (await connection.jetstream().stream_info("EV_TIPS")).state
    await connection.close()
    assert 1 == state.messages


def test_a_row_survives_a_kill_of_postgres(own_postgres: PostgresMaker) -> None:
    """What PostgreSQL committed is there after SIGKILL, at the same address."""
    server = own_postgres()
    url = server.admin_url()
    with psycopg.connect(url) as session:
        session.execute("CREATE TABLE kept (n int)")
        session.execute("INSERT INTO kept VALUES (7)")

    server.kill()
    server.start()

    assert url == server.admin_url()
    with psycopg.connect(url) as session:
        assert (7,) == session.execute("SELECT n FROM kept").fetchone()
