"""What can go wrong outside a request, each with words for the person who can do something about it."""

from __future__ import annotations


class UsageError(Exception):
    """What a person typed cannot be used; the message is one sentence."""


class InferenceError(Exception):
    """Something is wrong with a model or the processes that run it.

    Codes: runtime-missing, model-unusable, model-folder, batch-refused, run-failed, worker-died, closed.
    """

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint

    def sentence(self) -> str:
        """The message and what can be done about it."""
        return f"{self}." if self.hint is None else f"{self}. {self.hint}"


class SchedulerError(Exception):
    """Why a text was not computed; never the fault of the text. Codes: queue-full, deadline, cancelled, stopped."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
