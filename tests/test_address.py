"""A base URL as people paste it becomes an address, or an error that says how to write it."""

import pytest

from coach.address import Address
from coach.errors import BadInput


@pytest.mark.parametrize(
    ("text", "url", "shown"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com/v1", "api.openai.com"),
        ("  http://127.0.0.1:8080/v1/ \n", "http://127.0.0.1:8080/v1", "127.0.0.1:8080"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("http://localhost:8080/", "http://localhost:8080", "localhost:8080"),
        ("https://h.example:443/v1", "https://h.example/v1", "h.example"),
        ("http://h.example:80/v1", "http://h.example/v1", "h.example"),
        ("https://h.example:80/v1", "https://h.example:80/v1", "h.example:80"),
        ("HTTPS://H.Example/V1", "https://h.example/V1", "h.example"),
        ("https://h.example/v1/chat/completions", "https://h.example/v1", "h.example"),
        ("https://h.example/v1/chat/completions/", "https://h.example/v1", "h.example"),
        ("https://h.example/v1/completions", "https://h.example/v1", "h.example"),
        ("https://h.example/v1/models", "https://h.example/v1", "h.example"),
        ("https://h.example/v1/responses", "https://h.example/v1", "h.example"),
        ("https://h.example/chat/completions", "https://h.example", "h.example"),
        ("https://h.example/api/openai/v1#top", "https://h.example/api/openai/v1", "h.example"),
        ("https://h.example/models-of-mine/v1", "https://h.example/models-of-mine/v1", "h.example"),
        ("https://München.example/v1", "https://xn--mnchen-3ya.example/v1", "xn--mnchen-3ya.example"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1", "[::1]:8080"),
    ],
)
def test_an_address_is_taken_as_it_is_pasted(text: str, url: str, shown: str) -> None:
    address = Address.parse(text)
    assert (address.url, address.shown) == (url, shown)
    assert Address.parse(address.url) == address


def test_a_query_is_kept_apart_from_the_path() -> None:
    address = Address.parse("https://h.example/v1/chat/completions?api-version=2024-10-21&x=a%20b")
    assert address.url == "https://h.example/v1"
    assert address.query == (("api-version", "2024-10-21"), ("x", "a b"))


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("", "does not say how", "http://127.0.0.1:8080/v1"),
        ("127.0.0.1:8080/v1", "does not say how", "http://127.0.0.1:8080/v1"),
        ("localhost", "does not say how", "http://localhost"),
        ("ftp://h.example/v1", "'ftp' is not http or https", "should look like"),
        ("file:///etc/passwd", "'file' is not", "should look like"),
        ("http://", "names no host", "should look like"),
        ("http:///v1", "names no host", "should look like"),
        ("http://h example/v1", "names no host", "should look like"),
        ("http://h\x7f.example/v1", "names no host", "should look like"),
        ("http://h.example:99999/v1", "ort out of range", "should look like"),
        ("http://h.example:port/v1", "ort could not be cast", "should look like"),
        ("http://[::1/v1", "nvalid IPv6", "should look like"),
    ],
)
def test_what_is_none_says_how_to_write_it(text: str, says: str, hint: str) -> None:
    with pytest.raises(BadInput) as caught:
        Address.parse(text)
    assert caught.value.title == "This is no web address"
    assert says in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("user", ["sk-secret@", "me:sk-secret@", ":sk-secret@"])
def test_a_key_in_the_address_is_refused_and_not_repeated(user: str) -> None:
    with pytest.raises(BadInput) as caught:
        Address.parse(f"https://{user}h.example/v1")
    assert "h.example" in caught.value.message
    assert "api_key_env" in caught.value.hint
    assert "sk-secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "stays"),
    [
        ("http://127.0.0.1:8080", True),
        ("http://127.1.2.3", True),
        ("http://[::1]:8080", True),
        ("http://localhost:11434", True),
        ("http://LOCALHOST", True),
        ("http://model.localhost", True),
        ("http://0.0.0.0:8080", False),
        ("http://192.168.1.7:8080", False),
        ("http://10.0.0.1", False),
        ("http://localhost.example", False),
        ("http://127.0.0.1.example", False),
        ("http://notlocalhost", False),
    ],
)
def test_only_this_machine_is_this_machine(url: str, stays: bool) -> None:
    assert Address.parse(url).is_loopback is stays


@pytest.mark.parametrize(
    ("url", "is_openai"),
    [
        ("https://api.openai.com/v1", True),
        ("https://eu.api.openai.com/v1", True),
        ("https://mine.openai.azure.com/openai/v1", True),
        ("https://openai.com.example/v1", False),
        ("https://evilopenai.com/v1", False),
        ("https://h.example/api.openai.com/v1", False),
    ],
)
def test_openai_is_known_by_its_host(url: str, is_openai: bool) -> None:
    assert Address.parse(url).is_openai is is_openai


def test_scheme_and_port_are_part_of_whom_a_key_belongs_to() -> None:
    same = {"https://h.example/v1", "https://H.example:443/v2", "https://h.example/v1?a=b"}
    assert {Address.parse(one).origin for one in same} == {("https", "h.example", 443)}
    for other in ("http://h.example/v1", "https://h.example:8443/v1", "https://x.h.example/v1"):
        assert Address.parse(other).origin != ("https", "h.example", 443)


@pytest.mark.parametrize(
    "text",
    [
        "me:sk-secret@h.example/v1",
        "ftp://me:sk-secret@h.example/v1",
        "http://me:sk-secret@/v1",
        "http://me:sk-secret@h.example:99999/v1",
    ],
)
def test_a_key_in_an_address_with_another_fault_is_not_repeated(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        Address.parse(text)
    assert "sk-secret" not in str(caught.value)


def test_a_key_in_the_query_is_not_in_the_repr() -> None:
    assert "hush-hush" not in repr(Address.parse("https://host.example/v1?key=hush-hush"))
