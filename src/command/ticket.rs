//! `ticket`: the ticket of a saved walk, and what to add to one that support has.

use super::wizard::{self, Asked};
use super::{Context, saved};
use crate::cli::Printing;
use crate::field;
use crate::front::{Command, Input, Prompt, Reply, Tone};
use crate::guide::{Field, Kind, Lang};
use crate::history;
use crate::moment::Moment;
use crate::redact::Clean;
use crate::report::{self, Failure};
use crate::ticket::{News, Ticket, text};
use crate::walk::{Next, Walk};
use anyhow::Result;

/// Prints the ticket of a saved walk.
pub fn run(context: &Context, name: Option<&str>, printing: &Printing) -> Result<()> {
    let langs = wizard::ticket_langs(context, printing)?;
    let (_, shelf) = saved::look(context)?;
    let saved = saved::pick(context, shelf, name)?;
    let (walk, _) = replay(context, &saved)?;
    if !has_ticket(&walk) {
        report::say(context.words.no_ticket);
    }
    print(context, printing, &langs, |lang| Ticket::of(&walk, lang))
}

/// Asks what has happened since a ticket was sent, and prints what to add to it.
pub fn follow_up(
    context: &Context,
    name: Option<&str>,
    plain: bool,
    printing: &Printing,
) -> Result<()> {
    let langs = wizard::ticket_langs(context, printing)?;
    let (_, shelf) = saved::look(context)?;
    let saved = saved::pick(context, shelf, name)?;
    let (walk, _) = replay(context, &saved)?;
    if !has_ticket(&walk) {
        let resume = context.command(&format!("resume {}", saved.id));
        let why = context.words.no_ticket_yet;
        return Err(Failure::failed(format!("{why}\n  {resume}")));
    }
    let prepared = saved.history.finished.as_ref();
    let mut news = News {
        prepared: prepared.and_then(|at| history::moment(at).ok()),
        ..News::default()
    };
    if ask(context, plain, &saved.id, &walk, &mut news)? {
        news.written = Some(Moment::now());
        print(context, printing, &langs, |lang| {
            Ticket::of(&walk, lang).follow_up(&context.guide, &news)
        })?;
    }
    Ok(())
}

/// Whether a walk has come to a ticket.
fn has_ticket(walk: &Walk<'_>) -> bool {
    matches!(walk.next(), Next::Outcome(outcome) if outcome.request.is_some())
}

fn replay<'g>(
    context: &'g Context,
    saved: &crate::session::Saved,
) -> Result<(Walk<'g>, Vec<String>)> {
    let words = context.words;
    let replayed = saved.history.replay(&context.guide);
    replayed.map_err(|why| Failure::failed((words.no_going_on)(&saved.id, &(words.unfit)(&why))))
}

fn print(
    context: &Context,
    printing: &Printing,
    langs: &[Lang],
    ticket: impl Fn(Lang) -> Ticket,
) -> Result<()> {
    let tag = context.guide.tag(context.lang);
    let tickets: Vec<Ticket> = langs.iter().map(|lang| ticket(*lang)).collect();
    for ticket in &tickets {
        let leaks = ticket.leaks();
        if !leaks.is_empty() {
            let kinds = leaks.names(tag, context.words.comma);
            return Err(Failure::failed((context.words.leaks)(&kinds)));
        }
    }
    let window = console::Term::stdout().size_checked();
    let columns = window.map_or(text::COLUMNS, |(_, columns)| {
        usize::from(columns).saturating_sub(1)
    });
    report::result(&wizard::rendered(&tickets, printing, columns))
}

/// What is typed for each question of a follow-up; the third is chosen from a list.
const FIELDS: [Field; 4] = [Field::Reference, Field::Line, Field::Line, Field::Note];

/// Asks for the news, one thing at a time. `false` if the user leaves.
fn ask(
    context: &Context,
    plain: bool,
    name: &str,
    walk: &Walk<'_>,
    news: &mut News,
) -> Result<bool> {
    let (words, lang, guide) = (context.words, context.lang, &context.guide);
    let questions = &words.follow_up.questions;
    let steps: Vec<u32> = candidates(walk);
    let names = steps.iter().map(|step| guide.at(*step).name().get(lang));
    let names: Vec<String> = names.map(str::to_owned).collect();
    let (mut front, _) = wizard::front(context, plain)?;
    let mut n = 0;
    let mut masked: Option<Clean> = None;
    let tag = context.guide.tag(context.lang);
    while let Some(question) = questions.get(n) {
        let tries = n == 2;
        if tries && names.is_empty() {
            n += 1;
            continue;
        }
        let kept = [&news.number, &news.shown, &None, &news.more][n].clone();
        let input = if tries {
            let is_ticked = |place: &usize| news.tried.contains(&steps[*place]);
            Input::Several {
                options: names.clone(),
                ticked: (0..steps.len()).filter(is_ticked).collect(),
            }
        } else {
            Input::Typed {
                default: masked
                    .as_ref()
                    .or(kept.as_ref())
                    .map(|kept| kept.in_language(tag).to_string()),
                most: field::most(FIELDS[n]),
                field: Some(FIELDS[n]),
            }
        };
        let aside = words.follow_up.examples[n].map(words.example);
        let prompt = Prompt {
            aside,
            ..Prompt::new(*question, input)
        };
        match front.ask(&prompt)? {
            Reply::Several(places) => {
                news.tried = places.into_iter().map(|place| steps[place]).collect();
                n += 1;
            }
            Reply::Typed(typed) => {
                let field = FIELDS[n];
                let taken = field::take(field, typed);
                match wizard::talk_about(context, front.as_mut(), taken)? {
                    Asked::Answer(value) => {
                        let place = match n {
                            0 => &mut news.number,
                            1 => &mut news.shown,
                            _ => &mut news.more,
                        };
                        *place = value;
                        masked = None;
                        n += 1;
                    }
                    Asked::Again(left) => masked = left,
                }
            }
            Reply::Command(Command::Leave) => {
                front.tell(Tone::Plain, "", words.left)?;
                let again = context.command(&format!("ticket --follow-up {name}"));
                front.verbatim(Tone::Plain, &format!("  {again}"))?;
                return Ok(false);
            }
            Reply::End => return Err(Failure::failed(words.input_ended)),
            Reply::Command(Command::Back) if n > 0 => {
                masked = None;
                // Nothing was asked about steps where there are none.
                n -= if n == 3 && names.is_empty() { 2 } else { 1 };
            }
            Reply::Command(Command::Back) => front.tell(Tone::Plain, "  ", words.no_back)?,
            Reply::Command(Command::Ticket) => {
                let ticket = Ticket::of(walk, lang).follow_up(guide, news);
                let leaks = ticket.leaks();
                if leaks.is_empty() {
                    let columns = front.columns().min(text::COLUMNS);
                    for line in text::folded(&ticket, columns).lines() {
                        front.verbatim(Tone::Plain, line)?;
                    }
                } else {
                    let kinds = leaks.names(tag, words.comma);
                    front.tell(Tone::Plain, "", &(words.leaks)(&kinds))?;
                }
            }
            Reply::Command(Command::Change) => front.tell(Tone::Plain, "  ", words.no_change)?,
            Reply::Command(Command::Why) | Reply::One(_) => {
                front.tell(Tone::Plain, "  ", words.follow_up.whys[n])?;
            }
        }
        front.gap()?;
    }
    Ok(true)
}

/// The steps that may have been done since: first those that were left out, then those that can be
/// done again.
fn candidates(walk: &Walk<'_>) -> Vec<u32> {
    let guide = walk.guide();
    let can = |kind| matches!(kind, Kind::Do | Kind::Wait);
    let history = walk
        .history()
        .iter()
        .filter(|entry| can(guide.at(entry.step).kind));
    let (done, left): (Vec<_>, Vec<_>) =
        history.partition(|entry| entry.answer.chosen & guide.at(entry.step).does != 0);
    left.into_iter()
        .chain(done)
        .map(|entry| entry.step)
        .collect()
}
