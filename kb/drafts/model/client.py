"""One request to a model over an OpenAI-compatible address: `POST {base}/chat/completions`, and what can go wrong.

The key goes out in one header, to the address that was set, and nowhere else: redirects are not followed, and nothing
of what a server says is repeated but a code of its own that is a plain word.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kb.web import OverdueError, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.drafts.model.settings import ModelSettings

MOST_ANSWER_TOKENS: Final = 4_000
"""Tokens that a model may write in one answer: an entry's prose has a few hundred."""
MAX_BYTES: Final = 4_000_000
_TRIES: Final = 4
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{2,60}")
_NOT_UNDERSTOOD: Final = (400, 422, 500)
"""What servers answer that don't know a part of what is asked; the last one that of llama-cpp-python."""
_LONGEST_WAIT: Final = 86_400.0

Message = dict[str, str]


class ModelError(Exception):
    """A model that gives no answer; the text says why, and never holds the key."""

    def __init__(self, why: str, tokens: int = 0) -> None:
        """`tokens` were taken all the same, as far as the server counts them."""
        super().__init__(why)
        self.tokens = tokens


class ModelBusyError(ModelError):
    """A server that wants a longer pause than there is patience for."""


class Completion(NamedTuple):
    """What a model wrote, and the tokens that its server counted: none where it doesn't say."""

    text: str
    asked_tokens: int = 0
    answered_tokens: int = 0


@dataclass(frozen=True, slots=True)
class ModelClient:
    """Asks a model. `timeout`: seconds for a whole answer; `patience`: seconds to wait for a limit at most."""

    settings: ModelSettings
    timeout: float = 180
    patience: float = 120
    backoff: float = 0.5
    """Seconds before the second try, doubled for each one after."""
    on_wait: Callable[[float, str], None] | None = None

    def complete(self, messages: list[Message], schema: dict[str, Any]) -> Completion:
        """The model's answer, as JSON that is to follow the schema. Raises ModelError, ModelBusyError."""
        asked = {
            "model": self.settings.model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": MOST_ANSWER_TOKENS,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "draft", "strict": True, "schema": schema},
            },
        }
        said = ""
        for attempt in range(_TRIES):
            status, retry_after, body = self._sent(asked)
            if status in _NOT_UNDERSTOOD:
                # Some servers know JSON, and no schemas: they are told the schema in words.
                status, retry_after, body = self._sent(asked | _in_words(messages, schema))
            if status == 200:
                return self._read(body)
            if status == 429:
                wait = _seconds(retry_after, self.backoff * 2**attempt)
                if wait > self.patience:
                    raise ModelBusyError(f"the model's server wants a pause of {wait:.0f} s; try again then")
                said = "the model's server takes no more requests for now (429)"
            elif status >= 500:
                wait = self.backoff * 2**attempt
                said = f"the model's server has trouble ({status})"
            else:
                raise ModelError(self._refused(status, body))
            if attempt + 1 < _TRIES:
                self._wait(wait, said)
        raise ModelBusyError(f"{said}; try again later")

    def _sent(self, asked: dict[str, Any]) -> tuple[int, str, bytes]:
        """Status, `Retry-After` and body of an answer. Raises ModelError."""
        import httpx  # noqa: PLC0415 - takes long to load, and only a draft needs it

        headers = {"User-Agent": "known-fixes", "Accept": "application/json"}
        if self.settings.key:
            headers["Authorization"] = f"Bearer {self.settings.key}"
        end = time.monotonic() + self.timeout
        is_encrypted = self.settings.base_url.startswith("https:")  # else a proxy would see the key

        def ask() -> tuple[int, str, bytes]:
            url = f"{self.settings.base_url}/chat/completions"
            with (
                httpx.Client(timeout=self.timeout, follow_redirects=False, trust_env=is_encrypted) as client,
                client.stream("POST", url, json=asked, headers=headers) as response,
            ):
                held = bytearray()
                for piece in response.iter_bytes():
                    held += piece
                    if len(held) > MAX_BYTES:
                        raise ModelError(f"the model's server sent more than {MAX_BYTES:,} bytes")
                    if time.monotonic() > end:
                        raise OverdueError
                return response.status_code, response.headers.get("retry-after", ""), bytes(held)

        try:
            return within(self.timeout, ask)
        except (OverdueError, httpx.TimeoutException):
            raise ModelError(f"the model gave no whole answer within {self.timeout:g} s") from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise ModelError("the model's server at KB_AI_BASE_URL can't be reached, or cut the connection") from None

    def _read(self, body: bytes) -> Completion:
        """What a good answer holds. Raises ModelError for a refusal, and for one that was cut off."""
        try:
            told = json.loads(body)
            choice = told["choices"][0]
            message, reason = choice["message"], choice.get("finish_reason")
            text, refusal = message.get("content"), message.get("refusal")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise ModelError("the model's server did not answer as its API documents") from None
        usage = told.get("usage")
        asked, answered = _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
        if refusal or reason == "content_filter":
            raise ModelError("the model refused to answer", asked + answered)
        if reason == "length":
            why = f"the model's answer was cut off; it may have {MOST_ANSWER_TOKENS:,} tokens"
            raise ModelError(why, asked + answered)
        if not isinstance(text, str):
            raise ModelError("the model answered with something else than text", asked + answered)
        return Completion(text, asked, answered)

    def _refused(self, status: int, body: bytes) -> str:
        if 300 <= status < 400:
            return f"the model's server leads to another address ({status}), which is not followed"
        if status in (401, 403):
            return f"the model's server does not take the key in KB_AI_KEY ({status})"
        code = self._code(body)
        return f"the model's server refuses ({status}{f', {code}' if code else ''})"

    def _code(self, body: bytes) -> str:
        """The server's own word for an error, such as `model_not_found`; nothing that could be a part of the key."""
        try:
            error = json.loads(body)["error"]
            code = error.get("code") or error.get("type")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return ""
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            return ""
        key, bare = (re.sub("[^a-z0-9]", "", text.lower()) for text in (self.settings.key, code))
        return "" if key and (bare in key or key in bare) else code

    def _wait(self, seconds: float, cause: str) -> None:
        if self.on_wait:
            self.on_wait(seconds, cause)
        time.sleep(seconds)


def _in_words(messages: list[Message], schema: dict[str, Any]) -> dict[str, Any]:
    """What is asked otherwise of a server that takes no schema; some take one in a key that OpenAI's has not."""
    told = {"role": "system", "content": f"{messages[0]['content']}\n\nThe schema: {json.dumps(schema)}"}
    return {"messages": [told, *messages[1:]], "response_format": {"type": "json_object", "schema": schema}}


def _seconds(retry_after: str, otherwise: float) -> float:
    """Seconds that a `Retry-After` names (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)."""
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", retry_after):
        return float(retry_after)
    if not retry_after:
        return otherwise
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - seldom needed

    try:
        return min(max(parsedate_to_datetime(retry_after).timestamp() - time.time(), 0.0), _LONGEST_WAIT)
    except (ValueError, TypeError, OverflowError):
        return otherwise


def _count(usage: object, name: str) -> int:
    held = usage.get(name) if isinstance(usage, dict) else None
    return held if type(held) is int and 0 <= held < 1_000_000_000 else 0
