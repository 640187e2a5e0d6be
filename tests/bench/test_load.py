"""The load generator counts what was answered, and tells good from bad."""

import asyncio

from bench.load import drive, post


async def test_answers_are_counted_and_told() -> None:
    """Every request is answered once; refusals are failures; bodies are heard."""
    served = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal served
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0])
            body = await reader.readexactly(length)
            served += 1
            status = b"200 OK" if served % 2 else b"409 Conflict"
            writer.write(
                b"HTTP/1.1 %b\r\nContent-Length: %d\r\n\r\n%b" % (status, length, body)
            )

    server = await asyncio.start_server(_until_closed(serve), "127.0.0.1", 0)
    heard: list[bytes] = []
    load = await drive(
        server.sockets[0].getsockname()[1],
        lambda: post("/", b'{"a":1}'),
        connections=2,
        seconds=0.3,
        hears=heard.append,
    )
    server.close()
    assert load.answers == served == len(heard)
    assert served // 2 == load.failures
    assert all(answer.endswith(b'{"a":1}') for answer in heard)


def _until_closed(serve):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    async def quietly(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            await serve(reader, writer)
        except asyncio.IncompleteReadError:
            writer.close()

    return quietly
