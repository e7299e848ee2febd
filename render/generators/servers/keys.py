"""API keys: where they come from, and that they go nowhere else."""

import os
import re
from collections.abc import Iterator, Mapping
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from pydantic import AfterValidator

from storyboard.errors import InputError, Problem

_SECRET = re.compile(
    r"(^|[_-])(key|apikey|token|secret|password|passwd|passphrase|authorization|bearer|credentials?)$", re.IGNORECASE
)
_ASKED = "Take it out, put it into an environment variable, and name that: key_from: MY_KEY."


def _variable(name: str) -> str:
    if not re.fullmatch(r"[A-Z_][A-Z0-9_]{0,60}", name):  # not repeated in words: it may be the key itself
        raise ValueError("names an environment variable in capitals, MY_KEY, and is never the key itself")
    return name


Variable = Annotated[str, AfterValidator(_variable)]
"""The name of an environment variable."""


def written_keys(params: Mapping[str, object], inside: str = "") -> Iterator[Problem]:
    """A problem for each thing in film.yaml that looks like a key. No message repeats it."""
    for name, value in params.items():
        if _SECRET.search(name):
            yield Problem(what=f"“{inside}{name}” is no setting: a film file holds no keys.", todo=_ASKED)
        elif isinstance(value, Mapping):
            yield from written_keys(value, f"{inside}{name}.")


def address(url: str) -> str:
    """The address of a server, without a slash at its end. Raises ValueError, which repeats no key."""
    url = url.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise ValueError("is not an address such as http://127.0.0.1:8091") from None
    if parts.username is not None or parts.password is not None:
        raise ValueError(f"holds a name or a key before the @; a film file holds no keys. {_ASKED}")
    if any(_SECRET.search(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        raise ValueError(f"holds a key after the ?; a film file holds no keys. {_ASKED}")
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        raise ValueError("is not an address such as http://127.0.0.1:8091 or https://videos.example.org")
    return url


class Key:
    """A key that is read from the environment each time that it is sent, and kept nowhere."""

    def __init__(self, variable: str | None, header: str) -> None:
        self.variable, self.header = variable, header

    def check(self) -> None:
        """Raise InputError where the variable is not set, or holds what no header can carry."""
        if self.variable is None:
            return
        value = self._value()
        if not value:
            what = f"the environment variable {self.variable}, which `key_from` names, is not set."
            raise InputError(Problem(what=what, todo=f"Set it to the server's key: export {self.variable}=…"))
        if not re.fullmatch(r"[\x21-\x7e]+", value):
            what = f"the environment variable {self.variable} holds what no key has: a space, a line end or an accent."
            raise InputError(Problem(what=what, todo="Set it again, to the key alone."))

    def headers(self) -> dict[str, str]:
        """What is sent to the server with each request, and to no other. Raises InputError."""
        self.check()
        if self.variable is None:
            return {}
        bearer = "Bearer " if self.header.lower() == "authorization" else ""
        return {self.header: bearer + self._value()}

    def hidden(self, words: str) -> str:
        """The words, which a server said, without the key."""
        value = self._value()
        return words.replace(value, "…") if value else words

    def _value(self) -> str:
        return os.environ.get(self.variable, "").strip() if self.variable else ""
