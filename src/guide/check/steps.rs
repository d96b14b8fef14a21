//! The shapes of steps and of their answers.

use super::names::unknown_target;
use super::reader::Reader;
use super::shapes::owned;
use super::texts::{MAX_LABEL, MAX_NAME};
use crate::guide::choice_set::MAX_ANSWERS;
use crate::guide::finding::Code;
use crate::guide::form::{Digits, Pattern};
use crate::guide::ids::StepId;
use crate::guide::language::Text;
use crate::guide::outline::Lead;
use crate::guide::read::{At, Table, list, wrong_type};
use crate::guide::secrets;
use crate::guide::step::{Choice, Field, Goes, Kind, Label, Standing, Step};
use std::collections::HashMap;
use std::ops::Range;

/// What a user types only to lose the account.
const SECRETS: [&str; 12] = [
    "password",
    "passphrase",
    "code",
    "otp",
    "pin",
    "seed",
    "phrase",
    "mnemonic",
    "key",
    "secret",
    "card",
    "document",
];

impl<'a> Reader<'a> {
    pub(super) fn step(&mut self, id: &At<&'a str>, table: &Table<'a>) -> Step {
        const KINDS: [&str; 6] = ["ask", "do", "prepare", "wait", "note", "fill"];
        const COMMON: [&str; 7] = [
            "why", "name", "brief", "minutes", "when", "source", "covers",
        ];
        let kinds: Vec<&str> = KINDS
            .into_iter()
            .filter(|k| table.get(k).is_some())
            .collect();
        let key = match kinds[..] {
            [one] => one,
            _ => {
                table.finding(
                    Code::StepKind,
                    format!(
                        "a step has one of {}, this one has {}",
                        list(&KINDS),
                        list(&kinds)
                    ),
                    "keep one",
                );
                kinds.first().copied().unwrap_or("note")
            }
        };
        let extra: &[&str] = match key {
            "prepare" => &["attach"],
            "ask" => &["several", "least", "skip", "answers"],
            "do" | "wait" => &["helped"],
            "fill" => &["kind", "length", "pattern", "wrong", "account", "example"],
            _ => &[],
        };
        if kinds.len() == 1 {
            table.only(&[&[key], extra, &COMMON[..]].concat());
        }
        let minutes = table
            .number("minutes", 0..10_081)
            .map_or(0, |n| *n.get_ref());
        let kind = match key {
            "ask" if table.flag("several") => Kind::AskSeveral,
            "ask" => Kind::Ask,
            "do" => Kind::Do,
            "prepare" => Kind::Prepare,
            "wait" => Kind::Wait,
            "fill" => Kind::Fill(self.field(table)),
            _ => Kind::Note,
        };
        if kind == Kind::Wait && minutes == 0 && table.get("minutes").is_none() {
            table.missing("minutes", "20");
        }
        let text = self.short_text(table, key).unwrap_or(Text(Vec::new()));
        if let Kind::Fill(_) = kind {
            for named in text.all().filter_map(secrets::names_secret) {
                let at = table.get(key).map_or(table.at.clone(), At::span);
                self.asks_for_secret(at, &named);
            }
        }
        let choices = match kind {
            Kind::Ask | Kind::AskSeveral => self.answers(table, kind),
            _ => {
                let standing = kind.standing().iter();
                standing.map(|s| Choice::standing(*s)).collect()
            }
        };
        let least = self.least(table, kind, choices.len());
        let name = self.text(table, "name");
        if let Some(name) = &name {
            self.fits(table, "name", name, MAX_NAME);
        }
        Step {
            attach: table.flag("attach"),
            why: self.text(table, "why"),
            name,
            brief: self.brief(table),
            example: self.text(table, "example"),
            wrong: self.text(table, "wrong"),
            account: table.flag("account"),
            minutes,
            least,
            sources: self.source_list(table),
            covers: owned(&table.strings("covers")),
            ..Step::new(id.get_ref(), kind, text, choices)
        }
    }

    fn field(&self, table: &Table<'a>) -> Field {
        if let Some(kind) = table.string("kind")
            && SECRETS
                .iter()
                .any(|s| kind.get_ref().to_lowercase().contains(s))
        {
            self.findings.add(
                Code::ForbiddenField,
                kind.span(),
                format!("a guide never asks for a {}", kind.get_ref()),
                "support does not need it; leave the step out",
            );
            return Field::Line;
        }
        let digits = Digits { least: 0, most: 0 };
        let own = [("digits", Field::Digits(digits))];
        let pattern = Pattern::new("x#").map(|pattern| ("pattern", Field::Pattern(pattern)));
        let kinds = own.into_iter().chain(pattern).chain(Field::ALL);
        let kinds: Vec<(&str, Field)> = kinds.collect();
        let kind = self.one_of(table, "kind", &kinds).unwrap_or(Field::Line);
        let (wanted, other) = match kind {
            Field::Digits(_) => (Some("length"), "pattern"),
            Field::Pattern(_) => (Some("pattern"), "length"),
            _ => (None, "wrong"),
        };
        for key in ["length", "pattern", "wrong"] {
            let fits = Some(key) == wanted || wanted.is_some() && key != other;
            if let Some(value) = table.get(key).filter(|_| !fits) {
                self.findings.add(
                    Code::BadCombination,
                    value.span(),
                    format!("a field of this kind has no `{key}`"),
                    "`length` goes with kind = \"digits\", `pattern` with kind = \"pattern\", `wrong` with both",
                );
            }
        }
        match kind {
            Field::Digits(_) => Field::Digits(self.digits(table)),
            Field::Pattern(_) => self.pattern(table).map_or(Field::Line, Field::Pattern),
            kind => kind,
        }
    }

    /// How many digits a number has: `length = 12`, or `[17, 18]` for that many and any between.
    fn digits(&self, table: &Table<'a>) -> Digits {
        const WANTED: &str = "a number of digits, or the least and the most";
        let none = Digits { least: 0, most: 0 };
        if table.get("length").is_none() {
            table.missing("length", "[9, 12]");
        }
        let lengths: Vec<_> = table.values("length").collect();
        let numbers = lengths.iter().filter_map(|value| {
            let number = value.get_ref().as_integer()?;
            u8::from_str_radix(number.as_str(), number.radix()).ok()
        });
        let numbers: Vec<u8> = numbers.collect();
        let digits = match numbers[..] {
            _ if numbers.len() != lengths.len() => none,
            [length] => Digits {
                least: length,
                most: length,
            },
            [least, most] => Digits { least, most },
            _ => none,
        };
        let Some(value) = table.get("length") else {
            return none;
        };
        if digits.least == 0 || digits.least > digits.most || digits.most > Digits::MOST {
            wrong_type(self.findings, value, &table.path("length"), WANTED);
        } else if digits.may_be_code() {
            self.findings.add(
                Code::ForbiddenField,
                value.span(),
                "a number of 4 to 8 digits may be a code or a PIN",
                "take kind = \"reference\" for a ticket's number, or kind = \"line\", which hides codes",
            );
        }
        digits
    }

    fn pattern(&self, table: &Table<'a>) -> Option<Pattern> {
        if table.get("pattern").is_none() {
            table.missing("pattern", "\"SN-####\"");
        }
        let written = table.string("pattern")?;
        let pattern = Pattern::new(written.get_ref());
        if pattern.is_none() {
            self.findings.add(
                Code::UnknownValue,
                written.span(),
                format!("`{}` is no pattern", written.get_ref()),
                "write `#` for a digit, `@` for a letter, `*` for either, and at least one letter or digit as itself; at most 32 signs without spaces",
            );
        }
        pattern
    }

    /// The fewest answers that a question with several takes.
    fn least(&self, table: &Table<'a>, kind: Kind, answers: usize) -> u8 {
        let Some(least) = table.number("least", 1..1000) else {
            return 0;
        };
        let count = *least.get_ref();
        let message = if kind != Kind::AskSeveral {
            "only a question with several answers takes `least`".to_owned()
        } else if usize::from(count) > answers {
            format!("`least` is {count}, and the question has {answers} answers")
        } else {
            return u8::try_from(count).unwrap_or(u8::MAX);
        };
        let help = "add `several = true`, or lower or drop `least`";
        self.findings
            .add(Code::BadCombination, least.span(), message, help);
        0
    }

    /// The answers that the guide gives a question, and the standing one that leaves it out.
    fn answers(&mut self, table: &Table<'a>, kind: Kind) -> Vec<Choice> {
        let tables = table.tables("answers");
        let skip = table.flag("skip");
        if skip && kind == Kind::AskSeveral {
            table.finding(
                Code::BadCombination,
                "a question with several answers is left out by giving none",
                "drop `skip` or `several`",
            );
        }
        if tables.is_empty() && table.get("answers").is_none_or(|v| v.get_ref().is_array()) {
            table.missing("answers", "[{ id = \"…\", label = \"…\" }]");
        }
        if tables.len() + usize::from(skip) > MAX_ANSWERS {
            table.finding(
                Code::TooMany,
                format!(
                    "a step has at most {MAX_ANSWERS} answers, this one has {}",
                    tables.len() + usize::from(skip)
                ),
                "ask in two steps",
            );
        }
        let skipped = skip.then_some(Standing::Skipped);
        let skip_at = table.get("skip").map_or(table.at.clone(), At::span);
        let skip_id = skipped.map(|skipped| (skipped.id(), skip_at));
        let mut seen: HashMap<&str, Range<usize>> = skip_id.into_iter().collect();
        let mut choices = Vec::new();
        for answer in &tables {
            answer.only(&[
                "id", "label", "words", "brief", "boxes", "leads", "ticket", "subject", "problem",
                "then", "end", "go", "done",
            ]);
            let id = answer.string("id");
            match &id {
                Some(id) => {
                    self.check_id(id);
                    if let Some(first) = seen.insert(*id.get_ref(), id.span()) {
                        self.duplicate(id, "answer", first);
                    }
                }
                None if answer.get("id").is_none() => answer.missing("id", "\"a-name\""),
                None => {}
            }
            let label = Label::Own(self.label(answer, "label", MAX_LABEL));
            choices.push(Choice {
                words: self.phrases(answer),
                brief: self.brief(answer),
                ticket: self.text(answer, "ticket"),
                subject: self.text(answer, "subject"),
                problem: self.text(answer, "problem"),
                ..Choice::new(id.map_or("", |id| id.into_inner()), label)
            });
        }
        choices.extend(skipped.map(Choice::standing));
        choices
    }

    /// Reads where each of a step's choices leads.
    pub(super) fn lead_on(&mut self, step: StepId, table: &Table<'a>, choices: &mut [Choice]) {
        if let Some(key) = ["do", "wait"].into_iter().find(|k| table.get(k).is_some()) {
            let at = table.get(key).map_or(0..0, At::span);
            let end = table.string("helped").unwrap_or(At::new(at, "resolved"));
            let end = self.outcomes.find(&end, self.findings);
            let helped = |c: &&mut Choice| c.label == Label::Standing(Standing::Helped);
            if let (Some(end), Some(helped)) = (end, choices.iter_mut().find(helped)) {
                helped.goes = Goes::End(end);
            }
            return;
        }
        if table.get("ask").is_none() {
            return;
        }
        for ((place, answer), choice) in table.tables("answers").iter().enumerate().zip(choices) {
            if let Some(boxes) = answer.get("boxes") {
                let steps = self.step_list(answer, "boxes");
                self.plans
                    .boxes
                    .insert((step, place), (boxes.span(), steps));
            }
            if let Some(leads) = answer.get("leads") {
                let names = answer.strings("leads");
                let leads_to = names.iter().filter_map(|name| self.lead(name)).collect();
                self.plans
                    .leads
                    .insert((step, place), (leads.span(), leads_to));
            }
            let (end, go) = (answer.string("end"), answer.string("go"));
            if end.is_some() && go.is_some() {
                answer.finding(
                    Code::BadCombination,
                    "an answer has `end` or `go`, not both",
                    "keep one of them",
                );
            }
            let goes = match (&end, &go) {
                (Some(end), _) => self.outcomes.find(end, self.findings).map(Goes::End),
                (None, Some(go)) => self.cases.find(go, self.findings).map(Goes::Over),
                (None, None) => None,
            };
            choice.then = answer.get("then").map(|_| self.steps_of(answer, "then"));
            choice.goes = goes.unwrap_or(Goes::On);
            choice.done = self.step_list(answer, "done");
        }
    }

    /// Where a line of a page leads: an outcome, or a case.
    fn lead(&self, name: &At<&str>) -> Option<Lead> {
        if let Some(outcome) = self.outcomes.get(name.get_ref()) {
            return Some(Lead::Outcome(outcome));
        }
        let case = self.cases.get(name.get_ref()).map(Lead::Case);
        if case.is_none() {
            let names = self.outcomes.all().chain(self.cases.all());
            unknown_target("outcome or case", name, names, self.findings);
        }
        case
    }
}
