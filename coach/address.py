"""A base URL taken apart: who would get the words, and whether they leave this machine."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qsl, urlsplit, urlunsplit

from coach.errors import BadInput

OPENAI = "https://api.openai.com/v1"
_PORTS = {"http": 80, "https": 443}
_ENDINGS = ("/chat/completions", "/completions", "/chat", "/models", "/responses")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an OpenAI-compatible endpoint is. `url` ends before `/chat/completions` and has no query."""

    url: str
    query: tuple[tuple[str, str], ...] = field(repr=False)
    """Some servers want a key here."""
    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> "Address":
        """`text` as people paste it; raises `BadInput` when it cannot be one.

        A pasted `/chat/completions` is cut off, and a query such as `?api-version=` is kept apart: joined to a path
        it would break both.
        """
        shown = _without_key(text)
        parts, port = _split(text, shown)
        path = parts.path.rstrip("/")
        for ending in _ENDINGS:
            path = path.removesuffix(ending)
        host = _in_ascii((parts.hostname or "").lower())
        if not host or any(char.isspace() or not char.isprintable() for char in host):
            raise _bad(shown, "It names no host.")
        if parts.username or parts.password:
            raise BadInput(
                "A key has no place in a URL",
                f"The address of {host} carries a user name or password.",
                hint="Leave it out and name the key with api_key_env in config.toml.",
            )
        known = _PORTS[parts.scheme]
        netloc = f"[{host}]" if ":" in host else host
        netloc += f":{port}" if port not in (None, known) else ""
        url = urlunsplit((parts.scheme, netloc, path, "", ""))
        return cls(url, tuple(parse_qsl(parts.query)), parts.scheme, host, port or known)

    @property
    def shown(self) -> str:
        """`api.openai.com`, or `127.0.0.1:8080` where the port is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: a key belongs to one of these."""
        return self.scheme, self.host, self.port

    @property
    def is_loopback(self) -> bool:
        """Whether the words stay on this machine."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def is_openai(self) -> bool:
        """Whether it is OpenAI's own, or Azure's copy of it: they take parameters others refuse."""
        return self.host == "api.openai.com" or self.host.endswith((".openai.com", ".openai.azure.com"))


def _in_ascii(host: str) -> str:
    """A name with other letters as it is looked up: `xn--...`."""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""


def _without_key(text: str) -> str:
    """`text` without whatever stands before an `@`: it may be a key."""
    head, at, tail = text.strip().rpartition("@")
    scheme, slashes, _ = head.partition("://")
    return f"{scheme}://{tail}" if at and slashes else tail


def _split(text: str, shown: str) -> tuple[SplitResult, int | None]:
    given = text.strip()
    if "://" not in given:
        raise BadInput(
            "This is no web address",
            f"'{shown}' does not say how to reach it.",
            hint=f"Write http:// or https:// before it, such as http://{shown or '127.0.0.1:8080/v1'}",
        )
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError as error:
        raise _bad(shown, f"{error}.") from error
    if parts.scheme not in _PORTS:
        raise _bad(shown, f"'{parts.scheme}' is not http or https.")
    return parts, port


def _bad(text: str, why: str) -> BadInput:
    return BadInput(
        "This is no web address", f"'{text}': {why}", hint="It should look like http://127.0.0.1:8080/v1"
    )
