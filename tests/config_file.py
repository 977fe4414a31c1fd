"""A `config.toml` of one's own, and what comes of it."""

from pathlib import Path

import pytest

from coach import config, paths
from coach.config import Wish
from coach.errors import BadInput
from coach.profile import Profile

LOCAL = """
profile = "local"

[profiles.local]
base_url = "http://127.0.0.1:8080/v1"
model = "qwen"
context_window = 8192
price_in = 0.5
price_out = 1
price_cached = 0.05
timeout_s = 30
parallel = 2
ca_file = "~/ca.pem"
extra_body = { temperature = 0.2, chat_template_kwargs = { thinking = false } }

[profiles.hosted]
base_url = "https://models.example/v1"
model = "big"
api_key_env = "MODELS_KEY"

[profiles.ring]
base_url = "https://ring.example/v1"
model = "big"
keyring = true

[profiles.openai]
model = "gpt"
"""


def write(text: str) -> Path:
    """`config.toml` as it would be found."""
    path = paths.config_dir() / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(**wish: str) -> Profile:
    """The endpoint there is."""
    profile = config.endpoint(Wish(**wish))
    assert profile is not None
    return profile


def key_of(profile: Profile) -> tuple[str | None, str]:
    """The key and where it came from."""
    return (profile.key.reveal() if profile.key else None), profile.key_from


def wrong(**wish: str) -> BadInput:
    """What is wrong."""
    with pytest.raises(BadInput) as caught:
        config.endpoint(Wish(**wish))
    return caught.value
