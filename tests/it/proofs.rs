//! Proofs are exact: compared with trying every walk, and with the shipped guide robbed of its
//! gates one by one, or given advice that does harm.

use crate::support::typed;
use okx_verify_help::answer::Answer;
use okx_verify_help::embedded;
use okx_verify_help::guide::finding::Code;
use okx_verify_help::guide::{Budget, Checked, ChoiceSet, Guide, Kind, Refused};
use okx_verify_help::moment::Moment;
use okx_verify_help::walk::Walk;
use std::collections::BTreeSet;
use std::fmt::Write;

/// A small random number generator; its seeds name the guides.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.roll(n) == 0
    }
}

fn check(toml: &str) -> Result<Checked, Refused> {
    Guide::check("g", toml.as_bytes(), &[], None, Budget::default())
}

/// A guide of seven steps and two cases, with conditions, insertions, ends and marks at random.
/// Steps lead only to later ones, and the first case to the second, so most of them load.
pub fn random_guide(dice: &mut Dice) -> String {
    const STEPS: usize = 7;
    let mut toml = String::from("[guide]\nid = \"g\"\ntitle = \"G\"\nlanguages = [\"en\"]\n");
    for (case, first) in [("a", 0), ("b", 2)] {
        let mut steps: Vec<String> = (first..STEPS)
            .filter(|_| !dice.one_in(4))
            .map(|n| format!("\"s{n}\""))
            .collect();
        if dice.one_in(2) {
            steps.insert(dice.roll(steps.len() + 1), "\"some\"".to_owned());
        }
        let mut end = format!("\"o{}\"", dice.roll(2));
        if dice.one_in(3) {
            let done = dice.roll(STEPS);
            end = format!("[{{ outcome = \"o0\", when = {{ done = \"s{done}\" }} }}, {end}]");
        }
        let _ = writeln!(
            toml,
            "[[case]]\nid = \"{case}\"\nlabel = \"{case}\"\nsteps = [{}]\nend = {end}",
            steps.join(","),
        );
    }
    if toml.contains("\"some\"") {
        let [one, other, done] = [(); 3].map(|()| dice.roll(STEPS));
        let _ = writeln!(
            toml,
            "[group.some]\nsteps = [\"s{one}\", \"s{other}\"]\nwhen = {{ done = \"s{done}\" }}"
        );
    }
    let mut kinds = Vec::new();
    for n in 0..STEPS {
        let kind = ["ask", "ask", "several", "do", "fill", "note"][dice.roll(6)];
        kinds.push(kind);
        let _ = writeln!(toml, "[step.s{n}]");
        if n > 0 && dice.one_in(2) {
            let mut other = || dice.roll(n);
            let (one, other) = (other(), other());
            let is = |step: usize| match kinds[step] {
                "ask" | "several" => format!("s{step} = \"y\""),
                "do" => format!("s{step} = [\"helped\", \"not-now\"]"),
                "fill" => format!("s{step} = \"given\""),
                _ => format!("done = \"s{step}\""),
            };
            let (one, other) = (is(one), is(other));
            let _ = match dice.roll(4) {
                0 => writeln!(toml, "when = {{ {one} }}"),
                1 => writeln!(toml, "when = {{ not = {{ {one} }} }}"),
                2 => writeln!(
                    toml,
                    "when = {{ any = [{{ {one} }}, {{ not = {{ {other} }} }}] }}"
                ),
                _ => writeln!(toml, "when = {{ any = [{{ case = \"b\" }}, {{ {one} }}] }}"),
            };
        }
        match kind {
            "ask" | "several" => {
                let mut answers = Vec::new();
                for id in ["x", "y", "z"] {
                    let mut answer = format!("{{ id = \"{id}\", label = \"{id}\"");
                    if n + 1 < STEPS && dice.one_in(4) {
                        let _ =
                            write!(answer, ", then = \"s{}\"", n + 1 + dice.roll(STEPS - n - 1));
                    }
                    if dice.one_in(5) {
                        let _ = write!(answer, ", done = \"s{}\"", dice.roll(STEPS));
                    }
                    if dice.one_in(6) {
                        let _ = write!(answer, ", end = \"o{}\"", dice.roll(2));
                    } else if n < 2 && dice.one_in(6) {
                        answer.push_str(", go = \"b\"");
                    }
                    answers.push(answer + " }");
                }
                let several = match kind {
                    "several" => format!(
                        "several = true\n{}",
                        ["", "least = 1\n", "least = 2\n"][dice.roll(3)]
                    ),
                    _ => String::new(),
                };
                let _ = writeln!(
                    toml,
                    "ask = \"?\"\n{several}answers = [{}]",
                    answers.join(", ")
                );
            }
            "fill" => toml.push_str("fill = \"?\"\nkind = \"line\"\n"),
            "do" => toml.push_str("do = \"!\"\nhelped = \"o0\"\n"),
            _ => toml.push_str("note = \"!\"\n"),
        }
    }
    toml.push_str("[outcome.o0]\nsay = \"0\"\n[outcome.o1]\nsay = \"1\"\n");
    toml
}

/// What trying every walk finds.
#[derive(Default)]
struct Tried {
    longest: u32,
    advice: u32,
    steps: BTreeSet<String>,
    outcomes: BTreeSet<String>,
    /// Whether a walk showed this step before that one was asked.
    breaks: bool,
    /// The most of [`COUNTED`] on a walk on which that step was given its first answer.
    most: Option<u32>,
}

/// What a rule that counts is about.
const COUNTED: [&str; 3] = ["s1", "s3", "s5"];

fn try_all(walk: &Walk<'_>, rule: (&str, &str), tried: &mut Tried) {
    let guide = walk.guide();
    let advised = walk.history().iter().position(|e| {
        !matches!(
            guide.at(e.step).kind,
            Kind::Ask | Kind::AskSeveral | Kind::Fill(_)
        )
    });
    let Some((ix, step)) = walk.next_step() else {
        let prompts = walk.history().len();
        tried.longest = tried.longest.max(u32::try_from(prompts).unwrap());
        let advice = advised.unwrap_or(prompts);
        tried.advice = tried.advice.max(u32::try_from(advice).unwrap());
        let answer = walk.answer_to(guide.step(rule.1).unwrap());
        if answer.is_some_and(|entry| entry.answer.chosen().contains(0)) {
            let asked = |id: &&&str| walk.answer_to(guide.step(id).unwrap()).is_some();
            let counted = u32::try_from(COUNTED.iter().filter(asked).count()).unwrap();
            tried.most = tried.most.max(Some(counted));
        }
        let outcome = walk.outcome().unwrap();
        tried.outcomes.insert(outcome.id.clone());
        return;
    };
    tried.steps.insert(step.id.clone());
    let asked = guide.step(rule.1).unwrap();
    tried.breaks |= step.id == rule.0 && walk.answer_to(asked).is_none();
    let all: Vec<ChoiceSet> = match step.kind {
        Kind::AskSeveral => (0..1 << step.choices.len())
            .map(|set: usize| {
                (0..step.choices.len())
                    .filter(|n| set & 1 << n != 0)
                    .collect::<ChoiceSet>()
            })
            .filter(|set| step.is_enough(set.len()))
            .collect(),
        _ => (0..step.choices.len()).map(ChoiceSet::one).collect(),
    };
    for chosen in all {
        let answer = match step.kind {
            Kind::Fill(field) if chosen.contains(0) => typed(field, "text"),
            _ => Answer::Chosen(chosen),
        };
        let mut next = walk.clone();
        next.answer(answer, Moment::EPOCH).unwrap();
        assert!(next.history().iter().filter(|e| e.step == ix).count() == 1);
        try_all(&next, rule, tried);
    }
}

#[test]
fn a_proof_finds_what_trying_every_walk_finds() {
    let (mut loaded, mut broken, mut too_many, mut unreachable) = (0, 0, 0, 0);
    for seed in 0..1500 {
        let mut dice = Dice(seed);
        let toml = random_guide(&mut dice);
        let rule = (format!("s{}", dice.roll(7)), format!("s{}", dice.roll(7)));
        if rule.0 == rule.1 {
            continue;
        }
        let findings = |toml: &str| {
            let refused = Guide::load("g", toml.as_bytes()).err();
            refused.map(|r| r.findings().to_vec()).unwrap_or_default()
        };
        let alone = findings(&toml);
        if alone.iter().any(|f| f.code == Code::Unreachable) {
            unreachable += 1;
        }
        let Ok(Checked { guide, proof, .. }) = check(&toml) else {
            assert!(
                alone
                    .iter()
                    .all(|f| matches!(f.code, Code::Unreachable | Code::Cycle)),
                "{seed}: {alone:?}"
            );
            continue;
        };
        loaded += 1;
        let mut tried = Tried::default();
        for case in guide.cases.ids() {
            try_all(&Walk::start(&guide, case), (&rule.0, &rule.1), &mut tried);
        }
        assert_eq!(
            (proof.longest.count, proof.advice.count),
            (tried.longest, tried.advice),
            "{seed}:\n{toml}"
        );
        assert_eq!(
            tried.steps.len(),
            guide.steps.len(),
            "{seed}: some step is never shown"
        );
        assert_eq!(
            tried.outcomes.len(),
            guide.outcomes.len(),
            "{seed}: some outcome is never reached"
        );
        let ruled = format!(
            "{toml}[[rule]]\nbefore = \"{}\"\nasked = \"{}\"\n",
            rule.0, rule.1
        );
        let found = findings(&ruled).iter().any(|f| f.code == Code::RuleBroken);
        assert_eq!(found, tried.breaks, "{seed}: {rule:?}\n{toml}");
        broken += usize::from(found);
        let first = &guide.at(guide.step(&rule.1).unwrap()).choices[0].id;
        for most in 0..3 {
            let counts = format!(
                "{toml}[[rule]]\nat_most = {most}\nof = {COUNTED:?}\nanswered = {{ {} = \"{first}\" }}\n",
                rule.1
            );
            let found = findings(&counts).iter().any(|f| f.code == Code::RuleBroken);
            assert_eq!(found, tried.most > Some(most), "{seed}: {counts}");
            too_many += usize::from(found);
        }
    }
    // The comparison is worth something only if each kind of guide came up.
    assert!(
        loaded > 100
            && broken > 20
            && broken < loaded
            && too_many > 20
            && too_many < 3 * loaded
            && unreachable > 20,
        "{loaded} {broken} {too_many} {unreachable}"
    );
}

/// The shipped guide with one gate less each: a condition, a step of a list, or an answer's way
/// out left out.
fn robbed() -> Vec<String> {
    let source = embedded::SOURCE;
    let mut robbed = Vec::new();
    for (start, line) in source
        .match_indices('\n')
        .map(|(n, _)| n + 1)
        .scan(0, |from, next| {
            let line = (*from, &source[*from..next]);
            *from = next;
            Some(line)
        })
    {
        let without = |from: usize, to: usize| {
            format!("{}{}", &source[..start + from], &source[start + to..])
        };
        if line.starts_with("when = ") {
            robbed.push(without(0, line.len()));
        }
        for key in [", end = \"", ", go = \""] {
            if let Some(from) = line.find(key) {
                let to = from + key.len() + line[from + key.len()..].find('"').unwrap() + 1;
                robbed.push(without(from, to));
            }
        }
        for key in ["steps = [", "then = ["] {
            let Some(list) = line.find(key).map(|at| at + key.len()) else {
                continue;
            };
            let end = list + line[list..].find(']').unwrap();
            let names: Vec<&str> = line[list..end].split(", ").collect();
            for n in 0..names.len() {
                let mut fewer = names.clone();
                fewer.remove(n);
                robbed.push(format!(
                    "{}{}{}",
                    &source[..start + list],
                    fewer.join(", "),
                    &source[start + end..]
                ));
            }
        }
    }
    robbed
}

/// Advice that would cost somebody money or an account: a part of the shipped guide that keeps it
/// away, what would give it, and how the reason of the rule begins that has to notice.
#[rustfmt::skip]
const BAD_ADVICE: &[(&str, &str, &str)] = &[
    // Reinstalling where a face scan fails, even with every backup and a sure way back in.
    (r#""phone-quiet", "retry", "update-app"]"#, r#""phone-quiet", "wallet", "way-back", "reinstall", "retry", "update-app"]"#, "whoever is logged in"),
    (r#""camera-permission", "restart-app", "update-app"]"#, r#""camera-permission", "app-repair"]"#, "whoever is logged in"),
    (r#"then = ["stuck-since", "look-again"]"#, r#"then = ["stuck-since", "look-again", "know-first", "app-repair"]"#, "whoever is logged in"),
    // Reinstalling without a sure way back in, or with a wallet that may not be backed up.
    (r#"way-back = "sure" }"#, r#"way-back = ["sure", "not-sure"] }"#, "reinstalling logs out"),
    (r#"wallet = ["none", "written-down"], not = { failed-reason"#, r#"wallet = ["none", "written-down", "not-sure"], not = { failed-reason"#, "uninstalling, or a slip"),
    // Handing in a photo again and again.
    (r#"then = ["document-photo", "take-screenshot"]"#, r#"then = ["document-photo", "know-first", "app-repair"]"#, "these cure no photo"),
    // Keeping a phone that is gone, and going on with the new one as if nothing had happened.
    (r#"when = { old-phone = ["at-hand", "not-now"] }
source"#, r#"when = { not = { old-phone = "broken" } }
source"#, "nobody can keep"),
    (r#"then = ["phone-gone"], end = "report-phone" },
  { id = "stolen""#, r#"then = ["phone-gone"] },
  { id = "stolen""#, "whoever holds the phone"),
    // Another order than that in which a thief can do harm.
    (r#""lock-phone", "wallet-gone", "erase-phone", "block-sim""#, r#""block-sim", "lock-phone", "wallet-gone", "erase-phone""#, "the phone is locked first"),
    (r#""block-sim", "secure-mailbox""#, r#""secure-mailbox", "block-sim""#, "the mailbox may be reset"),
    (r#""secure-mailbox", "uid"]"#, r#""uid"]"#, "support freezes the right account"),
    // Erasing a phone with a wallet on it that is not backed up.
    (r#"wallet-gone = ["none", "at-hand"] }
minutes"#, r#"wallet-gone = ["none", "at-hand", "not-sure"] }
minutes"#, "erasing a phone"),
    // Freezing an account whose owner can't unfreeze it, or whose UID nobody has noted.
    (r#"then = ["ask-to-freeze"] },
  { id = "not-sure""#, r#"then = ["freeze-account"] },
  { id = "not-sure""#, "a frozen account resets nothing"),
    (r#"then = ["uid", "in-my-hands"]"#, r#"then = ["freeze-account"]"#, "a frozen account resets nothing"),
    (r#"then = ["uid", "in-my-hands"]"#, r#"then = ["in-my-hands", "uid"]"#, "nobody can log in"),
    // Letting somebody go who gave something away, ticked or not, with a wallet in a thief's reach.
    (r#"en = "Yes, or I'm not sure" } }"#, r#"en = "Yes, or I'm not sure" }, end = "walk-away" }"#, "nobody is told that all is well"),
    (r#"en = "Yes, or I'm not sure" } }"#, r#"en = "Yes, or I'm not sure" }, end = "report-scam" }"#, "whoever gave something away"),
    (r"[step.change-password]", r#"[step.change-password]
when = { given-what = ["remote", "password"] }"#, "the thief may still"),
    (r#"when = { not = { given-what = "phrase" } }"#, r#"when = { given-what = "remote" }"#, "a wallet on the phone may be"),
    (r#"installed an app or profile they sent" }, then = ["stop-remote"]"#, r#"installed an app or profile they sent" }"#, "whoever is connected"),
    (r#"then = ["save-backup", "new-wallet"] },
  { id = "not-sure""#, r#"then = ["save-backup"] },
  { id = "not-sure""#, "whoever controls the phone"),
    (r#"then = ["save-backup", "new-wallet"] },
  { id = "not-sure""#, r#"then = ["new-wallet"] },
  { id = "not-sure""#, "a wallet whose backup"),
    // Arguing while the time for withdrawing runs out.
    (r#"end = "withdraw-first""#, r#"end = "ask-limited""#, "the time that a closure notice"),
    // Writing a ticket about an app that a stranger sent.
    (r#"A friend, a chat, a link or a search" }, end = "doubtful-app""#, r#"A friend, a chat, a link or a search" }"#, "an app of unknown origin"),
    // Requesting an authenticator's code, or waiting for it.
    (r#"then = ["set-clock"]"#, r#"then = ["code-again"]"#, "an authenticator's code is neither"),
    (r#"when = { code-kind = ["sms", "email"] }"#, "", "an authenticator's code is neither"),
    // Promising a review to scans that have none.
    (r#"{ face-check = "identity" }] }"#, r#"{ face-check = ["identity", "security"] }] }"#, "the 24 hours are those"),
    (r#"stuck-status = ["pending", "failed"] }"#, r#"stuck-status = ["pending", "failed", "c2c"] }"#, "neither a C2C video"),
    (r#"{ face-check = "identity" }] }"#, r#"{ device-method = "face" }] }"#, "a new device's scan"),
    // Taking "verified" for solved.
    (r#"still limited" }, then = ["limited-what"] }"#, r#"still limited" }, end = "resolved" }"#, "being verified solves nothing"),
];

#[test]
fn bad_advice_put_into_the_shipped_guide_is_noticed() {
    for (keeps, gives, reason) in BAD_ADVICE {
        let because = format!("because = \"{reason}");
        assert_eq!(embedded::SOURCE.matches(keeps).count(), 1, "{keeps}");
        assert_eq!(embedded::SOURCE.matches(&because).count(), 1, "{reason}");
        let guide = embedded::SOURCE.replacen(keeps, gives, 1);
        let noticed = broken_rules(&guide).into_iter().any(|n| {
            let rule = guide.split("[[rule]]").nth(n).unwrap();
            rule.contains(&because)
        });
        assert!(
            noticed,
            "{gives}: {:?}",
            Guide::load("g", guide.as_bytes()).err()
        );
    }
}

/// Which of a guide's rules, counted from 1, its findings say are broken.
fn broken_rules(toml: &str) -> BTreeSet<usize> {
    const HEADER: &str = "[[rule]]";
    let findings = Guide::load("g", toml.as_bytes())
        .err()
        .map(|r| r.findings().to_vec());
    let broken = findings
        .unwrap_or_default()
        .into_iter()
        .filter(|f| f.code == Code::RuleBroken);
    broken
        .map(|f| toml[..f.at.start + HEADER.len()].matches(HEADER).count())
        .collect()
}

#[test]
fn no_gate_of_the_shipped_guide_can_be_taken_away_unnoticed() {
    let source = embedded::SOURCE;
    let bad = BAD_ADVICE
        .iter()
        .map(|(keeps, gives, _)| source.replacen(keeps, gives, 1));
    let mut noticed: BTreeSet<usize> = robbed()
        .into_iter()
        .chain(bad)
        .flat_map(|toml| broken_rules(&toml))
        .collect();
    // A limit is broken by one prompt more, so by the same guide under a limit of one less.
    let proof = check(source).unwrap().proof;
    for (limit, reached) in [
        ("longest", proof.longest.count),
        ("advice", proof.advice.count),
    ] {
        let at = source.find(&format!("\n{limit} = ")).unwrap() + 1;
        let end = at + source[at..].find('\n').unwrap();
        let tighter = format!(
            "{}{limit} = {}{}",
            &source[..at],
            reached - 1,
            &source[end..]
        );
        noticed.extend(broken_rules(&tighter));
    }
    let all: BTreeSet<usize> = (1..=source.matches("[[rule]]").count()).collect();
    assert_eq!(noticed, all, "each rule is guarded by some gate");
}
