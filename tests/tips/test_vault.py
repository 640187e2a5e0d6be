"""What the vault promises: bound, padded, rotated, and gone when destroyed."""

import stat
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, MetaData, Table, create_engine

from services.chassis.vault import (
    EnvelopeBroken,
    KekRing,
    SubjectKey,
    Vault,
    VaultClosed,
    add_kek,
    padded_length,
    vault_table,
)
from tests.support.servers import Database

SUBJECT = UUID("3f0a8a6e-2f54-4a39-9b83-4d0c1f2b7a11")


@pytest.fixture
def kek_file(tmp_path: Path) -> Path:
    path = tmp_path / "kek"
    add_kek(path)
    return path


@pytest.fixture
def vault(kek_file: Path) -> Vault:
    return Vault(KekRing.from_file(kek_file), vault_table(MetaData()), "tip")


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    address = database.url("tips").partition("://")[2]
    made = create_engine(f"postgresql+psycopg://{address}")
    yield made
    made.dispose()


@pytest.fixture
def table(engine: Engine) -> Iterator[Table]:
    metadata = MetaData(schema="tips_write")
    made = vault_table(metadata)
    metadata.create_all(engine)
    yield made
    metadata.drop_all(engine)


def test_a_sealed_text_opens_under_its_key_subject_and_part(vault: Vault) -> None:
    """The text comes back whole, marks and line ends included."""
    key = vault.new_key()
    text = "Nhóm người lạ tụ tập\nđánh bạc sau nhà kho."
    assert text == vault.open(
        key, SUBJECT, "content", vault.seal(key, SUBJECT, "content", text)
    )


def test_an_envelope_moved_to_another_place_does_not_open(vault: Vault) -> None:
    """Another subject, another part, another kind or another key opens nothing."""
    key = vault.new_key()
    envelope = vault.seal(key, SUBJECT, "content", "x")
    other_kind = Vault(vault._ring, vault._table, "person")
    for attempt in (
        lambda: vault.open(key, uuid4(), "content", envelope),
        lambda: vault.open(key, SUBJECT, "source", envelope),
        lambda: vault.open(vault.new_key(), SUBJECT, "content", envelope),
        lambda: other_kind.open(key, SUBJECT, "content", envelope),
        lambda: vault.open(SubjectKey(2, key.material), SUBJECT, "content", envelope),
        lambda: vault.open(key, SUBJECT, "content", envelope[:-1]),
        lambda: vault.open(key, SUBJECT, "content", b""),
    ):
        with pytest.raises(EnvelopeBroken):
            attempt()


@given(st.integers(0, 2_000_000))
def test_padding_hides_the_length_for_little(length: int) -> None:
    """A padded length holds the text, grows by an eighth at most, and is stable."""
    padded = padded_length(length)
    assert length <= padded
    assert padded <= max(256, length * 1.12)
    assert padded == padded_length(padded)


def test_texts_of_like_length_give_envelopes_of_one_size(vault: Vault) -> None:
    """A short contact and a long one cannot be told apart by size."""
    key = vault.new_key()
    sizes = {len(vault.seal(key, SUBJECT, "source", "a" * n)) for n in range(253)}
    assert {256 + 2 + 12 + 16} == sizes


def test_the_key_never_shows_in_a_repr(vault: Vault) -> None:
    """A key that reaches a log line by accident says nothing."""
    key = vault.new_key()
    shown = f"{key!r} {key}"
    assert key.material.hex() not in shown
    assert repr(key.material) not in shown


def test_a_key_file_open_to_others_is_refused(kek_file: Path) -> None:
    """Group and world bits stop the start; owner-only modes pass."""
    for mode in (0o640, 0o604, 0o644, 0o700, 0o620):
        kek_file.chmod(mode)
        with pytest.raises(VaultClosed):
            KekRing.from_file(kek_file)
    for mode in (0o400, 0o600):
        kek_file.chmod(mode)
        assert 1 == KekRing.from_file(kek_file).current


def test_a_missing_or_malformed_key_file_is_refused(tmp_path: Path) -> None:
    """No key, a short key, a bad number and binary rubbish all stop the start."""
    path = tmp_path / "kek"
    with pytest.raises(VaultClosed):
        KekRing.from_file(path)
    for content in (
        b"",
        b"1 AAAA\n",
        b"x " + b"A" * 44,
        b"0 " + b"A" * 43 + b"=",
        b"\xff",
    ):
        path.write_bytes(content)
        path.chmod(0o600)
        with pytest.raises(VaultClosed):
            KekRing.from_file(path)


def test_a_new_key_file_is_readable_by_its_owner_only(kek_file: Path) -> None:
    """The file is born with mode 0600, also when a key is added."""
    assert 2 == add_kek(kek_file)
    assert 0o600 == stat.S_IMODE(kek_file.stat().st_mode)
    assert 2 == KekRing.from_file(kek_file).current


def test_rotation_rewraps_every_key_and_lets_the_old_one_go(
    kek_file: Path, table: Table, engine: Engine
) -> None:
    """After the rewrap the old key-encryption key is needed no more."""
    before = Vault(KekRing.from_file(kek_file), table, "tip")
    with engine.begin() as conn:
        keys = {
            subject: before.create(conn, subject)
            for subject in (uuid4() for _ in range(5))
        }
    add_kek(kek_file)
    during = Vault(KekRing.from_file(kek_file), table, "tip")
    with engine.begin() as conn:
        assert 3 == during.rewrap(conn, limit=3)
        assert keys == during.keys(conn, keys)
        assert 2 == during.rewrap(conn, limit=3)
        assert 0 == during.rewrap(conn)
    kek_file.write_text(kek_file.read_text().split("\n")[1] + "\n")
    after = Vault(KekRing.from_file(kek_file), table, "tip")
    with engine.begin() as conn:
        assert keys == after.keys(conn, keys)
        with pytest.raises(VaultClosed):
            before.keys(conn, keys)


def test_a_destroyed_key_is_gone_and_a_stolen_row_fits_no_other_subject(
    kek_file: Path, table: Table, engine: Engine
) -> None:
    """Destroying answers whether there was a key; a row moved elsewhere is refused."""
    vault = Vault(KekRing.from_file(kek_file), table, "tip")
    with engine.begin() as conn:
        vault.create(conn, SUBJECT)
        assert vault.destroy(conn, SUBJECT)
        assert vault.key(conn, SUBJECT) is None
        assert not vault.destroy(conn, SUBJECT)
        vault.create(conn, SUBJECT)
        conn.execute(table.update().values(subject_id=(moved := uuid4())))
        with pytest.raises(VaultClosed):
            vault.key(conn, moved)
