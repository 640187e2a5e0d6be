"""The explorer page works without any address outside, and its examples are valid."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from graphql import parse, validate
from starlette.testclient import TestClient

from deploy.embedded.issuer import Issuer
from gateway import ide
from gateway.app import Gateway
from gateway.documents import DocumentStore
from gateway.limits import LIMITS
from gateway.schema.build import build_schema
from services.chassis.identity import TokenVerifier
from tests.gateway.served import Caller

PAGE = (ide.FOLDER / "page.html").read_text("utf-8")
OURS = ("page.html", "page.css", "page.js", "examples.js")
EXAMPLES = re.findall(
    r"query: `(.*?)`", (ide.FOLDER / "examples.js").read_text("utf-8"), re.DOTALL
)
ASSETS = re.findall(r'(?:src|href)="(/[^"]+)"', PAGE)


async def test_a_browser_gets_the_page_and_all_its_files(stranger: Caller) -> None:
    """Opening /graphql shows the page; every file it names is there."""
    page = await stranger.send("GET", headers={"accept": "text/html,*/*;q=0.8"})
    base = stranger.url.removesuffix("/graphql")
    files = [await stranger.send("GET", url=base + asset) for asset in ASSETS]

    assert 200 == page.status
    assert "text/html" in page.headers["content-type"]
    assert {200} == {file.status for file in files}
    assert len(ASSETS) == 9


async def test_the_browser_is_told_to_fetch_nothing_else(stranger: Caller) -> None:
    """The content policy allows this origin alone."""
    base = stranger.url.removesuffix("/graphql")
    page = await stranger.send("GET", url=f"{base}/graphiql")
    policy = page.headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "http" not in policy


@pytest.mark.parametrize("name", OURS)
def test_our_files_name_no_outside_address(name: str) -> None:
    """Neither page, script nor style points to another host."""
    text = (ide.FOLDER / name).read_text("utf-8")

    assert [] == re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}", text)


def test_styles_load_nothing_from_elsewhere() -> None:
    """Fonts and pictures of the styles are inside them."""
    for style in ide.FOLDER.glob("*.css"):
        found = re.findall(r"url\(\s*['\"]?([a-z]{2,5}:)?", style.read_text("utf-8"))
        assert {"data:"} >= set(found), style.name
        assert "@import" not in style.read_text("utf-8")


def test_the_files_of_others_are_what_their_makers_published() -> None:
    """The hash of each file is the one that the page demands."""
    tags = re.findall(
        r'(?:src|href)="/graphiql/assets/([^"]+)"\s+integrity="(sha384-[^"]+)"', PAGE
    )
    actual = [(name, _integrity(ide.FOLDER / name)) for name, _ in tags]

    assert 6 == len(tags)
    assert tags == actual
    assert (ide.FOLDER / "LICENCES.md").exists()


def _integrity(file: Path) -> str:
    digest = hashlib.sha384(file.read_bytes()).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split()[-1])
def test_the_examples_are_valid_and_allowed(example: str) -> None:
    """Every example passes guard, validation and cost."""
    operation = DocumentStore(build_schema(), LIMITS).document(example).operation(None)

    assert [] == validate(build_schema(), parse(example))
    assert operation.admitted_cost({}, LIMITS) <= LIMITS.cost


def test_there_are_examples() -> None:
    """The page offers some of each kind."""
    assert len(EXAMPLES) >= 9
    assert any("mutation" in one for one in EXAMPLES)
    assert any("subscription" in one for one in EXAMPLES)


def test_without_leave_of_the_settings_there_is_no_page(issuer: Issuer) -> None:
    """Where the explorer is off, a browser is asked for a token like anyone."""
    verifier = TokenVerifier(issuer.jwks_file, issuer.issuer, issuer.audience)
    services = _Nobody()
    client = TestClient(Gateway(services, verifier).application())

    assert 404 == client.get("/graphiql").status_code
    answer = client.get("/graphql", headers={"accept": "text/html,*/*;q=0.8"})
    assert 401 == answer.status_code


class _Nobody:
    async def call(self, *_: object, **__: object) -> bytes:
        raise AssertionError("nobody is asked here")
