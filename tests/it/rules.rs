//! Small guides with a rule each, and whether some walk breaks it, worked out by hand.

use okx_verify_help::guide::Guide;
use okx_verify_help::guide::finding::Code;
use std::fmt::Write;

/// Two questions, `a` and `b`, each answered with yes, no or maybe, and a note `x`.
struct Small {
    /// The steps of the case, in order.
    steps: &'static str,
    /// When the note is shown.
    when: &'static str,
    /// What else the answer yes to `a` has.
    yes: &'static str,
    rule: &'static str,
}

const PLAIN: Small = Small {
    steps: "a b x",
    when: "",
    yes: "",
    rule: "",
};

impl Small {
    fn toml(&self) -> String {
        let steps: Vec<&str> = self.steps.split(' ').collect();
        let mut toml = format!(
            "guide = {{ id = \"g\", title = \"G\", languages = [\"en\"] }}\n\
             case = [\n\
             {{ id = \"c\", label = \"C\", steps = {steps:?}, end = \"e\" }},\n\
             {{ id = \"d\", label = \"D\", steps = [\"y\"], end = \"f\" }},\n\
             ]\n"
        );
        for (step, yes) in [("a", self.yes), ("b", "")] {
            let _ = writeln!(
                toml,
                "[step.{step}]\nask = \"?\"\nanswers = [\n\
                 {{ id = \"yes\", label = \"Yes\"{yes} }},\n\
                 {{ id = \"no\", label = \"No\" }},\n\
                 {{ id = \"maybe\", label = \"Maybe\" }},\n]"
            );
        }
        let when = match self.when {
            "" => String::new(),
            when => format!("when = {when}\n"),
        };
        let _ = write!(
            toml,
            "[step.x]\nnote = \"x\"\n{when}[step.y]\nnote = \"y\"\n\
             [outcome.e]\nsay = \"e\"\n[outcome.f]\nsay = \"f\"\n[[rule]]\n{}\n",
            self.rule
        );
        toml
    }
}

fn codes(toml: &str) -> Vec<Code> {
    let refused = Guide::load("g.toml", toml.as_bytes()).err();
    let findings = refused.iter().flat_map(|refused| refused.findings());
    findings.map(|finding| finding.code).collect()
}

#[track_caller]
fn holds(small: &Small) {
    let toml = small.toml();
    assert_eq!(codes(&toml), [], "{toml}");
}

#[track_caller]
fn breaks(small: &Small) {
    let toml = small.toml();
    assert_eq!(codes(&toml), [Code::RuleBroken], "{toml}");
}

#[track_caller]
fn is_idle(small: &Small) {
    let toml = small.toml();
    assert_eq!(codes(&toml), [Code::RuleIdle], "{toml}");
}

#[test]
fn before_wants_every_answer_that_it_names() {
    let rule = "before = \"x\"\nanswered = { a = \"yes\", b = \"yes\" }";
    let small = |steps, when| Small {
        steps,
        when,
        rule,
        ..PLAIN
    };
    holds(&small("a b x", "{ a = \"yes\", b = \"yes\" }"));
    breaks(&small("a b x", "{ a = \"yes\" }"));
    breaks(&small("a b x", "{ b = \"yes\" }"));
    breaks(&small(
        "a b x",
        "{ any = [{ a = \"yes\" }, { b = \"yes\" }] }",
    ));
    breaks(&small("a b x", ""));
    // One of them comes too late.
    breaks(&small("a x b", "{ a = \"yes\" }"));
    let rule = "before = \"x\"\nanswered = { a = [\"yes\", \"maybe\"], b = [\"no\", \"maybe\"] }";
    let small = |when| Small {
        when,
        rule,
        ..PLAIN
    };
    holds(&small("{ a = \"maybe\", b = \"no\" }"));
    holds(&small(
        "{ a = [\"yes\", \"maybe\"], b = [\"no\", \"maybe\"] }",
    ));
    breaks(&small("{ a = [\"yes\", \"no\"], b = [\"no\", \"maybe\"] }"));
    breaks(&small(
        "{ a = [\"yes\", \"maybe\"], b = [\"yes\", \"no\"] }",
    ));
}

#[test]
fn before_wants_every_question_that_it_names() {
    let rule = "before = \"x\"\nasked = [\"a\", \"b\"]";
    let small = |steps, yes| Small {
        steps,
        yes,
        rule,
        ..PLAIN
    };
    holds(&small("a b x", ""));
    breaks(&small("a x b", ""));
    breaks(&small("b x a", ""));
    // To be marked as done is not enough.
    breaks(&small("a b x", ", done = [\"b\"]"));
    // Nor does it help that one of two demands is met.
    let rule = "before = \"x\"\nanswered = { a = \"yes\" }\nasked = \"b\"";
    let small = |steps, when| Small {
        steps,
        when,
        rule,
        ..PLAIN
    };
    holds(&small("a b x", "{ a = \"yes\" }"));
    breaks(&small("a x b", "{ a = \"yes\" }"));
    breaks(&small("a b x", "{ a = [\"yes\", \"no\"] }"));
}

#[test]
fn before_an_outcome_is_before_its_end() {
    let rule = "before = \"e\"\nanswered = { a = \"yes\", b = \"yes\" }";
    breaks(&Small { rule, ..PLAIN });
    let rule = "before = \"e\"\nasked = [\"a\", \"b\"]";
    holds(&Small { rule, ..PLAIN });
    breaks(&Small {
        rule,
        yes: ", end = \"e\"",
        ..PLAIN
    });
    holds(&Small {
        rule,
        yes: ", end = \"f\"",
        ..PLAIN
    });
}

#[test]
fn never_is_broken_only_where_every_answer_was_given() {
    let rule = "never = \"x\"\nanswered = { a = \"yes\", b = \"yes\" }";
    let small = |when| Small {
        when,
        rule,
        ..PLAIN
    };
    breaks(&small(""));
    breaks(&small("{ a = \"yes\" }"));
    breaks(&small("{ b = \"yes\" }"));
    breaks(&small("{ a = \"yes\", b = [\"yes\", \"no\"] }"));
    holds(&small("{ a = \"yes\", b = [\"no\", \"maybe\"] }"));
    holds(&small("{ a = \"no\", b = \"yes\" }"));
    holds(&small("{ not = { a = \"yes\", b = \"yes\" } }"));
    holds(&small("{ any = [{ a = \"no\" }, { b = \"no\" }] }"));
    let rule = "never = \"x\"\nanswered = { a = [\"yes\", \"maybe\"], b = \"yes\" }";
    let small = |when| Small {
        when,
        rule,
        ..PLAIN
    };
    breaks(&small("{ a = \"maybe\" }"));
    holds(&small("{ a = \"no\" }"));
    // Where two steps are named, none of them may come.
    let rule = "never = [\"y\", \"x\"]\nanswered = { a = \"yes\" }";
    breaks(&Small { rule, ..PLAIN });
    holds(&Small {
        rule,
        when: "{ a = \"no\" }",
        ..PLAIN
    });
}

#[test]
fn after_calls_for_it_with_any_of_its_answers() {
    let rule = "after = { a = \"yes\", b = \"yes\" }\nseen = \"x\"";
    let small = |when| Small {
        when,
        rule,
        ..PLAIN
    };
    holds(&small(""));
    holds(&small("{ any = [{ a = \"yes\" }, { b = \"yes\" }] }"));
    breaks(&small("{ a = \"yes\", b = \"yes\" }"));
    breaks(&small("{ a = \"yes\" }"));
    breaks(&small("{ b = \"yes\" }"));
    // It may come before the answers.
    holds(&Small {
        steps: "x a b",
        rule,
        ..PLAIN
    });
}

#[test]
fn after_wants_it_shown_and_not_marked_as_done() {
    let rule = "after = { a = \"yes\" }\nseen = \"x\"";
    holds(&Small { rule, ..PLAIN });
    breaks(&Small {
        rule,
        yes: ", done = [\"x\"]",
        ..PLAIN
    });
    breaks(&Small {
        rule,
        yes: ", end = \"f\"",
        ..PLAIN
    });
    // One of those that are named is enough.
    let rule = "after = { a = \"yes\" }\nseen = [\"x\", \"f\"]";
    holds(&Small {
        rule,
        yes: ", end = \"f\"",
        ..PLAIN
    });
}

#[test]
fn after_wants_the_very_outcome_that_it_names() {
    let rule = "after = { a = \"yes\" }\nseen = \"f\"";
    breaks(&Small { rule, ..PLAIN });
    breaks(&Small {
        rule,
        yes: ", end = \"e\"",
        ..PLAIN
    });
    holds(&Small {
        rule,
        yes: ", end = \"f\"",
        ..PLAIN
    });
}

#[test]
fn a_limit_is_kept_up_to_itself() {
    let rule = |rule| Small { rule, ..PLAIN };
    holds(&rule("longest = 3"));
    breaks(&rule("longest = 2"));
    holds(&rule("advice = 2"));
    breaks(&rule("advice = 1"));
    // Four steps: no walk could have more prompts.
    is_idle(&rule("longest = 4"));
    is_idle(&rule("advice = 4"));
    holds(&rule("advice = 3"));
}

#[test]
fn a_rule_that_nothing_can_break_is_idle() {
    let rule = |rule| Small { rule, ..PLAIN };
    is_idle(&rule("before = \"x\""));
    is_idle(&rule("after = { a = [] }\nseen = \"x\""));
    is_idle(&rule("never = \"x\"\nanswered = { a = [], b = \"yes\" }"));
    // No answer could open this way.
    breaks(&rule("before = \"x\"\nanswered = { a = [] }"));
}

/// Questions each of whose answers inserts the next one, so many deep.
fn nested(deep: usize) -> String {
    let mut toml = String::from(
        "guide = { id = \"g\", title = \"G\", languages = [\"en\"] }\n\
         case = [{ id = \"c\", label = \"C\", steps = [\"s0\"], end = \"e\" }]\n\
         outcome.e.say = \"e\"\n",
    );
    for n in 0..deep {
        let _ = writeln!(
            toml,
            "[step.s{n}]\nask = \"?\"\nanswers = [{{ id = \"y\", label = \"Y\", then = [\"s{}\"] }}]",
            n + 1
        );
    }
    let _ = writeln!(toml, "[step.s{deep}]\nnote = \"x\"");
    toml
}

#[test]
fn answers_insert_sixteen_deep_and_no_deeper() {
    assert_eq!(codes(&nested(16)), []);
    assert_eq!(codes(&nested(17)), [Code::TooMany]);
}

/// A question with so many answers to tick, each of which calls for a note of its own.
fn ticked(count: usize) -> String {
    let each = |one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
    format!(
        "guide = {{ id = \"g\", title = \"G\", languages = [\"en\"] }}\n\
         case = [{{ id = \"c\", label = \"C\", steps = [\"q\"{}], end = \"e\" }}]\n\
         outcome.e.say = \"e\"\n\
         [step.q]\nask = \"?\"\nseveral = true\nanswers = [{}]\n{}",
        each(&|n| format!(", \"n{n}\"")),
        each(&|n| format!("{{ id = \"a{n}\", label = \"{n}\" }}, ")),
        each(&|n| format!("[step.n{n}]\nnote = \"{n}\"\nwhen = {{ q = \"a{n}\" }}\n")),
    )
}

#[test]
fn as_many_ticks_as_a_question_has_may_each_make_a_difference() {
    assert_eq!(codes(&ticked(32)), []);
}

/// A question, so many notes, and as many steps that are asked about by the notes' conditions.
fn asked_about(count: usize) -> String {
    let each = |one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
    format!(
        "guide = {{ id = \"g\", title = \"G\", languages = [\"en\"] }}\n\
         case = [{{ id = \"c\", label = \"C\", steps = [{}], end = \"e\" }}]\n\
         outcome.e.say = \"e\"\n[step]\n{}",
        each(&|n| format!("\"q{n}\", \"n{n}\", ")),
        each(&|n| format!(
            "q{n}.note = \"?\"\nn{n} = {{ note = \"!\", when = {{ done = \"q{n}\" }} }}\n"
        )),
    )
}

#[test]
fn conditions_may_ask_about_every_step() {
    assert_eq!(codes(&asked_about(2000)), []);
}
