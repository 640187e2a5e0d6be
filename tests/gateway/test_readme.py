"""What the gateway's page shows to strangers is true of the schema that is served."""

import json
import re
from pathlib import Path

import pytest
from graphql import parse, validate

from gateway.limits import LIMITS
from gateway.schema.build import build_schema

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "gateway" / "README.md").read_text("utf-8")

REFUSALS = (ROOT / "docs" / "refusals.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("document", blocks("graphql"))
def test_every_document_of_the_page_may_be_asked(document: str) -> None:
    """A stranger copies an example and has an answer."""
    assert [] == validate(build_schema(), parse(document))


def test_every_answer_of_the_page_is_json() -> None:
    """Examples of refusals and faults have the form in which they come."""
    refusal, fault = (json.loads(one) for one in blocks("json"))
    payload = refusal["data"]["sessionHold"]
    shown = build_schema().get_type("UserError")

    assert shown is not None
    assert set(payload["userErrors"][0]) == set(shown.fields)  # type: ignore[attr-defined]
    assert f"| `{payload['userErrors'][0]['code']}` |" in REFUSALS
    assert {"code", "messageVi", "retryable", "requestId"} == set(
        fault["errors"][0]["extensions"]
    )


def test_the_page_names_the_limits_that_hold() -> None:
    """Whoever plans by the page is not refused by another figure."""
    figures = (
        f"depth {LIMITS.depth} ({LIMITS.introspection_depth} under introspection)",
        f"{LIMITS.fields} fields",
        f"{LIMITS.aliases} aliases",
        f"{LIMITS.root_fields} root fields",
        f"{LIMITS.operations} operations",
        f"{LIMITS.tokens} tokens",
        f"pages of {LIMITS.page}",
        f"{LIMITS.cost} points of cost",
        f"{LIMITS.sockets_per_caller} sockets per caller",
    )

    assert [] == [one for one in figures if one not in PAGE]
