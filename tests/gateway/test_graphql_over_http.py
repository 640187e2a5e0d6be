"""The endpoint speaks GraphQL over HTTP as the specification's auditors demand.

The 61 audits of the public npm package graphql-http 1.23, under their own ids, so that
they run where no Node is. tests/gateway/audits runs the package itself.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.gateway.served import Answer, Caller

JSON = "application/json"
MODERN = "application/graphql-response+json"
TYPENAME = "{ __typename }"
BY_NAME = "query Type($name: String!) { __type(name: $name) { name } }"
COERCION = "query CoerceFailure($id: ID!){ __typename }"
NO_SUCH_FIELD = "{ 8f31403dfe404bccbb0e835f2629c6a7 }"

Judge = Callable[[Answer], bool]


@dataclass(frozen=True)
class Audit:
    """One audit: what is sent and what the answer must be."""

    id: str
    judge: Judge
    body: Any = None
    accept: str | None = None
    content_type: str | None = JSON
    search: dict[str, str] = field(default_factory=dict)


def status(*allowed: int | range) -> Judge:
    return lambda answer: any(
        answer.status in one if isinstance(one, range) else answer.status == one
        for one in allowed
    )


def typed(media: str) -> Judge:
    return lambda answer: (
        answer.status == 200 and media in answer.headers["content-type"]
    )


def clean(answer: Answer) -> bool:
    return answer.status == 200 and "errors" not in answer.body


def without_data(answer: Answer) -> bool:
    return "data" not in answer.body


def query(text: Any = TYPENAME, **more: Any) -> dict[str, Any]:
    return {"query": text, **more}


def is_utf8(answer: Answer) -> bool:
    return answer.status == 200 and bool(answer.raw.decode("utf-8"))


CLIENT_ERROR = range(400, 500)
ANY_ERROR = range(400, 600)


def audits() -> Iterator[Audit]:
    yield from _media_types()
    yield from _requests()
    yield from _parameters()
    yield from _answers_as_json()
    yield from _answers_as_graphql()


def _media_types() -> Iterator[Audit]:
    yield Audit("22EB", typed(MODERN), query(), MODERN)
    yield Audit("4655", typed(JSON), query(), JSON)
    yield Audit("47DE", typed(JSON), query(), "*/*")
    yield Audit("80D8", typed(JSON), query())
    yield Audit("82A3", is_utf8, query())
    yield Audit(
        "BF61",
        status(200),
        query('{ __type(name: "Run🏃Swim🏊") { name } }'),
        content_type="application/json; charset=utf-8",
    )
    yield Audit("78D5", status(200), query())


def _requests() -> Iterator[Audit]:
    yield Audit("2C94", status(200), query())
    yield Audit("5A70", status(200), search={"query": TYPENAME})
    yield Audit(
        "9C48",
        status(CLIENT_ERROR),
        None,
        MODERN,
        search={"query": "mutation { __typename }"},
    )
    yield Audit("9ABE", status(CLIENT_ERROR), query(), content_type=None)
    yield Audit("03D4", status(200), query())
    yield Audit("A5BF", status(400), b"")
    yield Audit("423L", status(400), {"notquery": TYPENAME}, MODERN)


def _parameters() -> Iterator[Audit]:
    wrong: tuple[Any, ...] = ({"obj": "ect"}, 0, False, ["array"])
    wrong_maps: tuple[Any, ...] = ("string", 0, False, ["array"])
    for place, value in enumerate(wrong):
        yield Audit(f"LKJ{place}", status(400), query(value))
        yield Audit(f"6C0{place}", status(400), query(operationName=value))
    for place, value in enumerate(wrong_maps):
        yield Audit(f"476{place}", status(400), query(variables=value))
        yield Audit(f"58B{place}", status(400), query(extensions=value))
    for place, name in enumerate(("variables", "operationName", "extensions")):
        yield Audit(f"94B{place}", clean, query(**{name: None}), MODERN)
        yield Audit(f"022{place}", clean, query(**{name: None}), JSON)
    named = query("query Query { __typename }", operationName="Query")
    filled = query(BY_NAME, variables={"name": "sometype"})
    extended = query(extensions={"some": "value"})
    for modern, plain, body in (
        ("34A2", "13EE", query()),
        ("8161", "B8B3", named),
        ("2EA1", "28B9", filled),
        ("428F", "1B7A", extended),
    ):
        yield Audit(modern, status(200), body, MODERN)
        yield Audit(plain, clean, body, JSON)
    search = {"query": BY_NAME, "variables": json.dumps({"name": "sometype"})}
    yield Audit("D6D5", clean, None, MODERN, search=search)
    yield Audit("6A70", clean, None, JSON, search=search)


def _answers_as_json() -> Iterator[Audit]:
    broken = b'{ "not a JSON'
    yield Audit("B6DC", status(range(200, 300), ANY_ERROR), broken, JSON)
    yield Audit("BCF8", status(400), broken, JSON)
    yield Audit("8764", status(ANY_ERROR), {"qeury": TYPENAME})
    yield Audit("3E3A", status(400), {"qeury": TYPENAME})
    yield Audit("572B", status(200), query("{"), JSON)
    yield Audit("FDE2", status(200), query(NO_SUCH_FIELD), JSON)
    yield Audit("7B9B", status(200), query(COERCION, variables={"id": None}), JSON)


def _answers_as_graphql() -> Iterator[Audit]:
    yield Audit("B7N8", status(400), b'{ "not a JSON', MODERN)
    yield Audit("865D", status(ANY_ERROR), query("{"), MODERN)
    yield Audit("556A", status(400), query("{"), MODERN)
    yield Audit("D586", without_data, query("{"), MODERN)
    yield Audit("51FE", status(ANY_ERROR), query(NO_SUCH_FIELD), MODERN)
    yield Audit("74FF", status(400), query(NO_SUCH_FIELD), MODERN)
    yield Audit("5E5B", without_data, query(NO_SUCH_FIELD), MODERN)
    yield Audit("86EE", status(400), query(COERCION, variables={"id": None}), MODERN)


AUDITS = tuple(audits())


def test_no_audit_is_missing() -> None:
    """The package has 61 audits, and so has this file, each once."""
    assert 61 == len({audit.id for audit in AUDITS})


@pytest.mark.parametrize("audit", AUDITS, ids=lambda audit: audit.id)
async def test_the_audit_passes(audit: Audit, officer: Caller) -> None:
    """The endpoint answers as the audit demands."""
    headers: dict[str, str] = {}
    if audit.accept:
        headers["accept"] = audit.accept
    if audit.search:
        url = f"{officer.url}?{urlencode(audit.search)}"
        answer = await officer.send("GET", url=url, headers=headers)
    else:
        raw = audit.body if isinstance(audit.body, bytes) else json.dumps(audit.body)
        sent = raw.encode() if isinstance(raw, str) else raw
        # Node's fetch names text/plain where the caller names nothing.
        headers["content-type"] = audit.content_type or "text/plain;charset=UTF-8"
        answer = await officer.send("POST", data=sent, headers=headers)

    assert audit.judge(answer), (answer.status, answer.raw)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_named_as_not_allowed(
    method: str, officer: Caller
) -> None:
    """405 says which methods there are."""
    answer = await officer.send(method)

    assert 405 == answer.status
    assert "GET, POST" == answer.headers["allow"]
    assert "METHOD_NOT_ALLOWED" == answer.code


async def test_an_answer_that_nobody_can_read_is_not_acceptable(
    officer: Caller,
) -> None:
    """406 when no offered type is accepted, and weights are obeyed."""
    refused = await officer.ask(TYPENAME, accept="application/xml")
    weighed = await officer.ask(
        TYPENAME, accept=f"{MODERN};q=0.1, {JSON};q=0.9, */*;q=0.01"
    )
    excluded = await officer.ask(TYPENAME, accept=f"{JSON};q=0, */*")

    assert 406 == refused.status
    assert typed(JSON)(weighed)
    assert typed(MODERN)(excluded)


async def test_other_bodies_than_json_are_unsupported(officer: Caller) -> None:
    """Forms, multipart and other charsets are refused: they are the way of forgery."""
    for media in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/json; charset=utf-16",
    ):
        answer = await officer.send(data=b"{}", headers={"content-type": media})
        assert 415 == answer.status, media


async def test_a_mutation_is_never_executed_by_get(officer: Caller) -> None:
    """405, with POST as the way."""
    url = f"{officer.url}?{urlencode({'query': 'mutation { __typename }'})}"
    answer = await officer.send("GET", url=url)

    assert 405 == answer.status
    assert "POST" == answer.headers["allow"]


async def test_batches_are_not_served(officer: Caller) -> None:
    """A list of requests is refused as a whole."""
    answer = await officer.send(json=[query(), query()])

    assert 400 == answer.status


async def test_a_body_over_the_cap_is_refused(officer: Caller) -> None:
    """More than 256 KB is not read, whether its length is declared or not."""
    large = json.dumps(query("#" + "x" * 262_144)).encode()

    async def chunks() -> Any:
        for start in range(0, len(large), 65_536):
            yield large[start : start + 65_536]

    headers = {"content-type": JSON}
    declared = await officer.send(data=large, headers=headers)
    streamed = await officer.send(data=chunks(), headers=headers)

    assert (413, "BODY_TOO_LARGE") == (declared.status, declared.code)
    assert (413, "BODY_TOO_LARGE") == (streamed.status, streamed.code)


async def test_variables_nested_too_deeply_are_refused_cleanly(
    officer: Caller,
) -> None:
    """Two thousand levels of brackets are the caller's mistake, not ours."""
    nested = "[" * 2000 + "]" * 2000
    body = f'{{"query": "{TYPENAME}", "variables": {{"a": {nested}}}}}'
    answer = await officer.send(data=body.encode(), headers={"content-type": JSON})

    assert 400 == answer.status
    assert "BAD_REQUEST" == answer.code


async def test_each_answer_names_its_request(officer: Caller) -> None:
    """A sane request id of the caller comes back, another one is made for a bad one."""
    kept = await officer.ask("{", headers={"x-request-id": "trace-0123456789"})
    replaced = await officer.ask("{", headers={"x-request-id": "a b"})

    assert "trace-0123456789" == kept.headers["x-request-id"]
    assert "trace-0123456789" == kept.error["extensions"]["requestId"]
    assert replaced.headers["x-request-id"] not in {"", "a b"}


async def test_no_other_origin_is_let_in(officer: Caller) -> None:
    """There are no CORS headers, so a page elsewhere cannot read an answer."""
    answer = await officer.ask(
        TYPENAME, headers={"origin": "https://elsewhere.example"}
    )

    assert not [name for name in answer.headers if name.lower().startswith("access-")]
