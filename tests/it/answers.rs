//! Which answers a step takes: one that does not fit changes nothing.

use crate::support::typed;
use okx_verify_help::answer::Answer;
use okx_verify_help::guide::{Digits, Field, Guide};
use okx_verify_help::moment::Moment;
use okx_verify_help::walk::{Rejected, Walk};

/// The account's number in the guide that ships.
pub const UID: Field = Field::Digits(Digits {
    least: 17,
    most: 18,
});

const GUIDE: &str = r#"
guide = { id = "g", title = "G", languages = ["en"] }
case = [{ id = "c", label = "C", steps = ["one", "some", "try", "number"], end = "e" }]
outcome.resolved.say = "r"
outcome.e.say = "e"
[step]
one.ask = "?"
one.answers = [{ id = "a", label = "A" }, { id = "b", label = "B" }]
some.ask = "?"
some.several = true
some.answers = [{ id = "a", label = "A" }, { id = "b", label = "B" }, { id = "c", label = "C" }]
try.do = "!"
number.fill = "?"
number.kind = "digits"
number.length = [17, 18]
"#;

/// Gives these answers and then one that the next step does not take.
#[track_caller]
fn rejects(guide: &Guide, before: &[Answer], answers: &[(Answer, Rejected)]) {
    let mut walk = Walk::start(guide, guide.case("c").unwrap());
    for answer in before {
        walk.answer(answer.clone(), Moment::EPOCH).unwrap();
    }
    for (answer, rejected) in answers {
        let stood = walk.clone();
        let said = walk.answer(answer.clone(), Moment::EPOCH);
        assert_eq!(said.as_ref(), Err(rejected), "{answer:?}");
        assert_eq!(walk, stood, "{answer:?}");
    }
}

#[test]
fn a_step_takes_its_own_answers_and_no_others() {
    let guide = Guide::load("g.toml", GUIDE.as_bytes()).unwrap();
    let note = typed(Field::Line, "a note");
    let uid = typed(UID, "123456789012345678");
    let one = Answer::choice;
    let no = |answer: Answer| (answer, Rejected::Answer);
    let taken = [one(1), Answer::several(&[0, 2]), one(1), uid.clone()];
    // A question.
    let beyond = [one(2), one(31), Answer::several(&[0, 2])];
    let wrong = [Answer::several(&[0, 1]), Answer::several(&[]), note.clone()];
    rejects(
        &guide,
        &[],
        &beyond.into_iter().chain(wrong).map(no).collect::<Vec<_>>(),
    );
    // A tick list.
    let wrong = [one(3), Answer::several(&[0, 3]), note.clone()];
    rejects(&guide, &taken[..1], &wrong.map(no));
    // Something to do.
    let wrong = [one(3), Answer::several(&[1, 2]), uid];
    rejects(&guide, &taken[..2], &wrong.map(no));
    // A typed value: marked as typed without one, beyond its choices, and of another form.
    let wrong = [one(0), one(2), Answer::several(&[])];
    rejects(&guide, &taken[..3], &wrong.map(no));
    rejects(&guide, &taken[..3], &[(note, Rejected::Answer)]);
    // The end.
    rejects(&guide, &taken, &[(one(0), Rejected::Ended)]);
}

#[test]
fn a_tick_list_may_be_left_empty_and_a_typed_value_left_out() {
    let guide = Guide::load("g.toml", GUIDE.as_bytes()).unwrap();
    let mut walk = Walk::start(&guide, guide.case("c").unwrap());
    for answer in [
        Answer::choice(0),
        Answer::several(&[]),
        Answer::choice(2),
        Answer::choice(1),
    ] {
        walk.answer(answer, Moment::EPOCH).unwrap();
    }
    assert_eq!(walk.history().len(), 4);
}
