"""Why there is no score: the model did not read everything, credits what nobody said, or invents what it quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.llm.port import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.llm.port import ChatModel
    from coach.profile import Profile


class Discredited(ModelError):
    """What the model answered shows that nothing it answers is to be believed: a later judging begins anew."""

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__("cannot_judge", "This model cannot judge", message, hint=hint)


_ASK_ELSE = (
    "Choose a larger model, or use the offline judge. What was asked and answered is kept for you to read."
)


def known_unable(profile: Profile) -> ModelError:
    """Its checkup failed: nothing is spent on it."""
    return ModelError(
        "cannot_judge",
        "This model cannot judge",
        f"coach doctor found that {profile.model} at {profile.address.shown} cannot tell what stands in an answer from "
        "what does not. Nothing was sent.",
        hint="Choose a larger model, use the offline judge, or run coach doctor again if the model has changed.",
    )


def no_answer(profile: Profile, error: ModelError) -> ModelError:
    """It did not answer in the form that was asked for, also when it was asked in another way."""
    return ModelError(
        "cannot_judge",
        "This model cannot judge",
        f"{profile.model} at {profile.address.shown} gave no findings. {error.message}",
        hint=_ASK_ELSE,
    )


def not_read(profile: Profile, lines: Sequence[int]) -> Discredited:
    """It could not quote lines that are there: part of the text was cut off, or it does not read."""
    shown = ", ".join(map(str, lines))
    return Discredited(
        f"{profile.model} at {profile.address.shown} could not quote line {shown}, which is there: it did not read "
        "everything, or cannot follow. No score is made of that.",
        hint=f"Its window may be too small; coach doctor tells. {_ASK_ELSE}",
    )


def invents(profile: Profile, thing: str) -> Discredited:
    """It credited what nobody said."""
    return Discredited(
        f'{profile.model} at {profile.address.shown} credited something nobody said: "{thing}" '
        "No score is made of that.",
        hint=_ASK_ELSE,
    )


def nothing(profile: Profile) -> Discredited:
    """It answered in the right form and said nothing."""
    return Discredited(
        f"{profile.model} at {profile.address.shown} answered with an empty list of findings. No score is made of that.",
        hint=_ASK_ELSE,
    )


def left_out(profile: Profile, missing: int, of: int) -> Discredited:
    """It skipped too many questions, also when it was asked again."""
    return Discredited(
        f"{profile.model} at {profile.address.shown} left {missing} of {of} checks out, though it was asked again. "
        "No score is made of that.",
        hint=_ASK_ELSE,
    )


def misquotes(profile: Profile, lost: int, credited: int) -> Discredited:
    """Most of its evidence stands nowhere."""
    return Discredited(
        f"{profile.model} at {profile.address.shown} credited {credited} checks; for {lost} of them the words it quotes "
        "do not stand in the text. No score is made of that.",
        hint=_ASK_ELSE,
    )


def cut_short(model: ChatModel, *, sent: int, read: int) -> ModelError:
    """The server read less than it was sent and did not say so."""
    window = model.abilities.window
    room = f" Its window seems to hold {window:,}." if window else ""
    return ModelError(
        "truncated",
        "It did not read everything",
        f"{model.profile.address.shown} counted {read:,} tokens of about {sent:,} sent, so part of your words was "
        f"cut off without a word.{room} Nothing it said is used.",
        hint="Raise the window (Ollama: OLLAMA_CONTEXT_LENGTH=16384 before ollama serve), or choose another model.",
    )
