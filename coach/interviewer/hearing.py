"""What one turn of the candidate wants from the interviewer, in the order it is answered."""

from dataclasses import dataclass

from coach.interviewer.asks import Clause, read
from coach.interviewer.facts import Correction, FactSheet
from coach.interviewer.phrases import Remark
from coach.interviewer.vocabulary import is_function_word

LONGEST_TURN = 4000
"""Characters of one turn that are read: four minutes of talking; a pasted file must not stop the clock on the screen."""
_ANSWER_WORDS = 4
"""A statement from this length on, right after a question nobody else answers, is the candidate's own answer."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn understood. With none of these it only tells something."""

    corrections: tuple[Correction, ...] = ()
    facts: tuple[str, ...] = ()
    wants_call: bool = False
    wants_consent: bool = False
    is_uncovered: bool = False
    remark: Remark | None = None

    @property
    def asks(self) -> bool:
        """Whether it wants any reply."""
        return self != Heard()


def hear(sheet: FactSheet, said: str, *, takes_assumptions: bool) -> Heard:
    """Understand `said`.

    With `takes_assumptions` a plain "I assume ..." or a mere topic asks for the fact it is about; later in a design
    it does not.
    """
    clauses = read(said[:LONGEST_TURN])
    listening = [_listens(clause, takes_assumptions=takes_assumptions) for clause in clauses]
    asked = iter(sheet.asked([clause for clause, listens in zip(clauses, listening, strict=True) if listens]))
    corrections: dict[str, Correction] = {}
    facts: dict[str, None] = {}
    unanswered: list[Clause] = []
    for clause, listens, wrong in zip(clauses, listening, sheet.corrections(clauses), strict=True):
        told = next(asked) if listens else ()
        for one in wrong:
            corrections.setdefault(one.fact, one)
        facts |= dict.fromkeys(told)
        if not clause.asks and not told and clause.passage.words >= _ANSWER_WORDS:
            unanswered = [one for one in unanswered if one.remark is not None]
        elif clause.asks and not wrong and not told:
            unanswered.append(clause)
    return Heard(
        corrections=tuple(corrections.values()),
        facts=tuple(fact for fact in facts if fact not in corrections),
        wants_call=any(_is_call(clause) for clause in unanswered),
        wants_consent=any(_is_consent(clause) for clause in unanswered),
        is_uncovered=any(_is_open(clause, alone=not facts and not corrections) for clause in unanswered),
        remark=next((clause.remark for clause in unanswered if clause.remark), None),
    )


def _listens(clause: Clause, *, takes_assumptions: bool) -> bool:
    asks = clause.asks or (takes_assumptions and (clause.assumes or clause.is_topic))
    return asks and not clause.is_design and clause.remark in (None, "all")


def _is_call(clause: Clause) -> bool:
    return clause.remark is None and (clause.is_design or clause.may_be_design)


def _is_consent(clause: Clause) -> bool:
    """Whether it only wants an assumption confirmed."""
    return clause.remark is None and not _is_call(clause) and clause.assumes


def _is_open(clause: Clause, *, alone: bool) -> bool:
    """Whether it is a question nobody answers; beside answered ones only when it has words of its own."""
    if clause.remark is not None or _is_call(clause) or clause.assumes:
        return False
    return alone or sum(1 for token in clause.passage.tokens if not is_function_word(token)) >= 2
