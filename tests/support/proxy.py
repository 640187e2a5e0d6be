"""A TCP proxy that cuts a PostgreSQL connection at a chosen moment."""

import socket
import threading


class CuttingProxy:
    """Forwards to a server until told to swallow the answer of the next COMMIT.

    ``cut_at = b"COMMIT"`` lets the statement reach the server, waits for the server's
    answer, and closes both sides without passing it on: the work is done, the client
    cannot know. ``cuts`` counts how often that happened.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.cut_at: bytes | None = None
        self.cuts = 0
        self._open = True
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._open = False
        self._listener.close()

    def _accept(self) -> None:
        while self._open:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            doomed = threading.Event()
            for pair in (
                (client, server, doomed, True),
                (server, client, doomed, False),
            ):
                threading.Thread(target=self._pump, args=pair, daemon=True).start()

    def _pump(
        self,
        source: socket.socket,
        sink: socket.socket,
        doomed: threading.Event,
        from_client: bool,  # noqa: FBT001 - direction of the pump
    ) -> None:
        has_written = False  # drivers commit while they greet a server, too
        try:
            while chunk := source.recv(65536):
                has_written = has_written or b"INSERT" in chunk
                meant = has_written and self.cut_at and self.cut_at in chunk
                if from_client and meant:
                    self.cut_at = None
                    doomed.set()
                elif not from_client and doomed.is_set():
                    self.cuts += 1
                    break
                sink.sendall(chunk)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        source.close()
