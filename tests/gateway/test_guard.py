"""Documents that would cost more than a caller may cause are refused cheaply."""

import contextlib
import time
from collections.abc import Callable
from typing import Any

import pytest
from graphql import parse

from gateway.documents import DocumentStore
from gateway.errors import RequestRefused
from gateway.guard import Guard
from gateway.limits import LIMITS
from gateway.schema.build import build_schema
from tests.gateway.served import Caller


def fragment_bomb(levels: int) -> str:
    """Write fragments that each spread the next one twice."""
    fragments = "".join(
        f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }} " for n in range(levels)
    )
    return f"{{ ...f0 }} {fragments} fragment f{levels} on Query {{ __typename }}"


def empty_fragment_bomb(levels: int) -> str:
    return fragment_bomb(levels).replace("{ __typename }", "{ }")


def aliases(count: int) -> str:
    return "{ viewer { " + " ".join(f"a{n}: name" for n in range(count)) + " } }"


def deep(levels: int) -> str:
    return (
        '{ unit(code: "06") '
        + "{ parent " * (levels - 2)
        + "{ id }"
        + " }" * (levels - 1)
    )


def refusal(text: str) -> RequestRefused | None:
    try:
        Guard(parse(text), LIMITS).check()
    except RequestRefused as refused:
        return refused
    return None


@pytest.mark.parametrize("levels", [14, 20, 30, 80])
@pytest.mark.parametrize("bomb", [fragment_bomb, empty_fragment_bomb])
def test_nested_fragments_are_refused_in_no_time(
    levels: int, bomb: Callable[[int], str]
) -> None:
    """Refusing a bomb takes less than parsing it, however it doubles."""
    text = bomb(levels)

    assert refusal(text) is not None
    assert guarding(text) < parsing(text)


def test_an_alias_bomb_is_refused_in_no_time() -> None:
    """Nine hundred names for one field cost the guard less than their parsing."""
    text = aliases(900)

    assert "More than 30 aliases." == str(refusal(text))
    assert guarding(text) < parsing(text)


def parsing(text: str) -> float:
    """Processor time of parsing alone, which the limit on tokens bounds."""
    return min(_seconds(lambda: parse(text)) for _ in range(10))


def guarding(text: str) -> float:
    """Processor time of the guard alone."""
    document = parse(text)

    def guard() -> None:
        with contextlib.suppress(RequestRefused):
            Guard(document, LIMITS).check()

    return min(_seconds(guard) for _ in range(10))


def _seconds(work: Callable[[], Any]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


CHAIN = "".join(f"fragment g{n} on Query {{ ...g{n + 1} }} " for n in range(45))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (aliases(31), "More than 30 aliases."),
        (deep(13), "More than 12 levels."),
        ("{ viewer { " + "name " * 31 + "} }", "'name' is asked for too many times."),
        (
            "{ viewer { name" + " @include(if: true)" * 31 + " } }",
            "More than 30 directives.",
        ),
        ("{ " + "viewer { name } " * 21 + "}", "More than 20 root fields."),
        (
            " ".join(f"query q{n} {{ __typename }}" for n in range(11)),
            "More than 10 operations.",
        ),
        (
            "{ ...g0 } " + CHAIN + "fragment g45 on Query { __typename }",
            "Nested deeper than 40.",
        ),
        (
            "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
            "Fragment 'a' spreads itself.",
        ),
        (
            "{ __typename } fragment a on Query { __typename }",
            "Fragment 'a' is never used.",
        ),
    ],
)
def test_what_exceeds_a_limit_is_refused_by_name(text: str, told: str) -> None:
    """The caller learns which limit the document exceeds."""
    assert told == str(refusal(text))


@pytest.mark.parametrize(
    "text", [aliases(30), deep(12), "{ viewer { " + "name " * 30 + "} }"]
)
def test_what_reaches_a_limit_passes(text: str) -> None:
    """A limit itself is still allowed."""
    assert refusal(text) is None


def test_repeats_are_counted_over_merged_selections() -> None:
    """Six times a field with six times the same field below it is thirty-six."""
    inner = "parent { " + "id " * 6 + "} "
    text = "{ unit(id: 1) { " + inner * 6 + "} }"

    assert "'id' is asked for too many times." == str(refusal(text))


def test_more_fields_than_allowed_are_refused_however_they_are_written() -> None:
    """Two thousand and one fields by way of fragments are too many."""
    ten = " ".join(f"...f{n}" for n in range(10))
    many = " ".join(f"x{n}" for n in range(210))
    text = f"{{ unit {{ {ten} }} }} " + " ".join(
        f"fragment f{n} on Unit {{ {many} }}" for n in range(10)
    )

    assert "More than 2000 fields." == str(refusal(text))


def test_introspection_may_be_deeper_than_questions() -> None:
    """Tools nest ofType fifteen deep, which questions never need."""
    nested = "ofType { " * 9 + "name" + " }" * 9
    text = (
        f"{{ __schema {{ types {{ fields {{ args {{ type {{ {nested} }} }} }} }} }} }}"
    )

    assert refusal(text) is None


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{ models(first: 101) { nodes { id } } }", None, "BAD_PAGE"),
        ("{ models(first: 0) { nodes { id } } }", None, "BAD_PAGE"),
        ("{ models(first: -1) { nodes { id } } }", None, "BAD_PAGE"),
        (
            "query Q($n: Int!) { models(first: $n) { nodes { id } } }",
            {"n": 5000},
            "BAD_PAGE",
        ),
        (
            "query Q($n: Int! = 500) { models(first: $n) { nodes { id } } }",
            None,
            "BAD_PAGE",
        ),
        (
            "query Q($a: String) { models(first: 1, after: $a) { nodes { id } } }",
            {"a": "tiếng Việt"},
            "BAD_CURSOR",
        ),
        (
            "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            {"ids": ["x"] * 101},
            "BAD_PAGE",
        ),
    ],
)
async def test_bad_page_arguments_are_refused_before_execution(
    query: str, variables: Any, code: str, officer: Caller
) -> None:
    """The caller gets a client error with no data at all, not a failed field."""
    answer = await officer.ask(query, variables)

    assert (400, code) == (answer.status, answer.code)
    assert "data" not in answer.body


async def test_lists_without_a_size_are_refused(officer: Caller) -> None:
    """Nobody gets a list without saying how long."""
    answer = await officer.ask("{ models { nodes { id } } }")

    assert (400, "GRAPHQL_VALIDATION_FAILED") == (answer.status, answer.code)


async def test_a_document_of_too_many_tokens_is_refused(officer: Caller) -> None:
    """Three thousand tokens are enough."""
    answer = await officer.ask("{ " + "viewer { name } " * 1000 + " }")

    assert (400, "GRAPHQL_PARSE_FAILED") == (answer.status, answer.code)


async def test_cost_multiplies_pages_and_is_told(officer: Caller) -> None:
    """A hundred units with a hundred children each cost more than a request may."""
    dear = await officer.ask(
        '{ units(text: "a", first: 100) { nodes { children(first: 100) '
        "{ nodes { id } } } } }"
    )
    cheap = await officer.ask("{ viewer { name } }")

    assert (400, "QUERY_TOO_COSTLY") == (dear.status, dear.code)
    assert 2 == cheap.body["extensions"]["cost"]["requestedQueryCost"]


async def test_a_handful_of_errors_is_reported_at_most(officer: Caller) -> None:
    """Fifty unknown fields give five errors."""
    answer = await officer.ask("{ " + " ".join(f"x{n}" for n in range(19)) + " }")

    assert 5 == len(answer.body["errors"])


def test_memory_of_documents_is_bounded() -> None:
    """Texts seen once push each other out, never those that came twice."""
    store = DocumentStore(build_schema(), LIMITS)
    kept = store.document("{ viewer { name } }")
    store.document("{ viewer { name } }")
    for n in range(300):
        store.document(f'{{ node(id: "{n}") {{ id }} }}')

    assert 128 + 1 == len(store)
    assert kept is store.document("{ viewer { name } }")
