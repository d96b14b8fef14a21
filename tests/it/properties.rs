//! What holds for every guide and every walk, tried on guides and answers at random.

use crate::proofs::{Dice, random_guide};
use crate::support::{GUIDE, squeeze, typed};
use okx_verify_help::answer::{Answer, Log};
use okx_verify_help::doc::text;
use okx_verify_help::embedded;
use okx_verify_help::guide::{Field, Guide, Kind, Step, StepId};
use okx_verify_help::moment::Moment;
use okx_verify_help::text::{fold, fold_within, is_hostile, width};
use okx_verify_help::ticket::Ticket;
use okx_verify_help::walk::Walk;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use std::sync::LazyLock;

/// The same runs each time, so that a failure belongs to the change that brought it; with
/// `PROPTEST_CASES` there are more of them.
pub fn config() -> ProptestConfig {
    let seed = RngSeed::Fixed(20_261_122);
    ProptestConfig {
        rng_seed: seed,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The guide that ships, and random ones that load.
static GUIDES: LazyLock<Vec<Guide>> = LazyLock::new(|| {
    let random = (0..600).map(|seed| random_guide(&mut Dice(seed)));
    let random = random.filter_map(|toml| Guide::load("random", toml.as_bytes()).ok());
    let guides: Vec<Guide> = std::iter::once(embedded::guide()).chain(random).collect();
    assert!(guides.len() > 50, "{} guides", guides.len());
    guides
});

/// A walk at random: the place of a guide, a case of it, and numbers that stand for answers.
#[derive(Debug, Clone)]
struct Try {
    guide: usize,
    case: Index,
    rolls: Vec<u32>,
}

impl Try {
    fn start(&self) -> Walk<'static> {
        let guide = &GUIDES[self.guide];
        let nth = self.case.index(guide.cases.len());
        Walk::start(guide, guide.cases.ids().nth(nth).unwrap())
    }

    /// The walk, until the numbers are used up or it has ended.
    fn walk(&self) -> Walk<'static> {
        let mut walk = self.start();
        go(&mut walk, &self.rolls);
        walk
    }
}

/// The guide that ships comes up as often as all others together.
fn tries() -> impl Strategy<Value = Try> {
    let guide = prop_oneof![Just(0), 1..GUIDES.len()];
    let rolls = prop::collection::vec(any::<u32>(), 1..40);
    let parts = (guide, any::<Index>(), rolls);
    parts.prop_map(|(guide, case, rolls)| Try { guide, case, rolls })
}

/// The answer that a number stands for.
fn answer(step: &Step, roll: u32) -> Answer {
    let choices = step.choices.len();
    let value = |field| match field {
        Field::Digits(_) | Field::Pattern(_) => "123456789012345678",
        Field::Version => "6.140.0",
        Field::Time | Field::Date => "2026-11-22 23:40",
        Field::Country => "新加坡",
        Field::Count => "3",
        Field::Reference => "CS-4821",
        Field::Files => "IMG_1.png",
        Field::Line | Field::Note => "说不清 \u{1f937} what",
    };
    match step.kind {
        Kind::AskSeveral => {
            let least = usize::from(step.least);
            let ticked = |n: &usize| roll & (1 << n) != 0 || *n < least;
            Answer::several(&(0..choices).filter(ticked).collect::<Vec<_>>())
        }
        Kind::Fill(field) if roll & 1 == 0 => typed(field, value(field)),
        Kind::Fill(_) => Answer::choice(1),
        _ => Answer::choice(usize::try_from(roll).unwrap() % choices),
    }
}

fn minute(n: usize) -> Moment {
    format!("2026-11-22T{:02}:{:02}:00+08:00", n / 60, n % 60)
        .parse()
        .unwrap()
}

/// Answers until the numbers are used up or the walk has ended.
fn go(walk: &mut Walk<'_>, rolls: &[u32]) {
    for (n, roll) in rolls.iter().enumerate() {
        if let Some((_, step)) = walk.next_step() {
            let dropped = walk.answer(answer(step, *roll), minute(n)).unwrap();
            assert!(
                dropped.is_empty(),
                "nothing is pending, so nothing is dropped"
            );
        }
    }
}

/// Bytes of the guide that ships with a few things in it broken.
fn mutants() -> impl Strategy<Value = Vec<u8>> {
    let place = any::<Index>;
    let change = (0..5, place(), place(), any::<u8>());
    prop::collection::vec(change, 1..6).prop_map(|changes| {
        let mut bytes = embedded::SOURCE.as_bytes().to_vec();
        for (kind, from, to, byte) in changes {
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            match kind {
                0 => bytes[from] = byte,
                1 => drop(bytes.drain(from..(from + usize::from(byte)).min(bytes.len()))),
                2 => bytes.insert(from, byte),
                _ => {
                    // A line goes elsewhere, or is doubled.
                    let start = bytes[..from].iter().rposition(|b| *b == b'\n').unwrap_or(0);
                    let length = bytes[start + 1..].iter().position(|b| *b == b'\n');
                    let end = start + 1 + length.unwrap_or(0);
                    let line = bytes[start..end].to_vec();
                    let at = bytes[..to].iter().rposition(|b| *b == b'\n').unwrap_or(0);
                    bytes.splice(at..at, line);
                    if kind == 3 && at >= end {
                        bytes.drain(start..end);
                    }
                }
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_walk_ends_and_asks_each_step_at_most_once(a_try in tries()) {
        let mut walk = a_try.start();
        let most = walk.guide().steps.len();
        let endless: Vec<u32> = a_try.rolls.iter().copied().cycle().take(most).collect();
        go(&mut walk, &endless);
        prop_assert!(walk.outcome().is_some());
        let mut asked: Vec<StepId> = walk.history().iter().map(|e| e.step).collect();
        asked.sort_unstable();
        asked.dedup();
        prop_assert_eq!(asked.len(), walk.history().len());
        prop_assert_eq!(walk.left().steps, 0);
    }

    #[test]
    fn a_replay_is_the_same_walk(a_try in tries()) {
        let walk = a_try.walk();
        let log = Log { given: walk.history().to_vec(), ..Log::default() };
        let (again, dropped) = Walk::replay(walk.guide(), walk.start_case(), log);
        prop_assert_eq!(again, walk);
        prop_assert_eq!(dropped, vec![]);
    }

    #[test]
    fn back_undoes_exactly_one_answer(a_try in tries()) {
        let mut walk = a_try.start();
        let mut before = vec![walk.clone()];
        for roll in &a_try.rolls {
            go(&mut walk, &[*roll]);
            if walk.history().len() == before.len() {
                before.push(walk.clone());
            }
        }
        before.pop();
        while let Some(before) = before.pop() {
            let last = walk.history().last().unwrap().clone();
            prop_assert!(walk.back());
            prop_assert_eq!(walk.history(), before.history());
            prop_assert_eq!(walk.next(), before.next());
            prop_assert_eq!(walk.case(), before.case());
            prop_assert_eq!(walk.earlier(last.step), Some(&last.answer));
        }
        prop_assert!(!walk.back());
    }

    #[test]
    fn a_change_to_the_same_answer_changes_nothing(a_try in tries(), nth in any::<Index>()) {
        let mut walk = a_try.walk();
        prop_assume!(!walk.history().is_empty());
        let before = walk.clone();
        let nth = nth.index(before.history().len());
        let same = before.history()[nth].clone();
        walk.change(nth);
        prop_assert_eq!(walk.history(), &before.history()[..nth]);
        prop_assert_eq!(walk.earlier(same.step), Some(&same.answer));
        let dropped = walk.answer(same.answer, same.at);
        prop_assert_eq!(dropped, Ok(vec![]));
        prop_assert_eq!(walk, before);
    }

    #[test]
    fn a_change_within_a_change_loses_nothing(
        a_try in tries(),
        nth in any::<Index>(),
        earlier in any::<Index>(),
    ) {
        let mut walk = a_try.walk();
        prop_assume!(walk.history().len() > 1);
        let before = walk.clone();
        let nth = 1 + nth.index(before.history().len() - 1);
        let earlier = earlier.index(nth);
        walk.change(nth);
        walk.change(earlier);
        for again in [earlier, nth] {
            let same = before.history()[again].clone();
            prop_assert_eq!(walk.answer(same.answer, same.at), Ok(vec![]));
        }
        prop_assert_eq!(walk, before);
    }

    #[test]
    fn a_change_accounts_for_every_later_answer(
        a_try in tries(),
        nth in any::<Index>(),
        other in any::<u32>(),
    ) {
        let mut walk = a_try.walk();
        prop_assume!(!walk.history().is_empty());
        let before = walk.history().to_vec();
        let nth = nth.index(before.len());
        walk.change(nth);
        let Some((_, step)) = walk.next_step() else { panic!("the step that is changed") };
        let dropped = walk.answer(answer(step, other), minute(90)).unwrap();
        for later in &before[nth + 1..] {
            let stands = walk.history().contains(later);
            let pending = walk.earlier(later.step) == Some(&later.answer);
            let was_dropped = dropped.contains(later);
            let places = [stands, pending, was_dropped].iter().filter(|is| **is).count();
            prop_assert_eq!(places, 1, "{:?}", later);
        }
        // What is pending is given again where its step comes up, so it never has to be asked for.
        if let Some((ix, _)) = walk.next_step() {
            prop_assert!(!before[nth + 1..].iter().any(|e| e.step == ix && !dropped.contains(e)));
        }
    }

    #[test]
    fn a_ticket_is_whole_at_any_time(a_try in tries()) {
        let walk = a_try.walk();
        for tag in &walk.guide().languages {
            let ticket = Ticket::of(&walk, walk.guide().language(tag).unwrap());
            let page = text::text(&ticket.doc(), text::COLUMNS);
            for entry in walk.history() {
                let value = entry.answer.value().map_or("", |value| value);
                prop_assert!(squeeze(&page).contains(&squeeze(value)), "{}", page);
                prop_assert!(squeeze(&okx_verify_help::ticket::json(&[ticket.clone()])).contains(&squeeze(value)));
            }
            prop_assert!(page.lines().all(|line| width(line) <= 80), "{}", page);
        }
    }

    #[test]
    fn a_broken_guide_is_refused_and_never_a_panic(bytes in mutants()) {
        if let Err(refused) = Guide::load("mutant.toml", &bytes) {
            prop_assert!(!refused.findings().is_empty());
            let said = refused.to_string();
            prop_assert!(!said.contains(|c| c != '\n' && is_hostile(c)), "{:?}", said);
        }
    }

    #[test]
    fn folding_keeps_within_bounds_and_loses_nothing(
        text in "([a-z]{1,12}|[一-龥]{1,9}|[，。（）「」、—…“”]|[é🙂ｗ０-９]|[ \n/.:-]){0,30}",
        columns in 2usize..40,
        bytes in 4usize..60,
    ) {
        for line in fold(&text, columns) {
            prop_assert!(width(&line) <= columns, "{:?}", line);
            prop_assert!(!line.ends_with(' '), "{:?}", line);
        }
        for line in fold_within(&text, columns, bytes) {
            prop_assert!(width(&line) <= columns && line.len() <= bytes, "{:?}", line);
        }
        for lines in [fold(&text, columns), fold_within(&text, columns, bytes)] {
            prop_assert_eq!(squeeze(&lines.concat()), squeeze(&text));
        }
    }
}

#[test]
fn random_walks_come_to_most_of_the_guide_that_ships() {
    // The properties above are worth little where they never get to.
    let mut seen = std::collections::BTreeSet::new();
    let cases = GUIDE.cases.ids().cycle();
    for (n, case) in (0..10_000).zip(cases) {
        let mut walk = Walk::start(&GUIDE, case);
        let mut dice = Dice(n);
        let rolls: Vec<u32> = (0..30)
            .map(|_| u32::try_from(dice.roll(1 << 20)).unwrap())
            .collect();
        go(&mut walk, &rolls);
        seen.extend(walk.history().iter().map(|e| e.step));
    }
    let (seen, all) = (seen.len(), GUIDE.steps.len());
    assert!(seen * 100 >= all * 97, "{seen} of {all}");
}
