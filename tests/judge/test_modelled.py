"""A judging by a model from start to end: what it is asked, how often, and what its answers are worth."""

from dataclasses import replace

import pytest

from coach.errors import JudgeFailed
from coach.judge.answer import ANSWER
from coach.judge.evidence import is_verified
from coach.judge.judging import judge
from coach.judge.modelled import ModelledJudge
from coach.judge.offline import OfflineJudge
from coach.llm.abilities import Abilities
from coach.llm.port import ModelError
from coach.llm.tokens import ESTIMATE
from tests.fakes.judges import Shown, at_first, crediting, each, item, leaving_out, read
from tests.fakes.model import ScriptedModel
from tests.judge import ferry
from tests.judge.stage import Judged, Stage, fair

OUTAGE = "what a driver sees meanwhile"
CREDITED = {
    "component.store": ferry.STORE,
    "component.desk": ferry.DESK,
    "point.until": ferry.CERTAIN,
    "dive.race.once": ferry.RACE,
    "curveball.outage.wait": ferry.STANDBY,
    "general.left-out": ferry.LEFT_OUT,
    "general.so-what": ferry.RATE,
    "general.calls": ferry.CALLS,
    "general.other-way": ferry.OTHER_WAY,
}
LEFT_OPEN = ("request.book", "dive.race.hold", "dive.night.sweep", "general.meanwhile", "general.plain")


def again(judged: Judged) -> list[dict[int, str]]:
    """The checks of each call that asked again."""
    return [read(one).checks for one in judged.model.asked if read(one).again]


def test_everything_that_fits_is_asked_in_one_call(stage: Stage) -> None:
    judged = stage.judge(fair())
    [asked] = judged.model.asked
    assert asked.request.shape is ANSWER
    assert asked.request.most >= 2 * 60 * len(read(asked).checks)
    [told] = stage.told
    assert (told.doing, told.call, told.planned) == ("Reading for all dimensions", 1, 1)
    assert told.sent == ESTIMATE.messages(asked.request.messages)
    assert told.spent.calls == 0


def test_answers_become_findings_with_evidence_that_holds(stage: Stage) -> None:
    judged = stage.judge(fair())
    transcript = ferry.interview()
    for check, line in CREDITED.items():
        found = judged.finding(check)
        assert (found.finding, [one.line for one in found.evidence]) == ("met", [line]), check
        assert all(is_verified(one, transcript) for one in found.evidence)
    for check in LEFT_OPEN:
        assert (judged.finding(check).finding, judged.finding(check).why) == ("not_shown", "nothing shows it")
    assert {one.check for one in judged.card.findings} == {one.id for one in ferry.checklist().checks}
    assert judged.card.score is not None
    assert set(judged.warnings) == {"not_calibrated"}


def test_a_partly_met_check_keeps_what_is_missing(stage: Stage) -> None:
    judged = stage.judge(
        fair(Shown(OUTAGE, "says try again", finding="partly", why="no word on paid places"))
    )
    found = judged.finding("curveball.outage.wait")
    assert (found.finding, found.why) == ("partly", "no word on paid places")


def test_evidence_that_does_not_hold_is_asked_for_again_once_and_alone(stage: Stage) -> None:
    wrong = Shown(OUTAGE, "says try again", quote="we replicate to three regions with quorum writes")
    judged = stage.judge(at_first(fair(wrong), fair()))
    [checks] = again(judged)
    assert list(checks.values()) == ["Says what a driver sees meanwhile."]
    [reason] = read(judged.model.asked[1]).again.values()
    assert reason == f"these words do not stand on line {ferry.STANDBY}"
    assert judged.finding("curveball.outage.wait").finding == "met"
    assert "evidence_rejected" not in judged.warnings
    assert stage.told[-1].doing.startswith("Asking again")


def test_what_fails_again_is_not_shown_and_counted(stage: Stage) -> None:
    wrong = Shown(OUTAGE, "says try again", quote="we replicate to three regions with quorum writes")
    other = Shown("the main calls", "POST /bookings", quote="GET /places takes a day and a page size")
    judged = stage.judge(fair(wrong, other))
    assert len(judged.model.asked) == 2
    for check in ("curveball.outage.wait", "general.calls"):
        found = judged.finding(check)
        assert (found.finding, found.why, found.evidence) == ("not_shown", "evidence rejected", ())
    assert judged.warnings["evidence_rejected"].startswith("2 checks")
    account = judged.card.judge.account
    assert account is not None
    assert (account.quotes, account.held, account.rejected) == (9, 7, 2)


def test_a_judge_that_takes_its_credit_back_is_believed(stage: Stage) -> None:
    wrong = Shown(OUTAGE, "says try again", quote="we replicate to three regions with quorum writes")
    judged = stage.judge(at_first(fair(wrong), crediting()))
    assert judged.finding("curveball.outage.wait").why == "nothing shows it"
    assert "evidence_rejected" not in judged.warnings


def test_a_check_that_was_left_out_is_asked_for_again_and_alone(stage: Stage) -> None:
    judged = stage.judge(at_first(leaving_out(fair(), "main calls"), fair()))
    assert [list(one.values()) for one in again(judged)] == [["You wrote down the main calls."]]
    assert judged.finding("general.calls").finding == "met"
    assert "left_out" not in judged.warnings


def test_a_check_that_stays_left_out_is_not_assessed_and_said_to_be(stage: Stage) -> None:
    judged = stage.judge(leaving_out(fair(), "what stays out"))
    assert [list(one.values()) for one in again(judged)] == [["You named what stays out."]] * 2
    found = judged.finding("general.left-out")
    assert (found.finding, found.why) == ("not_assessed", "the model left it out")
    assert "1 check" in judged.warnings["left_out"]
    assert judged.card.dimensions["requirements"].assessed


FEW = ("what stays out", "conclusion from a number", "Has the place store")


@pytest.mark.parametrize(("about", "is_scored"), [(FEW, True), ((*FEW, "main calls"), False)])
def test_a_judge_that_leaves_a_fifth_out_gives_no_score(
    stage: Stage, about: tuple[str, ...], is_scored: bool
) -> None:
    """Three of sixteen are less, four are more."""
    script = leaving_out(fair(), *about)
    if is_scored:
        assert stage.judge(script).card.score is not None
        return
    with pytest.raises(ModelError) as caught:
        stage.judge(script)
    assert caught.value.kind == "cannot_judge"
    assert "left 4 of 16 checks out" in caught.value.message


def test_a_missing_answer_and_a_rejected_one_are_asked_for_together(stage: Stage) -> None:
    wrong = Shown(OUTAGE, "says try again", quote="we replicate to three regions with quorum writes")
    first = leaving_out(fair(wrong), "what stays out")
    judged = stage.judge(at_first(first, fair()))
    assert [set(one.values()) for one in again(judged)] == [
        {"You named what stays out.", "Says what a driver sees meanwhile."}
    ]
    assert judged.finding("general.left-out").finding == "met"


def test_in_an_interview_facts_come_from_the_journal(stage: Stage) -> None:
    judged = stage.judge(fair())
    assert judged.finding("fact.capacity").finding == "met"
    assert [one.line for one in judged.finding("fact.capacity").evidence] == [ferry.ASKED]
    assert judged.finding("fact.peak").finding == "not_shown"
    assert "given" in (judged.finding("fact.refund").why or "")


def test_in_a_written_answer_facts_are_read_by_the_model(stage: Stage) -> None:
    judged = stage.judge(fair(), ferry.written())
    found = judged.finding("fact.capacity")
    assert (found.finding, found.evidence[0].quote) == ("met", "We assume forty cars per crossing")
    assert judged.finding("fact.peak").finding == "not_shown"


@pytest.mark.parametrize("written", [False, True])
def test_what_code_decides_is_the_same_as_with_the_offline_judge(stage: Stage, written: bool) -> None:
    transcript = ferry.written() if written else ferry.interview()
    offline = judge(OfflineJudge(), ferry.checklist(), transcript, seniority="senior")
    kinds = ("number",) if written else ("number", "fact")
    same = [one.id for one in ferry.checklist().checks if one.measure or one.kind in kinds]
    assert len(same) >= 4
    judged = stage.judge(crediting(), transcript)
    by_code = {one.check: one for one in offline.findings}
    assert [judged.finding(name) for name in same] == [by_code[name] for name in same]


def test_a_drill_asks_for_its_phase_only(stage: Stage) -> None:
    judged = stage.judge(fair(), replace(ferry.interview(), planned_phases=("deep_dive",), times=()))
    asked = set(read(judged.model.asked[0]).real.values())
    late = {one.text for one in ferry.checklist().checks if one.phase == "deep_dive"}
    assert {one for one in asked if not one.startswith("Mistake")} <= late
    assert judged.finding("component.store").finding == "not_assessed"
    assert judged.finding("component.store").why == "outside this drill"
    assert judged.finding("dive.race.once").finding == "met"


GERMAN = (
    "Mahlzeiten und Kabinen lassen wir weg, wir verkaufen nur die Plätze auf dem Deck.",
    "Der Schalter nimmt den Wunsch des Fahrers und prüft ihn gegen den Speicher, der die Zeilen hält.",
    "Eine Buchung ist sicher, sobald die Zeile geschrieben ist, denn nur einer kann sie schreiben.",
    "Wollen zwei Fahrer die gleiche Zeile, dann schlägt das zweite Schreiben fehl und er wählt noch einmal.",
    "Ich hätte eine Schlange für jede Fahrt nehmen können, aber dann warten alle auf die langsamste Zahlung.",
    "Solange der Ersatz noch nicht läuft, sagt der Schalter dem Fahrer, dass er es gleich noch einmal versuchen soll.",
)
IN_GERMAN = (
    Shown("what stays out", "Mahlzeiten"),
    Shown("Has the booking desk", "Der Schalter"),
    Shown("from when on a booking is certain", "ist sicher"),
    Shown("who gets the last place", "zwei Fahrer"),
    Shown("another way and why not", "Ich hätte"),
    Shown(OUTAGE, "der Ersatz"),
)


def test_an_answer_in_another_language_is_judged_by_the_model(stage: Stage) -> None:
    lines = tuple(
        replace(line, text=GERMAN[at % len(GERMAN)])
        for at, line in enumerate(one for one in ferry.interview().lines if one.speaker == "candidate")
    )[: len(GERMAN)]
    transcript = replace(
        ferry.interview(),
        lines=tuple(replace(one, number=n) for n, one in enumerate(lines, start=1)),
        facts={"refund": "shown"},
    )
    offline = judge(OfflineJudge(), ferry.checklist(), transcript, seniority="senior")
    assert offline.score is None
    judged = stage.judge(crediting(*IN_GERMAN), transcript)
    assert judged.finding("dive.race.once").finding == "met"
    assert judged.finding("component.desk").finding == "met"
    assert judged.card.score is not None
    for check in ("number.rate", "fact.capacity", "general.summary", "general.questions"):
        found = judged.finding(check)
        assert (found.finding, found.why) == ("not_assessed", "read in English only"), check
    assert judged.finding("general.on-time").finding == "met", "the clock knows no language"
    assert judged.finding("fact.refund").why == "given with the reference notes, not found", "nor the journal"
    assert "unsupported_language" not in judged.warnings


UNUSUAL = {
    ferry.RACE: "Every crossing has one writer that takes wishes in order, so the later driver simply hears no.",
    ferry.OTHER_WAY: "Rows with a version would do too, but then both drivers fight and one has paid for nothing.",
    ferry.STANDBY: "While the writer moves to another machine wishes wait in the log, the page says you are next.",
    ferry.DESK: "A page puts the wish into the log of its crossing and shows how many are before it.",
    ferry.STORE: "The log of a crossing keeps every wish and every answer, the deck is what follows from it.",
    ferry.CERTAIN: "A place is promised at the moment the writer's answer is in the log and on two disks.",
    ferry.CALLS: "PUT /crossings/id/wishes/number takes the car, so that pressing twice is one wish.",
}
ALSO_SOUND = (
    Shown("what stays out", "meals and cabins"),
    Shown("conclusion from a number", "4.6 bookings"),
    Shown("Has the place store", "keeps every wish"),
    Shown("Has the booking desk", "A page puts the wish"),
    Shown("from when on a booking is certain", "A place is promised"),
    Shown("wrote down the main calls", "PUT /crossings"),
    Shown("who gets the last place", "has one writer"),
    Shown("another way and why not", "Rows with a version"),
    Shown(OUTAGE, "While the writer moves"),
)


def test_two_sound_designs_reach_the_same_verdict(stage: Stage) -> None:
    usual = stage.judge(fair())
    lines = tuple(replace(line, text=UNUSUAL.get(line.number, line.text)) for line in ferry.interview().lines)
    unusual = stage.judge(crediting(*ALSO_SOUND), replace(ferry.interview(), lines=lines))
    assert (unusual.card.verdict, unusual.card.score) == (usual.card.verdict, usual.card.score)
    assert [one.finding for one in unusual.card.findings] == [one.finding for one in usual.card.findings]


def test_a_mistake_that_is_made_caps_and_is_named_with_its_line(stage: Stage) -> None:
    line = "There is one lock around the crossing, so all drivers stand in line behind it."
    transcript = ferry.interview(line)
    made = stage.judge(fair(Shown("Mistake: One lock", "There is one lock")), transcript)
    [found] = [one for one in made.card.mistakes if one.mistake == "one-lock"]
    assert found.made
    assert found.evidence[0].line == len(ferry.SAID) + 1
    assert made.card.arithmetic["depth"].capped_by == "Mistake: One lock holds up every crossing."
    avoided = stage.judge(fair(), transcript)
    assert [one for one in avoided.card.mistakes if one.mistake == "one-lock"] == []


def test_a_judging_that_is_cancelled_before_it_begins_asks_nothing(stage: Stage) -> None:
    model = ScriptedModel(each(lambda _, number, __: item(number)))
    one = ModelledJudge(stage.line(model), stage.open_tape)
    one.cancel()
    with pytest.raises(JudgeFailed, match="stopped"):
        one.decide(ferry.checklist(), ferry.interview())
    assert model.asked == []


def test_a_model_known_to_be_unable_is_not_asked(stage: Stage) -> None:
    model = ScriptedModel(fair(), abilities=Abilities(judging="unable"))
    with pytest.raises(ModelError) as caught:
        stage.judge(model)
    assert (caught.value.kind, model.asked) == ("cannot_judge", [])
    assert "coach doctor" in caught.value.message
