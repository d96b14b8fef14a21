//! The small guide that a follow-up is a walk over.

use crate::guide::{
    Case, Choice, End, Field, Guide, IdVec, Kind, Label, ListId, Listed, MAX_ANSWERS, Outcome,
    Outline, Parts, Step, StepId, Text, Verdict,
};
use crate::ticket::Ticket;
use crate::walk::Walk;
use crate::words::shape::{FollowUp, Typing};
use crate::words::{Words, words};

/// The id of the only case of such a guide; the names of saved follow-ups begin with it.
const CASE: &str = "follow-up";
/// The id of the step that asks for the number of the first ticket.
pub(super) const NUMBER: &str = "ticket-number";

/// The guide for a follow-up on a walk: the ticket's number, what the screen says now, which of the
/// walk's steps were tried since, and anything else.
///
/// It has the id, the edition and the languages of the walk's guide.
#[must_use]
pub fn guide(walk: &Walk<'_>) -> Guide {
    let guide = walk.guide();
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
    let steps = IdVec::from(questions(walk));
    let mut lists = IdVec::new();
    let (all, none) = (
        lists.push(steps.ids().map(Listed::from).collect()),
        lists.push(Vec::new()),
    );
    let mut outcomes = IdVec::new();
    let outcome = outcomes.push(outcome(guide, none));
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
        voice: guide.voice.clone(),
        support: guide.support.clone(),
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
            page: Outline::default(),
        }]),
        lists,
        groups: IdVec::new(),
        steps,
        outcomes,
        elsewhere: Vec::new(),
        stops: IdVec::new(),
    })
}

/// Where a follow-up ends: in what to add to the ticket.
fn outcome(guide: &Guide, steps: ListId) -> Outcome {
    let text = |of: fn(&'static Words) -> &'static str| text(guide, of);
    Outcome {
        id: CASE.to_owned(),
        kind: Verdict::Support,
        title: Some(text(|words| words.follow_up.title)),
        brief: None,
        say: text(|words| words.follow_up.say),
        next: Vec::new(),
        keep: Vec::new(),
        steps,
        request: Some(text(|words| words.follow_up.request)),
        attach: Vec::new(),
        sources: Vec::new(),
        covers: Vec::new(),
    }
}

/// The questions, in order.
fn questions(walk: &Walk<'_>) -> Vec<Step> {
    let guide = walk.guide();
    let step = |id: &str, kind, choices, [question, why, name]: [Text; 3]| Step {
        why: Some(why),
        name: Some(name),
        ..Step::new(id, kind, question, choices)
    };
    let typed = |id: &str, field, asked: fn(&'static FollowUp) -> &'static Typing| {
        let kind = Kind::Fill(field);
        let standing = kind.standing().iter().map(|s| Choice::standing(*s));
        let of = |of: fn(&'static Typing) -> &'static str| {
            text(guide, |words| of(asked(&words.follow_up)))
        };
        let texts = [of(|t| t.question), of(|t| t.why), of(|t| t.name)];
        Step {
            example: Some(of(|t| t.example)),
            ..step(id, kind, standing.collect(), texts)
        }
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
        let texts = [
            text(guide, |words| words.follow_up.tried.question),
            text(guide, |words| words.follow_up.tried.why),
            text(guide, |words| words.follow_up.tried.name),
        ];
        step(&id, Kind::AskSeveral, ticks.collect(), texts)
    });
    let mut steps = vec![
        typed(NUMBER, Field::Reference, |asked| &asked.number),
        typed("shown-now", Field::Line, |asked| &asked.shown),
    ];
    steps.extend(tried);
    steps.push(typed("anything-else", Field::Note, |asked| &asked.news));
    steps
}

/// A text of the program in each of a guide's languages.
fn text(guide: &Guide, of: impl Fn(&'static Words) -> &'static str) -> Text {
    let each = |lang| of(words(guide.tag(lang))).to_owned();
    guide.langs().map(each).collect()
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
