//! Proofs on slices: forced by a small budget and compared with trying every walk, and guides that
//! are too tangled to be searched at once.

use crate::proofs::{Dice, random_guide};
use crate::run::okx;
use crate::support::typed;
use okx_verify_help::answer::Answer;
use okx_verify_help::guide::finding::Code;
use okx_verify_help::guide::{Budget, ChoiceSet, Guide, Kind, Most, Proof, Refused, Step};
use okx_verify_help::moment::Moment;
use okx_verify_help::walk::Walk;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

fn prove(toml: &str, budget: Budget) -> Result<(Guide, Proof), Refused> {
    let checked = Guide::check("g", toml.as_bytes(), &[], None, budget)?;
    Ok((checked.guide, checked.proof))
}

/// Each question alone, on its slice.
const ALONE: Budget = Budget {
    together: 0,
    per_step: 0,
    each: 100_000,
};
/// Questions share a search where it is small.
const FEW: Budget = Budget {
    together: 40,
    per_step: 0,
    each: 100_000,
};

fn answers(step: &Step) -> Vec<ChoiceSet> {
    let places = step.choices.len();
    match step.kind {
        Kind::AskSeveral => (0_usize..1 << places)
            .map(|set| {
                (0..places)
                    .filter(|n| set & 1 << n != 0)
                    .collect::<ChoiceSet>()
            })
            .filter(|set| step.is_enough(set.len()))
            .collect(),
        _ => (0..places).map(ChoiceSet::one).collect(),
    }
}

fn answer(step: &Step, chosen: ChoiceSet) -> Answer {
    match step.kind {
        Kind::Fill(field) if chosen.contains(0) => typed(field, "text"),
        _ => Answer::Chosen(chosen),
    }
}

/// Calls `f` with each whole walk.
fn each_walk(walk: &Walk<'_>, f: &mut impl FnMut(&Walk<'_>)) {
    let Some((_, step)) = walk.next_step() else {
        return f(walk);
    };
    for chosen in answers(step) {
        let mut next = walk.clone();
        next.answer(answer(step, chosen), Moment::EPOCH).unwrap();
        each_walk(&next, f);
    }
}

/// A rule about three random steps.
#[derive(Debug, Clone, Copy)]
enum Demand {
    Before,
    Never,
    After,
    AtMost(usize),
}

#[derive(Debug, Clone, Copy)]
struct Rule {
    demand: Demand,
    subject: usize,
    answered: usize,
    asked: usize,
}

impl Rule {
    fn roll(dice: &mut Dice) -> Rule {
        let [subject, answered, asked] = [(); 3].map(|()| dice.roll(7));
        let demand = match dice.roll(4) {
            0 => Demand::Before,
            1 => Demand::Never,
            2 => Demand::After,
            _ => Demand::AtMost(dice.roll(2)),
        };
        Rule {
            demand,
            subject,
            answered,
            asked,
        }
    }

    /// The rule as a guide says it. The answers are the first two of the step.
    fn toml(self, guide: &Guide) -> String {
        let Rule {
            demand,
            subject,
            answered,
            asked,
        } = self;
        let step = guide.at(guide.step(&format!("s{answered}")).unwrap());
        let ids: Vec<&str> = step.choices.iter().take(2).map(|c| c.id.as_str()).collect();
        let two = format!("{{ s{answered} = {ids:?} }}");
        let says = match demand {
            Demand::Before => {
                format!("before = \"s{subject}\"\nanswered = {two}\nasked = \"s{asked}\"")
            }
            Demand::Never => format!("never = \"s{subject}\"\nanswered = {two}"),
            Demand::After => format!("after = {two}\nseen = [\"s{asked}\", \"o1\"]"),
            Demand::AtMost(most) => {
                format!("at_most = {most}\nof = [\"s{subject}\", \"s{asked}\"]\nanswered = {two}")
            }
        };
        format!("[[rule]]\n{says}\n")
    }

    fn is_broken_by(self, walk: &Walk<'_>) -> bool {
        let history = walk.history();
        let at = |n: usize| {
            let step = walk.guide().step(&format!("s{n}")).unwrap();
            history.iter().position(|entry| entry.step == step)
        };
        let (subject, asked) = (at(self.subject), at(self.asked));
        // Where it was answered with one of the first two answers.
        let two = ChoiceSet::first(2);
        let answered = at(self.answered).filter(|at| history[*at].answer.chosen().meets(two));
        let before = |at: Option<usize>| at.is_some() && at < subject;
        match self.demand {
            Demand::Before => subject.is_some() && !(before(answered) && before(asked)),
            Demand::Never => subject.is_some() && before(answered),
            Demand::After => {
                answered.is_some() && asked.is_none() && walk.outcome().unwrap().id != "o1"
            }
            Demand::AtMost(most) => {
                let seen: BTreeSet<usize> = subject.into_iter().chain(asked).collect();
                answered.is_some() && seen.len() > most
            }
        }
    }
}

/// The walk that a finding shows, walked.
fn replay<'g>(guide: &'g Guide, message: &str) -> Walk<'g> {
    let (_, road) = message.split_once(": ").unwrap();
    let mut road: Vec<&str> = road.split(" > ").collect();
    let case = guide.case(road.remove(0)).unwrap();
    let end = road.pop().unwrap();
    let mut walk = Walk::start(guide, case);
    for answered in road {
        let (id, ids) = answered.split_once(" =").unwrap();
        let (_, step) = walk.next_step().unwrap();
        assert_eq!(step.id, id, "{message}");
        let ids = ids.split('+').map(str::trim).filter(|id| !id.is_empty());
        let chosen = ids.map(|id| step.choice(id).unwrap()).collect();
        walk.answer(answer(step, chosen), Moment::EPOCH).unwrap();
    }
    let at = walk.next_step().map(|(_, step)| step.id.clone());
    assert_eq!(
        at.or(walk.outcome().map(|o| o.id.clone())).unwrap(),
        end,
        "{message}"
    );
    walk
}

/// Some whole walk that goes on from here.
fn to_the_end(mut walk: Walk<'_>) -> Walk<'_> {
    while let Some((_, step)) = walk.next_step() {
        walk.answer(answer(step, answers(step)[0]), Moment::EPOCH)
            .unwrap();
    }
    walk
}

/// Where the rules are that some walk breaks, each with what is said of it, and what is said of what
/// is not decided.
fn judged(toml: &str, budget: Budget) -> (Vec<(usize, String)>, Vec<String>) {
    let refused = prove(toml, budget).err();
    let of = |code| {
        let findings = refused.iter().flat_map(|refused| refused.findings());
        let findings = findings.filter(move |f| f.code == code);
        findings.map(|f| (f.at.start, f.message.clone()))
    };
    let undecided = of(Code::TooTangled).map(|(_, message)| message);
    (of(Code::RuleBroken).collect(), undecided.collect())
}

#[test]
fn a_slice_finds_what_trying_every_walk_finds() {
    let (mut loaded, mut broken, mut kept, mut unreachable) = (0, 0, 0, 0);
    let (mut bounds, mut undecided) = (0, 0);
    for seed in 0..450 {
        let mut dice = Dice(seed);
        let toml = random_guide(&mut dice);
        let rules: Vec<Rule> = (0..6).map(|_| Rule::roll(&mut dice)).collect();
        let codes = |found: &Result<(Guide, Proof), Refused>| -> Vec<(Code, String)> {
            let refused = found.as_ref().err();
            let findings = refused.into_iter().flat_map(|refused| refused.findings());
            findings.map(|f| (f.code, f.message.clone())).collect()
        };
        let whole = prove(&toml, Budget::default());
        for budget in [ALONE, FEW] {
            assert_eq!(
                codes(&prove(&toml, budget)),
                codes(&whole),
                "{seed}:\n{toml}"
            );
        }
        let Ok((guide, _)) = whole else {
            unreachable += 1;
            continue;
        };
        loaded += 1;
        let (mut longest, mut advice) = (0, 0);
        let mut breaks = vec![false; rules.len()];
        for case in guide.cases.ids() {
            each_walk(&Walk::start(&guide, case), &mut |walk| {
                let asks = |kind| matches!(kind, Kind::Ask | Kind::AskSeveral | Kind::Fill(_));
                let history = walk.history();
                let questions = history.iter().take_while(|e| asks(guide.at(e.step).kind));
                longest = longest.max(history.len());
                advice = advice.max(questions.count());
                for (breaks, rule) in breaks.iter_mut().zip(&rules) {
                    *breaks |= rule.is_broken_by(walk);
                }
            });
        }
        for budget in [ALONE, FEW, Budget::default()] {
            let (_, proof) = prove(&toml, budget).unwrap();
            let exact = |count: usize| Most {
                count: u32::try_from(count).unwrap(),
                exact: true,
            };
            assert_eq!(proof.longest, exact(longest), "{seed}:\n{toml}");
            assert_eq!(proof.advice, exact(advice), "{seed}:\n{toml}");
            let mut ruled = toml.clone();
            let mut starts = BTreeMap::new();
            for (n, rule) in rules.iter().enumerate() {
                starts.insert(ruled.len(), n);
                ruled.push_str(&rule.toml(&guide));
            }
            let (found, undecided) = judged(&ruled, budget);
            let found = found.into_iter().map(|(at, message)| {
                let (rule, walk) = (starts[&at], replay(&guide, &message));
                assert!(rules[rule].is_broken_by(&to_the_end(walk)), "{message}");
                rule
            });
            let found: BTreeSet<usize> = found.collect();
            assert!(undecided.is_empty(), "{seed}: {undecided:?}");
            let tried: BTreeSet<usize> = (0..rules.len()).filter(|n| breaks[*n]).collect();
            assert_eq!(found, tried, "{seed}: {rules:?}\n{toml}");
            broken += found.len();
            kept += rules.len() - found.len();
        }
        // With less room than it takes, less is decided, but nothing wrongly.
        for each in [4, 9, 20] {
            let few = Budget {
                each,
                together: 0,
                per_step: 0,
            };
            for (limit, tried) in [("longest", longest), ("advice", advice)] {
                let limited = format!("{toml}[[rule]]\n{limit} = 1\n");
                let (found, unknown) = judged(&limited, few);
                assert!(found.is_empty() || tried > 1, "{seed}");
                let bound = unknown.iter().find_map(|message| {
                    let (_, bound) = message
                        .strip_suffix(" is an upper bound")?
                        .rsplit_once(' ')?;
                    bound.parse::<usize>().ok()
                });
                assert!(
                    bound.is_none_or(|bound| bound >= tried),
                    "{seed}: {bound:?}"
                );
                assert!(bound.is_some() || !found.is_empty() || tried <= 1, "{seed}");
                bounds += usize::from(bound.is_some());
            }
            for (n, rule) in rules.iter().enumerate() {
                let (found, unknown) = judged(&(toml.clone() + &rule.toml(&guide)), few);
                assert!(found.is_empty() || breaks[n], "{seed}: {rule:?}");
                assert!(
                    !found.is_empty() || !unknown.is_empty() || !breaks[n],
                    "{seed}: {rule:?}"
                );
                undecided += unknown.len();
            }
        }
    }
    // The comparison is worth something only if each kind of guide came up.
    assert!(
        loaded > 100 && broken > 300 && kept > 300 && unreachable > 20,
        "{loaded} {broken} {kept} {unreachable}"
    );
    assert!(bounds > 20 && undecided > 100, "{bounds} {undecided}");
}

/// A guide with these steps in one case.
fn one_case(steps: &[String], tables: &str) -> String {
    format!(
        "guide = {{ id = \"g\", title = \"G\", languages = [\"en\"] }}\n\
         case = [{{ id = \"c\", label = \"C\", steps = {steps:?}, end = \"e\" }}]\n\
         outcome.e.say = \"e\"\n{tables}"
    )
}

fn codes(toml: &str) -> Vec<Code> {
    let refused = prove(toml, Budget::default()).err();
    let findings = refused.iter().flat_map(|refused| refused.findings());
    findings.map(|finding| finding.code).collect()
}

/// Questions with four answers each, then notes that each ask for some answers to a few of them.
fn ask_everything(questions: usize, results: usize, each: usize) -> (Vec<String>, String) {
    let mut steps = Vec::new();
    let mut tables = String::new();
    for n in 0..questions {
        steps.push(format!("q{n}"));
        let _ = writeln!(tables, "[step.q{n}]\nask = \"?\"\nanswers = [");
        for a in ["a", "b", "c", "d"] {
            let _ = writeln!(tables, "{{ id = \"{a}\", label = \"{a}\" }},");
        }
        tables.push_str("]\n");
    }
    for n in 0..results {
        steps.push(format!("r{n}"));
        let needs: Vec<String> = (0..each)
            .map(|k| {
                format!(
                    "q{} = [\"a\", \"{}\"]",
                    (n * 5 + k * 3) % questions,
                    ["b", "c"][k % 2]
                )
            })
            .collect();
        let _ = writeln!(
            tables,
            "[step.r{n}]\nnote = \"!\"\nwhen = {{ {} }}",
            needs.join(", ")
        );
    }
    (steps, tables)
}

#[test]
fn a_guide_may_ask_everything_and_then_tell_what_applies() {
    let rules = "[[rule]]\nbefore = \"r3\"\nanswered = { q1 = [\"a\", \"b\"], q4 = [\"a\", \"c\"] }\n\
                 [[rule]]\nnever = \"r3\"\nanswered = { q1 = [\"c\", \"d\"] }\n\
                 [[rule]]\nafter = { q1 = \"d\" }\nseen = \"e\"\n";
    let (steps, tables) = ask_everything(14, 16, 3);
    let toml = one_case(&steps, &(tables + rules));
    let (_, proof) = prove(&toml, Budget::default()).unwrap();
    assert_eq!(proof.longest.count, 30, "{proof:?}");
    let broken = toml.replacen("q4 = [\"a\", \"c\"] }", "q4 = \"a\" }", 1);
    assert_eq!(codes(&broken), [Code::RuleBroken]);
}

/// A list of seven answers to tick, each asked about in several places, mixed with other questions.
fn seven_ticks(rules: &str) -> String {
    let mut steps = vec!["ticks".to_owned()];
    let mut tables = String::from("[step.ticks]\nask = \"?\"\nseveral = true\nanswers = [\n");
    for n in 0..7 {
        let _ = writeln!(tables, "{{ id = \"t{n}\", label = \"{n}\" }},");
    }
    tables.push_str("]\n");
    for n in 0..12 {
        steps.push(format!("q{n}"));
        let _ = writeln!(
            tables,
            "[step.q{n}]\nask = \"?\"\nanswers = [{{ id = \"y\", label = \"Y\" }}, {{ id = \"n\", label = \"N\" }}]\n\
             when = {{ not = {{ ticks = \"t{}\" }} }}",
            n % 7
        );
    }
    for n in 0..28 {
        steps.push(format!("d{n}"));
        let _ = writeln!(
            tables,
            "[step.d{n}]\ndo = \"!\"\nwhen = {{ ticks = \"t{}\", q{} = \"y\" }}",
            n % 7,
            (n + 1) % 12
        );
    }
    tables.push_str("[outcome.resolved]\nsay = \"r\"\n");
    tables.push_str(rules);
    one_case(&steps, &tables)
}

#[test]
fn seven_ticks_may_matter_in_many_places() {
    let rules = "[[rule]]\nbefore = \"d3\"\nanswered = { ticks = \"t3\" }\n\
                 [[rule]]\nnever = \"q5\"\nanswered = { ticks = \"t5\" }\n\
                 [[rule]]\nafter = { ticks = \"t2\" }\nseen = [\"d2\", \"resolved\", \"e\"]\n";
    let (_, proof) = prove(&seven_ticks(rules), Budget::default()).unwrap();
    assert!(proof.longest.count >= 13, "{proof:?}");
    let broken =
        seven_ticks("[[rule]]\nnever = \"d3\"\nanswered = { ticks = [\"t3\"], q4 = \"y\" }\n");
    assert_eq!(codes(&broken), [Code::RuleBroken]);
}

/// So many notes in a row, each shown only after the one before, and behind them what else is given.
fn in_a_row(count: usize, more: &[String], tables: &str) -> String {
    let notes = (0..count).map(|n| format!("n{n}"));
    let steps: Vec<String> = notes.chain(more.iter().cloned()).collect();
    let mut all = format!("{tables}[step]\nn0.note = \"!\"\n");
    for n in 1..count {
        let when = format!("{{ done = \"n{}\" }}", n - 1);
        let _ = writeln!(all, "n{n} = {{ note = \"!\", when = {when} }}");
    }
    one_case(&steps, &all)
}

#[test]
fn ten_thousand_steps_in_a_row_are_as_many_states() {
    let (_, proof) = prove(&in_a_row(10_000, &[], ""), Budget::default()).unwrap();
    let exact = |count| Most { count, exact: true };
    assert_eq!((proof.longest, proof.advice), (exact(10_000), exact(0)));
    assert_eq!(proof.states, 10_001);
}

#[test]
fn the_cost_of_a_tangled_guide_grows_with_its_steps_and_not_faster() {
    let (steps, tables) = ask_everything(14, 16, 3);
    let states = |count: usize| {
        let rule = |n: usize| format!("[[rule]]\nbefore = \"n{n}\"\nasked = \"n{}\"\n", n - 1);
        let rules: String = (1..count).step_by(3).map(rule).collect();
        let toml = in_a_row(count, &steps, &tables) + &rules;
        prove(&toml, Budget::default()).unwrap().1.states
    };
    let (few, many) = (states(1500), states(3000));
    assert!(few > 20_000, "it is not tangled: {few}");
    assert!(many < few * 9 / 4, "{few} {many}");
}

/// Two lists of so many ticks, and two notes: one where they agree in each tick, one where not.
fn compared(ticks: usize) -> String {
    let mut tables = String::new();
    for list in ["p", "q"] {
        let _ = writeln!(
            tables,
            "[step.{list}]\nask = \"?\"\nseveral = true\nanswers = ["
        );
        for n in 0..ticks {
            let _ = writeln!(tables, "{{ id = \"t{n}\", label = \"{n}\" }},");
        }
        tables.push_str("]\n");
    }
    let agree = |n| {
        let both = format!("p = \"t{n}\", q = \"t{n}\"");
        let one = format!("any = [{{ p = \"t{n}\" }}, {{ q = \"t{n}\" }}]");
        format!("{{ any = [{{ {both} }}, {{ not = {{ {one} }} }}] }}")
    };
    let all: Vec<String> = (0..ticks).map(agree).collect();
    let all = format!("{{ all = [{}] }}", all.join(", "));
    let _ = writeln!(tables, "[step.same]\nnote = \"!\"\nwhen = {all}");
    let _ = writeln!(
        tables,
        "[step.other]\nnote = \"!\"\nwhen = {{ not = {all} }}"
    );
    tables.push_str(
        "[step.last]\nask = \"?\"\nanswers = [\n\
         { id = \"x\", label = \"X\", then = \"x\" },\n{ id = \"y\", label = \"Y\", then = \"y\" },\n]\n\
         [step.x]\nnote = \"X\"\n[step.y]\nnote = \"Y\"\n\
         [[rule]]\nafter = { p = \"t0\" }\nseen = [\"same\", \"other\"]\n",
    );
    one_case(
        &["p", "q", "same", "other", "last"].map(str::to_owned),
        &tables,
    )
}

#[test]
fn what_is_too_tangled_is_named_with_what_is_remembered_and_where() {
    let small = Budget {
        each: 1000,
        together: 100,
        per_step: 0,
    };
    let refused = prove(&compared(6), small).unwrap_err();
    let [finding] = refused.findings() else {
        panic!("{refused}");
    };
    assert_eq!(finding.code, Code::TooTangled);
    let says = "this rule is not decided: there are more than 1000 states, \
                most of them at `other`, where the answers to `p`, `q` still matter";
    assert_eq!(finding.message, says);
    // With more room it is decided.
    assert_eq!(codes(&compared(6)), []);
}

#[test]
fn a_rule_passes_by_an_upper_bound_only_if_that_keeps_it() {
    let small = Budget {
        each: 1000,
        together: 100,
        per_step: 0,
    };
    let limit = |most| format!("{}[[rule]]\nlongest = {most}\n", compared(6));
    let bounds = |most| {
        let refused = prove(&limit(most), small).unwrap_err();
        let findings = refused
            .findings()
            .iter()
            .map(|f| (f.code, f.message.clone()));
        findings.collect::<Vec<_>>()
    };
    // Of the notes `same` and `other` a walk shows one, but that takes more states than there may
    // be.
    let [(Code::TooTangled, _)] = &bounds(6)[..] else {
        panic!("{:?}", bounds(6));
    };
    let [_, (code, says)] = &bounds(5)[..] else {
        panic!("{:?}", bounds(5));
    };
    let bound = "it is not decided whether a walk has more than 5 prompts; 6 is an upper bound";
    assert_eq!((*code, says.as_str()), (Code::TooTangled, bound));
}

#[test]
fn there_may_be_more_states_where_it_is_said_so() {
    let toml = compared(10);
    let check = |args: &str| okx(&format!("guide check g.toml {args}")).file("g.toml", &toml);
    check("--states 100000")
        .exits(1)
        .says(["there are more than 100000 states", "or raise `--states`"]);
    check("--states 0")
        .exits(2)
        .says(["--states <NUMBER> does not take 0. It takes: a whole number from 1 to 10000000"]);
}
