"""The HTTP doors of a running platform: four services and the gateway.

Every command carries its own key, so that it may be sent again after any silence.
"""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Final, NamedTuple, Self
from uuid import UUID

import aiohttp
import msgspec

from demo.patience import DoorShut, Patience
from deploy.embedded.issuer import Caller, Issuer
from deploy.embedded.run_file import Run

_TIMEOUT: Final = aiohttp.ClientTimeout(total=15, connect=5)
_COME_BACK: Final = frozenset({429, 500, 502, 503, 504})
_BAD: Final = 400
# A part that is just dying may also answer like this; keys make it safe to ask again.
_DEFECTS: Final = frozenset({"INTERNAL", "UPSTREAM_FAILED"})
_CONNECTIONS: Final = 64

# A query string; a name may come several times.
Params = Mapping[str, str] | Sequence[tuple[str, str]]


class Refused(Exception):
    """A door said no, for good: the plan and the platform do not fit together."""

    def __init__(self, what: str, *, code: str, message: str) -> None:
        self.code = code
        super().__init__(f"{what}: {message} ({code})")


class Answer(NamedTuple):
    """An answer of a service; ``position`` is the last event of a command."""

    body: bytes
    position: int

    def decoded(self) -> Any:
        """Return the body as plain values."""
        return msgspec.json.decode(self.body)


class _Question(NamedTuple):
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None
    params: Params | None = None


class Doors:
    """Knocks at the addresses of the run file with the tokens of ready-made callers."""

    def __init__(
        self,
        run: Run,
        issuer: Issuer,
        patience: Patience,
        callers: Mapping[str, Caller] | None = None,
    ) -> None:
        self._urls = {name: process.url for name, process in run.processes.items()}
        self._issuer = issuer
        # Callers of its own, in place of the ready-made ones of the same name.
        self._callers = callers or {}
        self._tokens: dict[str, str] = {}
        self._patience = patience
        self._http: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=_CONNECTIONS)
        self._http = aiohttp.ClientSession(connector=connector, timeout=_TIMEOUT)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.close()

    async def command(
        self, service: str, path: str, body: Any, *, caller: str, key: UUID
    ) -> Answer:
        """Send a command until it is answered. Raises Refused, GaveUp."""
        headers = self._headers(caller) | {
            "Content-Type": "application/json",
            "Idempotency-Key": str(key),
        }
        url = f"{self._urls[service]}{path}"
        question = _Question("POST", url, headers, msgspec.json.encode(body))
        return await self._answered(service, question)

    async def ask(
        self, service: str, path: str, params: Params, *, caller: str
    ) -> Answer:
        """Ask a service. Raises Refused, GaveUp."""
        url = f"{self._urls[service]}{path}"
        question = _Question("GET", url, self._headers(caller), params=params)
        return await self._answered(service, question)

    async def graphql(
        self,
        document: str,
        variables: Mapping[str, Any],
        *,
        caller: str,
        key: UUID | None = None,
    ) -> dict[str, Any]:
        """Ask the gateway; errors of its own are tried again. Raises Refused, GaveUp.

        A refused command stands in ``userErrors`` of its payload.
        """
        headers = self._headers(caller) | {"Content-Type": "application/json"}
        if key is not None:
            headers["Idempotency-Key"] = str(key)
        body = msgspec.json.encode({"query": document, "variables": variables})
        url = f"{self._urls['gateway']}/graphql"
        question = _Question("POST", url, headers, body)

        async def knock() -> dict[str, Any]:
            answer = await self._once("gateway", question)
            return _data_of(answer.decoded())

        return await self._patience.until_answered("gateway", knock)

    async def _answered(self, door: str, question: _Question) -> Answer:
        return await self._patience.until_answered(
            door, lambda: self._once(door, question)
        )

    async def _once(self, door: str, question: _Question) -> Answer:
        try:
            async with self._http.request(
                question.method,
                question.url,
                headers=question.headers,
                data=question.body,
                params=question.params,
            ) as response:
                body = await response.read()
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise DoorShut(type(error).__name__) from error
        if response.status in _COME_BACK:
            raise DoorShut(f"HTTP {response.status}")
        if response.status >= _BAD:
            raise refusal(door, body)
        return Answer(body, int(response.headers.get("X-Position", 0)))

    def _headers(self, caller: str) -> dict[str, str]:
        if caller not in self._tokens:
            self._tokens[caller] = self._issuer.token(self._callers.get(caller, caller))
        return {"Authorization": f"Bearer {self._tokens[caller]}"}


def _data_of(answer: Any) -> dict[str, Any]:
    errors = answer.get("errors")
    if errors:
        extensions = errors[0].get("extensions", {})
        code = extensions.get("code", "")
        if extensions.get("retryable") or code in _DEFECTS:
            raise DoorShut(str(code))
        raise Refused("gateway", code=str(code), message=errors[0]["message"])
    data: dict[str, Any] = answer["data"]
    for payload in data.values():
        if isinstance(payload, dict) and payload.get("userErrors"):
            error = payload["userErrors"][0]
            raise Refused("gateway", code=error["code"], message=error["message"])
    return data


def refusal(what: str, body: bytes) -> Refused:
    """Return the refusal that a problem body tells of."""
    try:
        problem = msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.DecodeError:
        return Refused(what, code="unreadable", message=body.decode(errors="replace"))
    return Refused(
        what,
        code=str(problem.get("code", "unknown")),
        message=str(problem.get("message_en") or problem.get("title", "")),
    )
