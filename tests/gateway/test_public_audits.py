"""The public auditors themselves agree, where their npm package is installed.

`cd tests/gateway/audits && npm install` brings it; the same 61 audits are ported in
test_graphql_over_http.py, which always runs.
"""

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.gateway.served import Caller

AUDITS = Path(__file__).parent / "audits"
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="node is not installed")
@pytest.mark.skipif(
    not (AUDITS / "node_modules" / "graphql-http").exists(),
    reason="graphql-http is not installed: cd tests/gateway/audits && npm install",
)
async def test_the_public_auditors_pass_the_endpoint(officer: Caller) -> None:
    """All 61 audits of graphql-http pass against the served endpoint."""
    process = await asyncio.create_subprocess_exec(
        str(NODE),
        str(AUDITS / "run.mjs"),
        officer.url,
        str(officer.token),
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()

    assert "61 of 61 audits passed" == out.decode().strip()
    assert 0 == process.returncode
