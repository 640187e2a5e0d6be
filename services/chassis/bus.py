"""The client of nats-py with two short ways, for messages that come and go in masses.

Relay and followers use them; this module alone reaches under nats-py's public surface,
and its version is locked.
"""

from collections.abc import Callable

import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.protocol.parser import AWAITING_CONTROL_LINE, Parser

_END = b"\r\n"
_MASSES = (b"HMSG ", b"MSG ")
_WITH_REPLY = {b"HMSG": 6, b"MSG": 5}

# Called with subject, reply subject, payload and raw headers as they came.
OnFrame = Callable[[bytes, bytes, bytes, bytes], None]


class Bus(Client):
    """The client of nats-py, with a short way in.

    A message of an ordinary subscription costs six regular expressions, a dictionary of
    headers, a message object, a queue and a task switch: two thirds of a follower's
    time.
    """

    def __init__(self) -> None:
        super().__init__()
        self._short_ways: dict[int, OnFrame] = {}
        self._ps = _ShortWayParser(self, self._short_ways)

    async def subscribe_frames(self, subject: str, on_frame: OnFrame) -> Subscription:
        """Subscribe; ``on_frame`` is called for each message as soon as it is read."""
        subscription = await self.subscribe(subject, cb=_never)
        self._short_ways[_number(subscription)] = on_frame
        return subscription

    async def unsubscribe_frames(self, subscription: Subscription) -> None:
        """End a subscription of subscribe_frames."""
        self._short_ways.pop(_number(subscription), None)
        if not self.is_closed:
            await subscription.unsubscribe()

    async def _process_msg(
        self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: bytes
    ) -> None:
        on_frame = self._short_ways.get(sid)
        if on_frame is not None:
            on_frame(subject, reply, data, headers or b"")
        else:
            await super()._process_msg(sid, subject, reply, data, headers)


class _ShortWayParser(Parser):
    """Takes the messages of short ways from the front of what was read.

    Whatever else comes first goes the ordinary way, with all that is behind it.
    """

    def __init__(self, client: Client, short_ways: dict[int, OnFrame]) -> None:
        super().__init__(client)
        self._short_ways = short_ways

    async def parse(self, data: bytes = b"") -> None:
        if not self._short_ways or self.state != AWAITING_CONTROL_LINE:
            await super().parse(data)
            return
        if self.buf:
            data = bytes(self.buf) + data
            self.buf.clear()
        at, is_waiting = self._take(data)
        if is_waiting:
            self.buf.extend(data[at:])
        else:
            await super().parse(data[at:])

    def _take(self, data: bytes) -> tuple[int, bool]:
        """Hand out whole messages; say where they end, and whether the next is cut."""
        at = 0
        short_ways = self._short_ways
        while data.startswith(_MASSES, at):
            line_end = data.find(_END, at)
            if line_end < 0:
                return at, True
            line = data[at:line_end].split(b" ")
            on_frame = short_ways.get(int(line[2]))
            if on_frame is None:
                return at, False
            body, size = line_end + 2, int(line[-1])
            if len(data) < body + size + 2:
                return at, True
            split = body + (int(line[-2]) if line[0] == b"HMSG" else 0)
            reply = line[3] if len(line) == _WITH_REPLY[line[0]] else b""
            at = body + size + 2
            on_frame(line[1], reply, data[split : at - 2], data[body:split])
        return at, at == len(data)


def _number(subscription: Subscription) -> int:
    return subscription._id  # noqa: SLF001 - see above


async def _never(_: Msg) -> None:
    """Stand in as the callback of a subscription whose messages go the short way."""


async def publish_frames(client: Client, frames: bytes) -> None:
    """Send ready protocol frames in one write.

    nats-py builds headers anew for each message, which is three quarters of the time of
    a batch. Raises nats.errors.Error while disconnected, so that half a batch is never
    kept for later.
    """
    if not client.is_connected or client.is_draining:
        raise nats.errors.ConnectionReconnectingError
    await client._send_command(frames)  # noqa: SLF001 - see above
    await client._flush_pending()  # noqa: SLF001 - see above
