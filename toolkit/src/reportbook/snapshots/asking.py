"""One page of a service, asked for politely and again where that may help."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from reportbook.errors import ReportError

if TYPE_CHECKING:
    import httpx

ATTEMPTS = 5
LONGEST_WAIT = 300.0  # seconds; a service that asks for more is left alone
_PASSING = (408, 425, 429, 500, 502, 503, 504)  # may be over when asked again
_QUOTED = 200  # characters of an answer that a message quotes


class Unusable(ReportError):
    """An answer that is kept aside, for it is none; `content` is what came."""

    def __init__(self, said: str, content: bytes) -> None:
        super().__init__(said)
        self.content = content


class _Passing(Exception):
    """What may be over when it is asked again, after a number of seconds that it may say."""

    def __init__(self, said: str, after: float | None = None) -> None:
        super().__init__(said)
        self.after = after


@dataclass
class Asking:
    """Asks pages of one service, one after the other.

    Attributes
    ----------
    pause : float
        Seconds from one request to the next, at least.
    timeout : float
        Seconds without a byte after which an answer is given up.
    wait : callable
        Waits for a number of seconds.
    """

    pause: float
    timeout: float = 120.0
    wait: Callable[[float], None] = time.sleep
    _last: float = field(default=float("-inf"), init=False)

    def __enter__(self) -> Asking:
        try:
            import httpx
        except ImportError as error:
            raise ReportError(
                "Nothing can be fetched, because the package 'httpx' is not installed. Install "
                "it: pip install 'reportbook[fetch]'."
            ) from error
        agent = {"User-Agent": f"reportbook/{version('reportbook')}", "Accept": "application/json"}
        self._client = httpx.Client(headers=agent, timeout=self.timeout, follow_redirects=False)
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def page(self, address: str, *, say: Callable[[str], None]) -> tuple[bytes, Any]:
        """Return a page as it came, and the JSON that it is.

        Raises
        ------
        ReportError
            If it does not come, whoever is asked how often; `Unusable` if it is something else.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(address)
            except _Passing as problem:
                after = problem.after if problem.after is not None else 2.0 ** (attempt - 1)
                if attempt == ATTEMPTS or after > LONGEST_WAIT:
                    raise ReportError(
                        f"{address} was asked {attempt} time{'s' if attempt > 1 else ''} in vain: "
                        f"{problem}. What has come is kept: the same command takes up from there."
                    ) from None
                say(f"{problem}; asking again in {after:.0f} s")
                self.wait(after)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, address: str) -> tuple[bytes, Any]:
        import httpx

        self.wait(max(0.0, self._last + self.pause - time.monotonic()))
        try:
            answer = self._client.get(address)
        except httpx.ConnectError as problem:
            raise _Passing(f"it cannot be reached ({_words(problem)})") from problem
        except httpx.TransportError as problem:
            raise _Passing(f"the connection broke off ({_words(problem)})") from problem
        finally:
            self._last = time.monotonic()
        if answer.status_code in _PASSING:
            raise _Passing(f"the service answers {_status(answer)}", _retry_after(answer))
        if answer.status_code != 200:
            raise Unusable(
                f"{address}: the service answers {_status(answer)}. It says: {_quoted(answer)}",
                answer.content,
            )
        if _is_page(answer):
            raise Unusable(
                f"{address}: a page for a browser came in place of data. It says: "
                f"{_quoted(answer)}",
                answer.content,
            )
        try:
            return answer.content, json.loads(answer.content)
        except ValueError as problem:
            raise _Passing(f"the answer breaks off ({problem})") from problem


def _words(problem: Exception) -> str:
    return str(problem).rstrip(".") or type(problem).__name__


def _status(answer: httpx.Response) -> str:
    return f"{answer.status_code} {answer.reason_phrase}".strip()


def _is_page(answer: httpx.Response) -> bool:
    return answer.content.lstrip()[:1] == b"<"


def _quoted(answer: httpx.Response) -> str:
    """The first words of an answer, without the marks of a page."""
    import re

    words = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", answer.text, flags=re.DOTALL)
    return " ".join(words.split())[:_QUOTED] or "nothing"


def _retry_after(answer: httpx.Response) -> float | None:
    """The seconds that the service asks to wait, as a number or until a time."""
    given = answer.headers.get("Retry-After", "")
    if given.isdecimal():
        return float(given)
    try:
        return max(0.0, parsedate_to_datetime(given).timestamp() - time.time())
    except ValueError:
        return None
