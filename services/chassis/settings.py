"""Environment to typed settings; the only reader of the environment in the services."""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ALL_ROLES = frozenset({"http", "relay", "followers", "requests"})


class Settings(BaseSettings):
    """What one process of ours needs to know; each field is ``BINHYEN_<FIELD>``."""

    model_config = SettingsConfigDict(env_prefix="BINHYEN_", extra="ignore")

    service: str = Field(description="Which service or the gateway this process is.")
    database_url: SecretStr | None = Field(
        default=None, description="PostgreSQL address with the service's own role."
    )
    database_pool: int = Field(default=8, ge=2, le=100)
    nats_url: str = Field(default="nats://127.0.0.1:4222")
    nats_user: str | None = None
    nats_password: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=0, ge=0, le=65535)
    inner_host: str = "127.0.0.1"
    inner_port: int = Field(
        default=0, ge=0, le=65535, description="Listener for health and metrics."
    )
    jwks_file: Path | None = Field(
        default=None, description="Public keys of the token issuer (JWKS)."
    )
    token_issuer: str = "urn:binhyen:development"
    token_audience: str = "binhyen"
    kek_file: Path | None = Field(
        default=None, description="Key-encryption keys of the vault, mode 0600."
    )
    register_until: date | None = Field(
        default=None,
        description="Import the register of units as it stood on this day: later units,"
        " changes and ends are left out, so that a reform can be rehearsed.",
    )
    roles: Annotated[frozenset[str], NoDecode] = Field(
        default=ALL_ROLES,
        description="What this process does: http,relay,followers,requests.",
    )
    partitions: int = Field(default=8, ge=1, le=64)
    shards: int = Field(default=1, ge=1, le=64)
    threads: int = Field(default=8, ge=1, le=64)
    vault_backup_days: int = Field(
        default=30,
        ge=1,
        le=365,
        description="How long backups of the vault live: told by certificates.",
    )
    max_body_bytes: int = Field(default=1_048_576, ge=1024)
    max_upload_bytes: int = Field(
        default=20_971_520, ge=1024, description="Largest file that a door takes."
    )
    uploads_kept_days: int = Field(
        default=30, ge=0, description="Days for which a file is kept after its use."
    )
    shutdown_seconds: int = Field(default=20, ge=1)
    log_level: str = "INFO"
    graphiql: bool = Field(default=False, description="Serve the explorer page.")

    @field_validator("roles", mode="before")
    @classmethod
    def _split_roles(cls, value: object) -> object:
        roles = value.split(",") if isinstance(value, str) else value
        if isinstance(roles, list | set | frozenset) and not ALL_ROLES.issuperset(
            roles
        ):
            raise ValueError(f"roles are chosen from {', '.join(sorted(ALL_ROLES))}")
        return roles

    def database(self) -> str:
        """Address for SQLAlchemy's psycopg dialect. Raises ValueError without one."""
        if self.database_url is None:
            raise ValueError("BINHYEN_DATABASE_URL is not set")
        url = self.database_url.get_secret_value()
        _, _, rest = url.partition("://")
        return f"postgresql+psycopg://{rest}"
