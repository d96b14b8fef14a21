//! The wizard: asks one thing at a time, and ends with an outcome.

use super::Context;
use crate::cli::{Color, Format, Walk as Options};
use crate::field::{self, Problem};
use crate::front::lines::Lines;
use crate::front::menu::Menu;
use crate::front::page::Page;
use crate::front::{Command, Front, Input, Prompt, Reply, Tone};
use crate::guide::{Field, Kind, Lang, Outcome, Step, StepIx, Verdict};
use crate::moment::Moment;
use crate::redact::{self, Raw};
use crate::report::{self, Failure};
use crate::ticket::{Ticket, markdown, text};
use crate::walk::{Answer, Entry, Next, Walk};
use anyhow::Result;
use console::Term;
use std::env;
use std::io::{self, IsTerminal};

/// Walks a case, or lets the user choose one, and prints the ticket where the walk ends in one.
pub fn run(context: &Context, case: Option<u32>, options: &Options) -> Result<()> {
    let tags = options.ticket_lang.iter();
    let mut ticket_langs: Vec<Lang> = tags
        .map(|tag| super::language(&context.guide, tag))
        .collect::<Result<_>>()?;
    if ticket_langs.is_empty() {
        ticket_langs.push(context.lang);
    }
    let term = Term::stderr();
    let dumb = env::var_os("TERM").is_some_and(|t| t == "dumb");
    let colour = match context.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let no_colour = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
            !no_colour && !dumb && term.is_term()
        }
    };
    let asks = io::stdin().is_terminal();
    let accessible = env::var_os("ACCESSIBLE").is_some_and(|v| !v.is_empty());
    let menus = asks && term.is_term() && !(options.plain || dumb || accessible);
    let page = Page::new(io::stderr(), colour, || {
        Term::stderr()
            .size_checked()
            .map(|(_, columns)| usize::from(columns))
    });
    let input = io::stdin().lock();
    let mut front: Box<dyn Front> = if menus {
        show_cursor_on_signals()?;
        Box::new(Menu::new(term, input, page, context.words, colour))
    } else {
        Box::new(Lines::new(input, page, context.words, asks))
    };
    Wizard {
        context,
        front: front.as_mut(),
        format: options.format,
        short: options.short,
        ticket_langs,
        masked: None,
    }
    .run(case)
}

/// Shows the cursor and ends with 130 on Ctrl-C, and on SIGTERM and SIGHUP: dialoguer hides the
/// cursor while a menu is open, and its own handling of Ctrl-C would leave it hidden.
fn show_cursor_on_signals() -> Result<()> {
    ctrlc::set_handler(|| {
        // The thread that reads the key puts the terminal back first.
        std::thread::sleep(std::time::Duration::from_millis(300));
        let _ = Term::stderr().show_cursor();
        report::say("");
        #[allow(clippy::exit)]
        std::process::exit(130);
    })?;
    Ok(())
}

struct Wizard<'a> {
    context: &'a Context,
    front: &'a mut dyn Front,
    format: Format,
    short: bool,
    /// The languages that the ticket is printed in, one after the other.
    ticket_langs: Vec<Lang>,
    /// What is left of a value once its secrets are taken out, for the prompt that asks again.
    masked: Option<(StepIx, String)>,
}

/// How a walk goes on after a prompt.
enum Turn {
    /// On with the walk.
    On,
    /// Back to the menu of cases.
    Cases,
    /// The user leaves.
    Leave,
}

impl Wizard<'_> {
    fn run(&mut self, case: Option<u32>) -> Result<()> {
        let context = self.context;
        let (guide, lang) = (&context.guide, context.lang);
        let (other, how) = context.words.switch;
        let has_other = guide.languages.iter().any(|tag| tag == other);
        let switch = if has_other {
            (context.words.aside)(how)
        } else {
            String::new()
        };
        self.front.tell(
            Tone::Strong,
            "",
            &format!("{}{switch}", guide.title.get(lang)),
        )?;
        if let Some(notice) = &guide.notice {
            self.front.tell(Tone::Plain, "", notice.get(lang))?;
        }
        self.front.gap()?;
        let mut chosen = case;
        loop {
            let case = match chosen.take() {
                Some(case) => case,
                None => match self.choose_case()? {
                    Some(case) => case,
                    None => return Ok(()),
                },
            };
            let mut walk = Walk::start(guide, case);
            loop {
                match walk.next() {
                    Next::Outcome(outcome) if self.withholds(&mut walk, outcome)? => {}
                    Next::Outcome(outcome) => return self.conclude(&walk, outcome),
                    Next::Step(ix, step) => match self.turn(&mut walk, ix, step)? {
                        Turn::On => {}
                        Turn::Cases => break,
                        Turn::Leave => return Ok(()),
                    },
                }
            }
        }
    }

    /// Which case it is; nothing if the user leaves.
    fn choose_case(&mut self) -> Result<Option<u32>> {
        let context = self.context;
        let options = context
            .guide
            .cases
            .iter()
            .map(|c| c.label.get(context.lang).to_owned());
        let prompt = Prompt {
            place: None,
            text: context.words.which_case.to_owned(),
            aside: None,
            input: Input::One {
                options: options.collect(),
                default: None,
            },
        };
        loop {
            match self.front.ask(&prompt)? {
                Reply::One(n) => {
                    self.front.gap()?;
                    return Ok(u32::try_from(n).ok());
                }
                Reply::Command(Command::Leave) => return Ok(None),
                Reply::End => return Err(self.input_ended()),
                Reply::Command(Command::Why) => {
                    self.front.tell(Tone::Plain, "  ", context.words.no_why)?;
                }
                _ => self.front.tell(Tone::Plain, "  ", context.words.no_back)?,
            }
            self.front.gap()?;
        }
    }

    fn input_ended(&self) -> anyhow::Error {
        Failure::failed(self.context.words.input_ended)
    }

    /// Asks one step, and does what the user wants.
    fn turn(&mut self, walk: &mut Walk<'_>, ix: StepIx, step: &Step) -> Result<Turn> {
        let prompt = self.prompt(walk, ix, step);
        let now = jiff::Zoned::now();
        let answer = match self.front.ask(&prompt)? {
            Reply::One(n) => Answer::choice(n),
            Reply::Several(places) => Answer::several(&places),
            Reply::Typed(typed) => match self.typed(ix, step, Raw::new(typed), &now)? {
                Some(answer) => answer,
                None => return Ok(Turn::On),
            },
            Reply::Command(command) => return self.command(walk, step, command),
            Reply::End => return Err(self.input_ended()),
        };
        self.masked = None;
        self.front.gap()?;
        match walk.answer(answer, Moment::of(&now)) {
            Ok(fallen) => self.name_fallen(&fallen)?,
            Err(misfit) => return Err(anyhow::anyhow!("step {}: {misfit:?}", step.id)),
        }
        Ok(Turn::On)
    }

    /// Takes what was typed; nothing, if it is to be asked again.
    fn typed(
        &mut self,
        ix: StepIx,
        step: &Step,
        typed: Raw,
        now: &jiff::Zoned,
    ) -> Result<Option<Answer>> {
        let words = self.context.words;
        let Kind::Fill(kind) = step.kind else {
            return Ok(None);
        };
        let taken = match field::take(kind, typed) {
            Ok(taken) if kind == Field::Time => {
                return Ok(Some(Answer::value(field::with_offset(&taken.value, now))));
            }
            Ok(taken) => taken,
            Err(Problem::Empty) => return Ok(Some(Answer::choice(1))),
            Err(problem) => {
                self.front
                    .tell(Tone::Plain, "  ", &(words.problem)(problem))?;
                return Ok(None);
            }
        };
        let (shortened, hidden): (Vec<_>, Vec<_>) = taken
            .removed
            .iter()
            .map(|(kind, _)| kind)
            .partition(|kind| kind.is_shortened());
        let names = |kinds: &[redact::Kind]| {
            let tag = self.context.guide.tag(self.context.lang);
            kinds
                .iter()
                .map(|kind| kind.name(tag))
                .collect::<Vec<_>>()
                .join(words.comma)
        };
        let (shortened, hidden) = (names(&shortened), names(&hidden));
        if !shortened.is_empty() {
            self.front
                .tell(Tone::Plain, "  ", &(words.shortened)(&shortened))?;
        }
        if hidden.is_empty() {
            return Ok(Some(Answer::value(taken.value)));
        }
        self.front
            .tell(Tone::Plain, "  ", &(words.looks_like)(&hidden))?;
        self.front.gap()?;
        self.masked = Some((ix, taken.value));
        Ok(None)
    }

    fn name_fallen(&mut self, fallen: &[Entry]) -> Result<()> {
        if fallen.is_empty() {
            return Ok(());
        }
        let context = self.context;
        let names = fallen
            .iter()
            .map(|e| context.guide.at(e.step).name().get(context.lang));
        let names = names.collect::<Vec<_>>().join(context.words.comma);
        self.front
            .tell(Tone::Plain, "", &(context.words.fallen)(&names))?;
        self.front.gap()
    }

    fn prompt(&self, walk: &Walk<'_>, ix: StepIx, step: &Step) -> Prompt {
        let (words, lang) = (self.context.words, self.context.lang);
        let (before, left) = (walk.history().len(), walk.left());
        let earlier = walk.earlier(ix);
        let options = step.choices.iter().map(|choice| match &choice.label {
            Some(label) => label.get(lang).to_owned(),
            None => (words.standing)(&choice.id).to_owned(),
        });
        let (input, aside) = match step.kind {
            Kind::Fill(_) => (
                Input::Typed {
                    default: match &self.masked {
                        Some((step, masked)) if *step == ix => Some(masked.clone()),
                        _ => earlier.and_then(|a| a.value.clone()),
                    },
                },
                self.aside(step),
            ),
            Kind::AskSeveral => (
                Input::Several {
                    options: options.collect(),
                    ticked: earlier.map(|a| a.places().collect()).unwrap_or_default(),
                },
                None,
            ),
            _ => (
                Input::One {
                    options: options.collect(),
                    // A note has one answer; Enter alone gives it.
                    default: earlier
                        .and_then(|a| a.places().next())
                        .or((step.kind == Kind::Note).then_some(0)),
                },
                (step.minutes > 0).then(|| (words.minutes)(step.minutes)),
            ),
        };
        Prompt {
            place: Some((words.place)(before + 1, before + left.steps, left.minutes)),
            text: step.text.get(lang).to_owned(),
            aside,
            input,
        }
    }

    /// What helps with typing: an example and, for a time, how one without an offset is read.
    fn aside(&self, step: &Step) -> Option<String> {
        let words = self.context.words;
        let example = step
            .example
            .as_ref()
            .map(|e| (words.example)(e.get(self.context.lang)));
        let offset = (step.kind == Kind::Fill(Field::Time))
            .then(|| (words.time_zone)(&jiff::Zoned::now().strftime("%:z").to_string()));
        let parts: Vec<String> = example.into_iter().chain(offset).collect();
        (!parts.is_empty()).then(|| parts.join(words.semicolon))
    }

    fn command(&mut self, walk: &mut Walk<'_>, step: &Step, command: Command) -> Result<Turn> {
        match command {
            Command::Why => self.why(step)?,
            Command::Back if !walk.back() => {
                self.front.gap()?;
                return Ok(Turn::Cases);
            }
            Command::Back => {}
            Command::Change => return self.change(walk),
            Command::Ticket => {
                let ticket = Ticket::of(walk, self.context.lang);
                for line in text::folded(&ticket, self.front.columns()).lines() {
                    self.front.verbatim(Tone::Plain, line)?;
                }
            }
            Command::Leave => return self.leave(walk),
        }
        self.front.gap()?;
        Ok(Turn::On)
    }

    /// The reason for a step, and whose word it is.
    fn why(&mut self, step: &Step) -> Result<()> {
        let context = self.context;
        let (words, lang) = (context.words, context.lang);
        let why = step.why.as_ref().map_or(words.no_why, |why| why.get(lang));
        self.front.tell(Tone::Plain, "  ", why)?;
        self.sources(&step.sources)
    }

    fn sources(&mut self, sources: &[u32]) -> Result<()> {
        let context = self.context;
        for source in sources {
            let source = &context.guide.sources[*source as usize];
            let trust = (context.words.aside)((context.words.trust)(source.trust));
            let title = source.title.get(context.lang);
            self.front
                .tell(Tone::Quiet, "  - ", &format!("{title}{trust}"))?;
            if let Some(url) = &source.url {
                self.front.verbatim(Tone::Quiet, &format!("    {url}"))?;
            }
        }
        Ok(())
    }

    /// Says how to take the walk up again.
    fn leave(&mut self, walk: &Walk<'_>) -> Result<Turn> {
        self.front.tell(Tone::Plain, "", self.context.words.left)?;
        let command = self.context.command(walk.start_case());
        self.front.verbatim(Tone::Plain, &format!("  {command}"))?;
        Ok(Turn::Leave)
    }

    /// Lets the user choose the answer to change; the walk goes back to it.
    fn change(&mut self, walk: &mut Walk<'_>) -> Result<Turn> {
        let context = self.context;
        if walk.history().is_empty() {
            self.front.tell(Tone::Plain, "  ", context.words.no_back)?;
            return Ok(Turn::On);
        }
        let options = walk.history().iter().map(|entry| {
            let step = context.guide.at(entry.step);
            format!(
                "{}{}{}",
                step.name().get(context.lang),
                context.words.colon,
                self.said(step, entry)
            )
        });
        let prompt = Prompt {
            place: None,
            text: context.words.which_answer.to_owned(),
            aside: None,
            input: Input::One {
                options: options.collect(),
                default: None,
            },
        };
        match self.front.ask(&prompt)? {
            Reply::One(n) => walk.change(n),
            Reply::Command(Command::Leave) => return self.leave(walk),
            _ => {}
        }
        Ok(Turn::On)
    }

    /// An answer in words.
    fn said(&self, step: &Step, entry: &Entry) -> String {
        let words = self.context.words;
        if let Some(value) = &entry.answer.value {
            return value.clone();
        }
        let labels = entry
            .answer
            .places()
            .filter_map(|n| step.choices.get(n))
            .map(|choice| {
                choice
                    .label
                    .as_ref()
                    .map_or((words.standing)(&choice.id), |l| l.get(self.context.lang))
            });
        let labels: Vec<&str> = labels.collect();
        if labels.is_empty() {
            words.none[0].to_owned()
        } else {
            labels.join(words.semicolon)
        }
    }

    /// Whether the ticket of an outcome would still hold a secret. Then the walk goes back to what
    /// was typed first, and all of that is asked again.
    fn withholds(&mut self, walk: &mut Walk<'_>, outcome: &Outcome) -> Result<bool> {
        let context = self.context;
        let leaks = Ticket::of(walk, context.lang).leaks();
        let typed = walk
            .history()
            .iter()
            .position(|entry| entry.answer.value.is_some());
        let (false, true, Some(typed)) = (leaks.is_empty(), outcome.request.is_some(), typed)
        else {
            return Ok(false);
        };
        let kinds = leaks
            .iter()
            .map(|(kind, _)| kind.name(context.guide.tag(context.lang)));
        let kinds = kinds.collect::<Vec<_>>().join(context.words.comma);
        self.front
            .tell(Tone::Plain, "", &(context.words.leaks)(&kinds))?;
        self.front.gap()?;
        while walk.history().len() > typed {
            walk.back();
        }
        Ok(true)
    }

    /// Shows the outcome, and prints the ticket if it ends in one.
    fn conclude(&mut self, walk: &Walk<'_>, outcome: &Outcome) -> Result<()> {
        let context = self.context;
        let (words, lang) = (context.words, context.lang);
        if outcome.kind != Verdict::Solved {
            self.front
                .tell(Tone::Quiet, "", (words.verdict)(outcome.kind))?;
        }
        if let Some(title) = &outcome.title {
            self.front.tell(Tone::Strong, "", title.get(lang))?;
        }
        self.front.tell(Tone::Plain, "", outcome.say.get(lang))?;
        if !outcome.next.is_empty() {
            self.front.gap()?;
            self.front.tell(Tone::Strong, "", words.next)?;
            for (n, text) in (1..).zip(&outcome.next) {
                self.front
                    .tell(Tone::Plain, &format!("{n:>2}. "), text.get(lang))?;
            }
        }
        if !outcome.keep.is_empty() {
            self.front.gap()?;
            self.front.tell(Tone::Strong, "", words.keep)?;
            for text in &outcome.keep {
                self.front.tell(Tone::Plain, "  - ", text.get(lang))?;
            }
        }
        if !outcome.sources.is_empty() {
            self.front.gap()?;
            self.front.tell(Tone::Quiet, "", words.sources)?;
            self.sources(&outcome.sources)?;
        }
        if outcome.request.is_some() {
            self.front.gap()?;
            self.front.tell(Tone::Strong, "", words.ticket)?;
            for (n, lang) in self.ticket_langs.iter().enumerate() {
                if n > 0 {
                    report::result("\n")?;
                }
                report::result(&self.ticket(walk, *lang))?;
            }
        }
        Ok(())
    }

    /// The ticket in the form that was asked for.
    fn ticket(&self, walk: &Walk<'_>, lang: Lang) -> String {
        let ticket = Ticket::of(walk, lang);
        match self.format {
            _ if self.short => text::short(&ticket),
            Format::Text => text::text(&ticket),
            Format::Markdown => markdown::markdown(&ticket),
            Format::Json => ticket.to_json(),
        }
    }
}
