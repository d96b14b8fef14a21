//! A follow-up: what is new since a ticket was sent, to be added to that ticket.
//!
//! It is a walk like any other, over a small guide that is made from the walk of the first ticket.

use crate::guide::{
    Case, Choice, End, Field, Guide, IdVec, Kind, Label, Lang, ListId, Listed, MAX_ANSWERS,
    Outcome, Parts, Step, StepId, Text, Verdict,
};
use crate::moment::Moment;
use crate::ticket::Ticket;
use crate::walk::Walk;
use crate::words::{Words, words};

/// The id of the only case of such a guide; the names of saved follow-ups begin with it.
pub const CASE: &str = "follow-up";
/// The id of the step that asks for the number of the first ticket.
pub const NUMBER: &str = "ticket-number";

/// What a follow-up takes over from the walk that it follows.
#[derive(Debug, Clone)]
pub struct FollowUp {
    /// The name of that walk, as it is saved.
    pub parent: String,
    /// Its ticket in each of the guide's languages.
    first: Vec<Ticket>,
    /// When that ticket was prepared.
    prepared: Option<Moment>,
}

impl FollowUp {
    /// Follows a walk with this name, whose ticket was prepared then.
    #[must_use]
    pub fn on(parent: &str, walk: &Walk<'_>, prepared: Option<Moment>) -> FollowUp {
        let langs = walk.guide().langs();
        FollowUp {
            parent: parent.to_owned(),
            first: langs.map(|lang| Ticket::of(walk, lang)).collect(),
            prepared,
        }
    }

    /// What to add to the first ticket, from a walk over [`guide`].
    #[must_use]
    pub fn ticket(&self, walk: &Walk<'_>, lang: Lang) -> Ticket {
        let tag = walk.guide().tag(lang);
        let ticket = Ticket::of(walk, lang);
        let first = self.first.iter().find(|first| first.language == tag);
        match first {
            Some(first) => ticket.added_to(first, walk, lang, self.prepared),
            None => ticket,
        }
    }
}

/// The guide for a follow-up on a walk: the ticket's number, what the screen says now, which of the
/// walk's steps were tried since, and anything else.
///
/// It has the id, the edition and the languages of the walk's guide.
#[must_use]
pub fn guide(walk: &Walk<'_>) -> Guide {
    let guide = walk.guide();
    let text = |of: &dyn Fn(&'static Words) -> &'static str| -> Text {
        let each = |lang| of(words(guide.tag(lang))).to_owned();
        guide.langs().map(each).collect()
    };
    let step = |id: &str, n: usize, kind: Kind, choices: Vec<Choice>| Step {
        why: Some(text(&|words| words.follow_up.whys[n])),
        name: Some(text(&|words| words.follow_up.names[n])),
        example: (kind != Kind::AskSeveral).then(|| text(&|words| words.follow_up.examples[n])),
        ..Step::new(
            id,
            kind,
            text(&|words| words.follow_up.questions[n]),
            choices,
        )
    };
    let typed = |id: &str, n: usize, field| {
        let kind = Kind::Fill(field);
        let standing = kind.standing().iter().map(|s| Choice::standing(*s));
        step(id, n, kind, standing.collect())
    };
    let tried = candidates(walk);
    // A question has at most so many answers.
    let tried = (1..).zip(tried.chunks(MAX_ANSWERS)).map(|(n, steps)| {
        let ticks = steps.iter().map(|step| {
            let step = guide.at(*step);
            Choice::new(&step.id, Label::Own(step.name().clone()))
        });
        let id = match n {
            1 => "tried-since".to_owned(),
            n => format!("tried-since-{n}"),
        };
        step(&id, 2, Kind::AskSeveral, ticks.collect())
    });
    let mut steps = vec![
        typed(NUMBER, 0, Field::Reference),
        typed("shown-now", 1, Field::Line),
    ];
    steps.extend(tried);
    steps.push(typed("anything-else", 3, Field::Note));
    let first = |lang| Ticket::of(walk, lang);
    let subject: Text = guide
        .langs()
        .map(|lang| {
            words(guide.tag(lang))
                .follow_up
                .subject(&first(lang).subject)
        })
        .collect();
    let problem: Text = guide.langs().map(|lang| first(lang).problem).collect();
    let steps = IdVec::from(steps);
    let mut lists = IdVec::new();
    let (all, none) = (
        lists.push(steps.ids().map(Listed::from).collect()),
        lists.push(Vec::new()),
    );
    let mut outcomes = IdVec::new();
    let outcome = outcomes.push(outcome(text, none));
    let end = End {
        when: None,
        outcome,
    };
    guide.followed_by(Parts {
        id: guide.id.clone(),
        edition: guide.edition.clone(),
        languages: guide.languages.clone(),
        title: guide.title.clone(),
        notice: guide.notice.clone(),
        sources: IdVec::new(),
        cases: IdVec::from(vec![Case {
            id: CASE.to_owned(),
            label: subject,
            words: Vec::new(),
            subject: None,
            problem: Some(problem),
            steps: all,
            ends: vec![end],
            covers: Vec::new(),
        }]),
        lists,
        groups: IdVec::new(),
        steps,
        outcomes,
        elsewhere: Vec::new(),
    })
}

/// Where a follow-up ends: in what to add to the ticket.
fn outcome(
    text: impl Fn(&dyn Fn(&'static Words) -> &'static str) -> Text,
    steps: ListId,
) -> Outcome {
    Outcome {
        id: CASE.to_owned(),
        kind: Verdict::Support,
        title: Some(text(&|words| words.follow_up.title)),
        say: text(&|words| words.follow_up.say),
        next: Vec::new(),
        keep: Vec::new(),
        steps,
        request: Some(text(&|words| words.follow_up.request)),
        attach: Vec::new(),
        sources: Vec::new(),
        covers: Vec::new(),
    }
}

/// The steps that may have been done since: first those that were left out, then those that can be
/// done again.
fn candidates(walk: &Walk<'_>) -> Vec<StepId> {
    let guide = walk.guide();
    let can = |kind| matches!(kind, Kind::Do | Kind::Wait);
    let history = walk
        .history()
        .iter()
        .filter(|entry| can(guide.at(entry.step).kind));
    let (done, left): (Vec<_>, Vec<_>) =
        history.partition(|entry| entry.answer.chosen().meets(guide.at(entry.step).done_by));
    left.into_iter()
        .chain(done)
        .map(|entry| entry.step)
        .collect()
}
