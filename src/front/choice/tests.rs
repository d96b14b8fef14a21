//! Tests of a choice, by itself.

use super::*;
use crate::words::words;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::fmt;

/// Marks what is shown as chosen, and nothing else.
struct Plain;

impl Theme for Plain {
    fn format_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        text: &str,
        active: bool,
    ) -> fmt::Result {
        write!(f, "{}{text}", if active { '>' } else { ' ' })
    }
}

fn options(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("option {n}.")).collect()
}

/// What is shown as chosen.
fn shown(choice: &Choice) -> Option<String> {
    let (lines, at) = choice.lines(80, &Plain);
    Some(lines[at?].clone())
}

#[test]
fn a_quick_correction_is_no_answer_yet() {
    let start = Instant::now();
    let mut pace = Pace::default();
    let mut choice = Choice::of_one(options(5), None, &[], words("en"));
    assert!(choice.lay_out(80, 10));
    choice.press(&[Key::Char('4')], false, start, &mut pace);
    let soon = start + Duration::from_millis(100);
    choice.press(&[Key::Char('2')], false, soon, &mut pace);
    assert_eq!(choice.note(), Some(Note::Unknown));
    let event = choice.press(&[Key::Enter], false, soon, &mut pace);
    assert_eq!(event, Event::Open);
    assert!(shown(&choice).unwrap().contains("option 3."));
}

fn any_key() -> impl Strategy<Value = Key> {
    prop_oneof![
        4 => Just(Key::Enter),
        2 => "[0-9０-９jk xb?？认]".prop_map(|c: String| Key::Char(c.chars().next().unwrap())),
        1 => prop::sample::select(vec![
            Key::Up, Key::Down, Key::Home, Key::Last, Key::PageUp, Key::PageDown, Key::Escape,
            Key::Left, Key::Backspace, Key::Newline, Key::Delete,
        ]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(20_261_125),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_recorded_was_shown_as_chosen(
        count in 1usize..15,
        rows in 3usize..12,
        gate in any::<bool>(),
        several in any::<bool>(),
        least in 0usize..3,
        keys in prop::collection::vec((any_key(), 0u64..900), 0..60),
    ) {
        let mut choice = if several {
            Choice::of_several(options(count), &[], &Command::ALL, words("en")).at_least(least)
        } else {
            Choice::of_one(options(count), (!gate).then_some(0), &Command::ALL, words("en"))
        };
        prop_assume!(choice.lay_out(80, rows));
        let (mut pace, mut now) = (Pace::default(), Instant::now());
        let mut ticked = vec![false; count];
        for (key, pause) in keys {
            now += Duration::from_millis(pause);
            let before = shown(&choice);
            match choice.press(&[key], false, now, &mut pace) {
                Event::One(n) => {
                    prop_assert_eq!(key, Key::Enter);
                    let option = format!("option {n}.");
                    prop_assert!(before.is_some_and(|line| line.contains(&option)));
                    return Ok(());
                }
                Event::Several(places) => {
                    prop_assert_eq!(key, Key::Enter);
                    prop_assert!(before.is_some_and(|line| line.contains("go on") || line.contains("Go on with")));
                    let expected: Vec<usize> =
                        (0..count).filter(|n| ticked[*n]).collect();
                    prop_assert!(places.len() >= least);
                    prop_assert_eq!(places, expected);
                    return Ok(());
                }
                Event::Open => {
                    let after = choice.ticked.clone().unwrap_or_default();
                    for n in (0..after.len()).filter(|n| after[*n] != ticked[*n]) {
                        prop_assert!(matches!(key, Key::Enter | Key::Char(_)));
                        let option = format!("option {n}.");
                        prop_assert!(before.clone().is_some_and(|line| line.contains(&option)));
                    }
                    if several {
                        ticked = after;
                    }
                }
                Event::Command(_) => {}
            }
        }
    }
}
