"""The services believe the development issuer, and only what it signed."""

from pathlib import Path

import pytest

from deploy.embedded.issuer import CALLERS, THAI_NGUYEN, Issuer
from services.chassis.identity import TokenRefused, TokenVerifier


@pytest.fixture
def verifier(issuer: Issuer) -> TokenVerifier:
    return TokenVerifier(issuer.jwks_file, issuer.issuer, issuer.audience)


@pytest.mark.parametrize("name", CALLERS)
def test_every_ready_made_caller_is_believed(
    name: str, issuer: Issuer, verifier: TokenVerifier
) -> None:
    """A token carries the caller's scopes, roots and agency to the service."""
    caller = CALLERS[name]

    principal = verifier.verify(issuer.token(name))

    assert caller.subject == principal.subject
    assert frozenset(caller.scope.split()) == principal.scopes
    assert caller.unit_roots == principal.unit_roots
    assert caller.agency == principal.agency


def test_scopes_and_roots_can_be_chosen(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    """A test asks for exactly the rights that it is about."""
    token = issuer.token("agency", scopes=["tips:value"], unit_roots=[THAI_NGUYEN])

    principal = verifier.verify(token)

    assert frozenset({"tips:value"}) == principal.scopes
    assert (THAI_NGUYEN,) == principal.unit_roots


def test_an_expired_token_is_refused(issuer: Issuer, verifier: TokenVerifier) -> None:
    """A token ends with its lifetime (a minute of clock difference is allowed)."""
    with pytest.raises(TokenRefused):
        verifier.verify(issuer.token("officer", lifetime_s=-61))


def test_a_token_of_another_issuer_key_is_refused(
    tmp_path: Path, verifier: TokenVerifier
) -> None:
    """Only the key in the JWKS file counts, whatever the claims say."""
    with pytest.raises(TokenRefused):
        verifier.verify(Issuer(tmp_path).token("officer"))


def test_the_key_survives_and_is_private(tmp_path: Path) -> None:
    """A second start signs with the same key; nobody else can read it."""
    first, second = Issuer(tmp_path), Issuer(tmp_path)

    believed = TokenVerifier(first.jwks_file, first.issuer, first.audience)

    assert "officer" == believed.verify(second.token("officer")).subject
    assert 0o600 == (tmp_path / "private.json").stat().st_mode & 0o777
