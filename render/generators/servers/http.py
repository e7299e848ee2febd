"""Speaking HTTP to a server: patient where a question may be asked again, and careful where it may not."""

import contextlib
import functools
import json
import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urljoin, urlsplit

from render.generators.servers.deadline import Deadline
from render.generators.servers.pace import Pace
from render.generators.servers.settings import ServerSettings
from storyboard.errors import DiskError, GeneratorError, InputError

if TYPE_CHECKING:
    import ssl

    import httpx
    from tenacity import RetryCallState

T = TypeVar("T")

TROUBLE = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses of what may be over the next time."""
_REDIRECTS = 5
_WORDS = 400  # characters of what a server says


class Refused(GeneratorError):
    """The server answered, and the answer is no. ``told`` is its JSON, if it was that."""

    def __init__(self, words: str, status: int = 0, told: Any = None) -> None:  # able to go through a pipe
        super().__init__(words)
        self.status, self.told = status, told


class Unsure(Exception):
    """No answer came, and what was sent may have been taken."""


class _Again(Exception):
    """Something that may be over the next time; ``after`` seconds, if the server says so."""

    def __init__(self, error: GeneratorError, after: float | None = None) -> None:
        super().__init__(str(error))
        self.error, self.after = error, after


class Server:
    """A server at one address. No request goes on for longer than the settings say; no key goes anywhere else."""

    def __init__(self, settings: ServerSettings, pace: Pace, deadline: Deadline) -> None:
        self.url, self.key, self.deadline = settings.url, settings.key, deadline
        self._waits, self._pace = settings.wait, pace

    def __enter__(self) -> Self:
        import httpx

        waits = self._waits
        timeout = httpx.Timeout(connect=waits.connect, read=waits.answer, write=waits.send, pool=waits.connect)
        # A connection that was kept may be closed at the other end just when it is used: then nobody knows.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(timeout=timeout, limits=limits, follow_redirects=False, verify=_trusted())
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def look(self, path: str, query: Mapping[str, str | int] | None = None) -> Any:
        """The JSON that stands at a path. Raises Refused, or GeneratorError when the server cannot be reached."""
        return self._patiently(lambda: self._read(self._get(self._at(path), query)))

    def put(self, path: str, **content: Any) -> Any:
        """POST what may be sent twice without harm. Raises Refused or GeneratorError."""
        return self._patiently(lambda: self._read(self._post(path, content)))

    def send(self, path: str, *, again: bool = False, **content: Any) -> Any:
        """POST what must not be taken twice: sent again only while it is certain that it was not taken.

        ``again``: the server knows it when it comes a second time. Raises Unsure when no answer came, Refused, or
        GeneratorError when the server cannot be reached.
        """
        import httpx

        def once() -> Any:
            try:
                return self._read(self._post(path, content, careful=not again))
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError):
                raise
            except httpx.HTTPError as error:
                if again:
                    raise
                raise Unsure(self._named(error)) from None
            except Refused as error:
                if error.status < HTTPStatus.INTERNAL_SERVER_ERROR and error.status != HTTPStatus.REQUEST_TIMEOUT:
                    raise
                raise Unsure(str(error)) from None

        return self._patiently(once)

    def now(self, method: str, path: str, seconds: float, **content: Any) -> "httpx.Response | None":
        """One request without patience, for what is only a courtesy; its answer, or None when there was none."""
        import httpx

        with contextlib.suppress(httpx.HTTPError, InputError):
            timeout = httpx.Timeout(seconds)
            return self._client.request(method, self._at(path), headers=self.key.headers(), timeout=timeout, **content)
        return None

    def fetch(self, path: str, to: Path, query: Mapping[str, str | int] | None = None) -> None:
        """Write what stands at a path, or at another address, to a file. Raises Refused, GeneratorError or DiskError.

        What comes shorter than it was announced is fetched again.
        """

        def once() -> None:
            response = self._get(self._at(path), query, stream=True)
            try:
                self._check(response)
                with to.open("wb") as file:
                    for piece in response.iter_bytes():
                        self.deadline.check("fetching a video")
                        file.write(piece)
            except OSError as error:
                raise DiskError.from_os(error, "cannot write") from error
            finally:
                response.close()

        self._patiently(once)

    def _at(self, path: str) -> str:
        return path if path.startswith(("http://", "https://")) else self.url + path

    def _ours(self, url: str) -> bool:
        return _origin(url) == _origin(self.url)

    def _get(self, url: str, query: Mapping[str, str | int] | None, *, stream: bool = False) -> "httpx.Response":
        self._pace.turn(self.deadline)
        for _ in range(_REDIRECTS):
            headers = self.key.headers() if self._ours(url) else {}
            request = self._client.build_request("GET", url, params=dict(query) if query else None, headers=headers)
            response = self._client.send(request, stream=True)
            if not response.has_redirect_location:
                if not stream:
                    try:
                        response.read()
                    finally:
                        response.close()
                return response
            response.close()
            url, query = urljoin(str(request.url), response.headers["location"]), None
            if not url.startswith(("http://", "https://")):
                break
        raise GeneratorError(f"{self.named} sends from one address to the next. Check `url`.")

    def _post(self, path: str, content: Mapping[str, Any], *, careful: bool = False) -> "httpx.Response":
        self._pace.turn(self.deadline)
        headers = {**content.get("headers", {}), **self.key.headers()}
        rest = {name: value for name, value in content.items() if name != "headers"}
        response = self._client.post(self._at(path), headers=headers, **rest)
        if response.has_redirect_location:
            where = urlsplit(urljoin(self.url, response.headers["location"]))
            raise Refused(
                f"{self.named} has moved to {where.scheme}://{where.netloc}. Write that address as `url`.",
                HTTPStatus.MOVED_PERMANENTLY,
            )
        self._check(response, careful=careful)
        return response

    def _read(self, response: "httpx.Response") -> Any:
        self._check(response)
        if not response.content:
            return {}
        try:
            return response.json()
        except (json.JSONDecodeError, UnicodeDecodeError):
            said = self.key.hidden(" ".join(response.text.split()))[:80]
            words = f"{self.named} answers with no JSON: “{said}”. Check that `url` is the right server."
            raise Refused(words, HTTPStatus.NOT_IMPLEMENTED) from None

    def _check(self, response: "httpx.Response", *, careful: bool = False) -> None:
        """Raise unless all went well; ``careful``: _Again only where it is certain that nothing was taken."""
        status = response.status_code
        if status < HTTPStatus.MULTIPLE_CHOICES:
            return
        if not response.is_closed:
            response.read()
        error = Refused(self._said(response), status, _json(response.text))
        after = retry_after(response.headers.get("retry-after"), datetime.now(UTC))
        # A 503 that names no time may be a proxy's, which lost the server after it had handed the request on.
        refused = status == HTTPStatus.TOO_MANY_REQUESTS or (
            status == HTTPStatus.SERVICE_UNAVAILABLE and after is not None
        )
        if refused or (status in TROUBLE and not careful):
            raise _Again(error, after)
        raise error

    def _said(self, response: "httpx.Response") -> str:
        status = response.status_code
        words = self.key.hidden(_message(response.text))
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            key = f"Check the key in {self.key.variable}." if self.key.variable else "Name its key: key_from: MY_KEY."
            return f"{self.named} does not let this film in ({status}{': ' if words else ''}{words}). {key}"
        said = f": {words}" if words else ""
        return f"{self.named} answers {status}{said}{'' if said.endswith('.') else '.'}"

    @property
    def named(self) -> str:
        """The server, in words."""
        return f"the server at {self.url}"

    def _named(self, error: Exception) -> str:
        return self.key.hidden(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)

    def _patiently(self, once: Callable[[], T]) -> T:
        import httpx
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

        def attempt() -> T:
            self.deadline.check("asking the server")
            try:
                return once()
            except httpx.HTTPError as error:
                words = f"{self.named} cannot be reached ({self._named(error)})."
                todo = " Start it or check `url`, and run the same command again: it goes on."
                raise _Again(GeneratorError(words + todo)) from None
            except httpx.InvalidURL:
                raise GeneratorError(f"{self.named} sends to an address that is none.") from None

        patience = Retrying(
            stop=stop_after_attempt(self._waits.tries),
            wait=self._pause,
            retry=retry_if_exception_type(_Again),
            sleep=self.deadline.sleep,
            reraise=True,
        )
        try:
            return patience(attempt)
        except _Again as again:
            raise again.error from None

    def _pause(self, state: "RetryCallState") -> float:
        waits = self._waits
        error = state.outcome.exception() if state.outcome is not None else None
        asked = error.after if isinstance(error, _Again) else None
        if asked is not None:
            return min(asked, waits.backoff_longest)
        longest = min(waits.backoff * 2 ** (state.attempt_number - 1), waits.backoff_longest)
        return longest * random.uniform(0.5, 1.0)  # noqa: S311 - so that not all ask again at once


@functools.cache
def _trusted() -> "ssl.SSLContext":
    """Whom is believed to be who they say; read once, as that takes longer than a small request."""
    import httpx

    return httpx.create_ssl_context()


def retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` header asks for, in either of its forms, or None where it says nothing."""
    if not header:
        return None
    text = header.strip()
    if text.isdecimal() and len(text) < 10:
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _message(body: str) -> str:
    """What went wrong, in the server's words: the places where servers put them, else the body."""
    said = _json(body)
    said = body if said is None else said
    for name in ("error", "detail", "message"):
        if isinstance(said, dict) and said.get(name):
            said = said[name]
    if isinstance(said, dict) and said.get("message"):
        said = said["message"]
    if isinstance(said, list):
        said = "; ".join(_fault(each) for each in said)
    text = " ".join((said if isinstance(said, str) else json.dumps(said)).split())
    return text if len(text) <= _WORDS else text[:_WORDS] + "…"


def _json(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _fault(each: Any) -> str:
    """One entry of a validation error: where, and what."""
    if not isinstance(each, dict) or "msg" not in each:
        return str(each)
    where = ".".join(str(part) for part in each.get("loc", ()) if part != "body")
    return f"{where}: {each['msg']}" if where else str(each["msg"])
