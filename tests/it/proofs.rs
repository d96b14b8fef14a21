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

/// Advice that would cost somebody money or an account: a part of the shipped guide that keeps it
/// away, what would give it, and how the reason of the rule begins that has to notice.
#[rustfmt::skip]
const BAD_ADVICE: &[(&str, &str, &str)] = &[
    // Reinstalling where a face scan fails, even with every backup and a sure way back in.
    (r#""face-ready", "face-try", "own-phone", "other-device"]"#, r#""face-ready", "platform", "wallet", "way-back", "reinstall", "face-try", "own-phone", "other-device"]"#, "logging in again may ask for it."),
    (r#"then = ["stuck-since", "all-in-app"] }"#, r#"then = ["stuck-since", "all-in-app", "platform", "app-repair"] }"#, "logging in again may ask for it."),
    // Reinstalling without a sure way back in, or with a wallet that may not be backed up.
    (r#"way-back = "sure" }"#, r#"way-back = ["sure", "not-sure"] }"#, "reinstalling logs out"),
    (r#"when = { platform = "android", wallet = ["none", "written-down"] }"#, r#"when = { platform = "android", wallet = ["none", "written-down", "not-sure"] }"#, "Don't uninstall or clear data unless"),
    // Going back to the maker's system without asking for the wallets.
    (r#"then = ["wallet"], end = "use-own-phone""#, r#"end = "use-own-phone""#, "flashing a phone"),
    // Handing in a photo again and again.
    (r#"steps = ["look", "stop-submitting", "better-document"]"#, r#"steps = ["look", "stop-submitting", "better-document", "platform", "app-repair"]"#, "these cure no photo"),
    // A fourth try, a third after the second, and preparing for one that is not to be made.
    (r#"when = { not = { look = "three" } }
minutes = 5"#, "minutes = 5", "Three failures: stop for today."),
    (r#"when = { not = { any = [{ look = ["twice", "three", "changed"] }] } }"#, r#"when = { not = { look = ["three", "changed"] } }"#, "after two failures there is one"),
    (r#"when = { face-problem = "fails", not = { look = ["three", "changed"] } }"#, r#"when = { face-problem = "fails" }"#, "Three failures: stop for today."),
    // Light and updates for a phone whose system is the cause, and silence about that.
    (r#"when = { face-problem = "fails", not = { look = ["three", "changed"] } }"#, r#"when = { face-problem = "fails", not = { look = "three" } }"#, "A rooted or changed phone"),
    (r#"when = { any = [{ look = "changed" }, { face-problem = "this-phone" }] }"#, r#"when = { face-problem = "this-phone" }"#, "whoever has a changed phone"),
    // Trying on with a VPN.
    (r#"when = { look = ["vpn", "in-chat"] }"#, r#"when = { look = "in-chat" }"#, "No tries with a VPN or proxy on"),
    // Going on with an app that a stranger sent.
    (r#"then = ["app-of-unknown-origin"], end = "doubtful-app" },
  { id = "in-chat""#, r#"},
  { id = "in-chat""#, "An app or page from a link, a friend or a search: stop"),
    // A scan, or a ticket that says "it is me", where it is somebody else's name.
    (r#"then = ["whose-name"] },
  { id = "guided""#, r#"},
  { id = "guided""#, "Another person's account"),
    (r#"I bought or rented this account; it is registered to another person." }, then = ["hands-off"], end = "not-in-my-name""#, r#"I bought or rented this account; it is registered to another person." }, then = ["take-screenshot"], end = "manual-review""#, "no ticket says that it is me"),
    // A phone that is gone, taken for a new one.
    (r#"then = ["phone-gone"], end = "report-phone" },
  { id = "stolen""#, r#"then = ["phone-gone"], end = "ask-device" },
  { id = "stolen""#, "whoever holds the phone"),
    // Another order than that in which a thief can do harm.
    (r#""lock-phone", "wallet-gone", "erase-phone", "block-sim""#, r#""block-sim", "lock-phone", "wallet-gone", "erase-phone""#, "Phone gone: lock it and move"),
    (r#""block-sim", "secure-mailbox""#, r#""secure-mailbox", "block-sim""#, "the mailbox may be reset"),
    (r#""secure-mailbox", "uid"]"#, r#""uid"]"#, "support freezes the right account"),
    // Erasing a phone with a wallet on it that is not backed up.
    (r#"wallet-gone = ["none", "at-hand"] }
minutes"#, r#"wallet-gone = ["none", "at-hand", "not-sure"] }
minutes"#, "A wallet without a backup: don't erase"),
    // Freezing an account whose owner can't unfreeze it, or whose UID nobody has noted.
    (r#"please freeze it first and check" }, then = ["ask-to-freeze"]"#, r#"please freeze it first and check" }, then = ["freeze-account"]"#, "don't freeze it yourself: ask support to"),
    (r#"please freeze it first and check" }, then = ["ask-to-freeze"]"#, r#"please freeze it first and check" }"#, "who can't unfreeze"),
    (r#"steps = ["uid", "account-state", "mailbox-and-number""#, r#"steps = ["account-state", "uid", "mailbox-and-number""#, "nobody can log in"),
    // Doing nothing about a break-in because nothing was given away.
    (r#"steps = ["what-happened", "break-in"]"#, r#"steps = ["what-happened", "uid"]"#, "nothing given away"),
    (r#"and I gave nothing away." }, then = ["break-in"], end = "report-break-in""#, r#"and I gave nothing away." }, then = ["break-in"], end = "walk-away""#, "a break-in ends with"),
    // Letting somebody go who gave something away, ticked or not, with a wallet in a thief's reach.
    (r#"en = "Yes, or I'm not sure" }, boxes"#, r#"en = "Yes, or I'm not sure" }, end = "walk-away", boxes"#, "Somebody contacts you first"),
    (r#"en = "Yes, or I'm not sure" }, boxes"#, r#"en = "Yes, or I'm not sure" }, end = "report-scam", boxes"#, "whoever gave something away"),
    (r#"steps = ["given-what", "wallet-watched", "change-password", "uid", "account-state"]"#, r#"steps = ["given-what", "wallet-watched", "uid", "account-state"]"#, "the thief may still"),
    (r#"when = { not = { given-what = "phrase" } }"#, r#"when = { given-what = "remote" }"#, "a wallet on the phone may be"),
    (r#"installed an app or profile they sent" }, then = ["stop-remote"]"#, r#"installed an app or profile they sent" }"#, "whoever is connected"),
    (r#"every backup is at hand" }, ticket = { zh = "不用客服处理", en = "Nothing for support to do" }, then = ["new-wallet"]"#, r#"every backup is at hand" }, ticket = { zh = "不用客服处理", en = "Nothing for support to do" }"#, "whoever controls the phone"),
    (r#"then = ["save-backup"] },
  { id = "not-sure""#, r#"then = ["new-wallet"] },
  { id = "not-sure""#, "a wallet whose backup"),
    // Arguing while the time for withdrawing runs out.
    (r#"end = "withdraw-first" },
  { id = "changed""#, r#"end = "reach-support" },
  { id = "changed""#, "A date of closure: withdraw first"),
    // Requesting an authenticator's code, or waiting for it.
    (r#"then = ["set-clock"]"#, r#"then = ["code-again"]"#, "an authenticator's code is neither"),
    (r#"then = ["set-clock"]"#, r#"then = ["take-screenshot"]"#, "a wrong clock"),
    // Promising a review to scans that have none.
    (r#"{ face-check = "identity" }, { stuck-status"#, r#"{ face-check = ["identity", "security"] }, { stuck-status"#, "the 24 hours are those"),
    (r#"{ face-check = "identity" }, { stuck-status"#, r#"{ face-check = "identity" }, { device-method = "face" }, { stuck-status"#, "a new device's scan"),
    // Taking "verified" for solved.
    (r#"end = "moved-country""#, r#"end = "how-to-start""#, "being verified solves nothing"),
    // Sending papers without having asked which, and by when.
    (r#"It asks for papers or answers" }, then = ["papers-kind", "truthful-answers", "papers-state"]"#, r#"It asks for papers or answers" }, then = ["truthful-answers", "papers-state"]"#, "what is asked for"),
    // Silence about a wallet without a backup, or about the first step of an order.
    (r#"en = "The app wasn't uninstalled" }, then = ["do-not-uninstall"] },
  { id = "not-sure""#, r#"en = "The app wasn't uninstalled" } },
  { id = "not-sure""#, "whoever has no backup must hear it before trying"),
    (r#"There was one, and every backup is at hand" }, ticket = { zh = "不用客服处理", en = "Nothing for support to do" }, then = ["move-coins"]"#, r#"There was one, and every backup is at hand" }, ticket = { zh = "不用客服处理", en = "Nothing for support to do" }"#, "what is on a stolen phone"),
    (r#"then = ["move-coins", "do-not-erase"]"#, r#"then = ["move-coins"]"#, "whoever has no backup must hear it before erasing"),
    (r#"en = "a seed phrase or private key" }, then = ["new-wallet"] }"#, r#"en = "a seed phrase or private key" } }"#, "a known phrase"),
    // A button that the device does not have.
    (r#"when = { platform = "android", wallet = ["none", "written-down"] }"#, r#"when = { wallet = ["none", "written-down"] }"#, "only Android has"),
    (r#"when = { platform = ["android", "iphone"], not = { look = "changed" } }
minutes = 5"#, r#"when = { not = { look = "changed" } }
minutes = 5"#, "a browser has no app"),
    // Closing an account, or keeping a phone that is gone.
    (r#"Thought of freezing it; not done, waiting for your answer" }, then = ["do-not-close"]"#, r#"Thought of freezing it; not done, waiting for your answer" }"#, "Don't close or freeze an account"),
    (r#"steps = ["other-account", "intent", "assets-first"]"#, r#"steps = ["other-account", "intent"]"#, "no account is given up"),
    (r#"en = "Lost or stolen, already blocked and reported" } }"#, r#"en = "Lost or stolen, already blocked and reported" }, then = ["approve-on-old"] }"#, "Old phone gone, or unused"),
    // Waiting for a review that nobody asked about.
    (r#"then = ["banner", "stuck-since"] }"#, r#"then = ["banner"], end = "still-in-review" }"#, "nobody waits for a review"),
    // Tickets without what support needs.
    (r#"steps = ["uid", "account-hint", "screen-text", "device", "note"]

[group.ticket-document]"#, r#"steps = ["uid", "account-hint", "screen-text", "note"]

[group.ticket-document]"#, "support needs these to find the attempt"),
    (r#"steps = ["uid", "account-hint", "device", "last-try", "note"]"#, r#"steps = ["uid", "account-hint", "device", "note"]"#, "support finds the scans"),
    (r#"steps = ["uid", "account-hint", "screen-text", "document", "note"]

[group.ticket-accounts]"#, r#"steps = ["uid", "account-hint", "screen-text", "note"]

[group.ticket-accounts]"#, "a question of the document"),
    (r#"steps = ["uid", "account-hint", "submitted", "document", "note"]"#, r#"steps = ["uid", "account-hint", "document", "note"]"#, "support needs these to find the review"),
    (r#"steps = ["uid", "account-hint", "screen-text", "deadline", "note"]"#, r#"steps = ["uid", "account-hint", "screen-text", "note"]"#, "support needs these to find the restriction"),
    (r#"steps = ["uid", "account-hint", "other-uid", "other-account-hint", "note"]"#, r#"steps = ["uid", "account-hint", "other-uid", "other-account-hint"]"#, "two accounts have"),
    (r#"steps = ["uid", "account-hint", "scam-story"]
request = { zh = "不是我本人操作。"#, r#"steps = ["uid", "account-hint"]
request = { zh = "不是我本人操作。"#, "support must know what"),
];

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
fn each_rule_of_the_shipped_guide_notices_advice_that_breaks_it() {
    let source = embedded::SOURCE;
    let mut noticed = BTreeSet::new();
    for (keeps, gives, reason) in BAD_ADVICE {
        assert_eq!(source.matches(keeps).count(), 1, "{keeps}");
        assert_eq!(source.matches(reason).count(), 1, "{reason}");
        let guide = source.replacen(keeps, gives, 1);
        let broken = broken_rules(&guide);
        assert!(
            broken.iter().any(|n| {
                let rule = guide.split("[[rule]]").nth(*n).unwrap();
                rule.contains(reason)
            }),
            "{gives}: {:?}",
            Guide::load("g", guide.as_bytes()).err()
        );
        noticed.extend(broken);
    }
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
