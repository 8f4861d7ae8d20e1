"""Exceptions must not cross into Qt: a virtual that fails shows nothing and reports the fault."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Method = TypeVar("Method", bound=Callable[..., Any])


def guarded(default: object = None) -> Callable[[Method], Method]:
    """Have an overridden Qt virtual return ``default`` where it would raise, and report the fault."""

    def decorate(method: Method) -> Method:
        @wraps(method)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return method(*args, **kwargs)
            except Exception:  # noqa: BLE001 - reported to the one handler, which shows it
                sys.excepthook(*sys.exc_info())
                return default

        return call  # type: ignore[return-value]

    return decorate
