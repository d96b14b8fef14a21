//! A follow-up on a terminal: left half-way in every way, taken up again, and changed.

use crate::support::{GUIDE, Plan, Rest, languages, squeeze};
use crate::terminal::{CTRL_C, ENTER, ESC, Home, Seen, Size, Terminal, at_once};
use crate::walks::Prompt;
use okx_verify_help::clock::Clock;
use okx_verify_help::follow_up;
use okx_verify_help::front::Command;
use okx_verify_help::guide::{CaseId, Guide, Kind, Lang};
use okx_verify_help::history::{History, datetime};
use okx_verify_help::moment::Moment;
use okx_verify_help::store::Store;
use okx_verify_help::words::Words;
use regex::Regex;

const WINDOW: Size = (80, 24);

/// What is answered to each question: typed, or the places that are ticked.
const ANSWERS: [(&str, &[usize]); 4] = [
    ("482739", &[]),
    ("认证失败", &[]),
    ("", &[0, 1]),
    ("昨天又发了一封邮件", &[]),
];

/// A finished walk, the guide of a follow-up on it, and how that is talked about.
#[derive(Clone)]
struct Case {
    home: Home,
    parent: String,
    guide: Guide,
    front: &'static str,
    tag: &'static str,
    lang: Lang,
    words: &'static Words,
}

/// A case for each language and front end.
fn cases() -> Vec<Case> {
    let fronts = ["", "--plain"].into_iter();
    let all = fronts.flat_map(|front| languages().map(move |language| (front, language)));
    all.map(|(front, (tag, lang, words))| {
        let given = [("stuck-status", "frozen"), ("uid", "123456789012345678")];
        let plan = Plan::new("stuck", &given, Rest::StraightOn);
        assert!(plan.outcome().request.is_some());
        let home = Home::new();
        let noon: Moment = "2026-11-22T12:00:00+08:00".parse().unwrap();
        let mut history = History::of(&plan.walk);
        history.finished = datetime(Clock::of_system().now());
        let mut slot = Store::at(home.state()).begin("stuck", noon).unwrap();
        slot.save(&history).unwrap();
        Case {
            parent: slot.id().to_owned(),
            guide: follow_up::guide(&plan.walk),
            home,
            front,
            tag,
            lang,
            words,
        }
    })
    .collect()
}

impl Case {
    fn open(&self, what: &str) -> Terminal {
        let args = format!("{what} --lang {} {}", self.tag, self.front);
        Terminal::open_in(&self.home, WINDOW, &args, &[])
    }

    fn start(&self) -> Terminal {
        self.open(&format!("ticket --follow-up {}", self.parent))
    }

    fn prompt(&self, nth: usize) -> Prompt {
        Prompt::of(&(*self.guide.steps)[nth], self.lang, self.words)
    }

    /// The menu at the end: there is no other case to go to, and nothing to keep in mind.
    fn closing(&self) -> Prompt {
        let texts = &self.words.closing;
        let ticket = Some((self.lang, false));
        Prompt::closing_with(ticket, &[texts.back, texts.finish], self.words)
    }

    /// Answers the questions from one to another, which is then shown.
    #[track_caller]
    fn answer(&self, terminal: &mut Terminal, from: usize, to: usize) -> Seen {
        for (nth, (typed, ticked)) in ANSWERS.iter().enumerate().take(to).skip(from) {
            let prompt = self.prompt(nth);
            let seen = prompt.seen(terminal, 1);
            prompt.answer(terminal, &seen, ticked, typed);
        }
        if to < ANSWERS.len() {
            self.prompt(to).seen(terminal, 1)
        } else {
            let closing = self.closing();
            closing.seen(terminal, 1)
        }
    }

    /// Answers the rest, and finishes.
    #[track_caller]
    fn finish(&self, terminal: &mut Terminal, from: usize) {
        let seen = self.answer(terminal, from, ANSWERS.len());
        let closing = self.closing();
        closing.answer(
            terminal,
            &seen,
            &[closing.place(self.words.closing.finish)],
            "",
        );
        let (code, seen) = terminal.end();
        assert_eq!(code, 0, "{}", seen.page);
        let title = squeeze(self.words.follow_up.title);
        assert!(seen.all.contains(&title), "{}", seen.page);
    }

    /// The name of the one follow-up that is saved.
    #[track_caller]
    fn saved(&self) -> String {
        let mut walks = self.home.walks();
        walks.retain(|id| *id != self.parent);
        let [id] = &walks[..] else {
            panic!("{:?}", self.home.files());
        };
        id.clone()
    }

    /// How a follow-up that is left can be taken up again.
    fn farewell(&self) -> String {
        let resume = format!(
            "okx-verify-help resume {} --lang {}",
            self.saved(),
            self.tag
        );
        squeeze(self.words.left_saved) + &squeeze(&resume)
    }

    /// The ticket of the follow-up that is saved, but for the time when it was written.
    fn ticket(&self) -> String {
        let script = format!("okx ticket {} --lang {} > result", self.saved(), self.tag);
        let mut shell = Terminal::shell_in(&self.home, WINDOW, &script);
        assert_eq!(shell.end().0, 0);
        let times = Regex::new(r"20\d\d-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d").unwrap();
        let ticket = self.home.read("result");
        assert_eq!(times.find_iter(&ticket).count(), 2, "{ticket}");
        times.replace_all(&ticket, "TIME").into_owned()
    }

    /// The ticket of a follow-up that nothing interrupts.
    fn uninterrupted(&self) -> String {
        let case = cases()
            .into_iter()
            .find(|case| (case.tag, case.front) == (self.tag, self.front))
            .unwrap();
        let mut terminal = case.start();
        case.finish(&mut terminal, 0);
        case.ticket()
    }
}

/// How somebody leaves, and the exit code of that.
type Leave = (&'static str, u32, fn(&Case, &mut Terminal, &Seen));

const WAYS: [Leave; 4] = [
    ("q", 0, |case, terminal, seen| {
        little(case, terminal, seen, Command::Leave);
    }),
    ("Ctrl-C", 130, |_, terminal, _| terminal.press(CTRL_C)),
    ("a closed window", 129, |_, terminal, _| {
        terminal.signal("HUP");
    }),
    ("the end of a session", 143, |_, terminal, _| {
        terminal.signal("TERM");
    }),
];

#[test]
fn a_follow_up_that_is_left_half_way_goes_on_where_it_was() {
    at_once(cases(), |case| {
        let whole = case.uninterrupted();
        for (way, code, leave) in WAYS {
            for answers in 1..ANSWERS.len() {
                let mut terminal = case.start();
                let seen = case.answer(&mut terminal, 0, answers);
                leave(&case, &mut terminal, &seen);
                let (ended, seen) = terminal.end();
                let farewell = case.farewell();
                assert_eq!(ended, code, "{way}, {answers}:\n{}", seen.page);
                let says = seen.all.ends_with(&farewell);
                assert!(says, "{way}, {answers}: {farewell}\n{}", seen.page);
                let id = case.saved();
                let mut terminal = case.open(&format!("resume {id}"));
                case.finish(&mut terminal, answers);
                assert_eq!(case.ticket(), whole, "{way}, {answers}");
                std::fs::remove_file(case.home.state().join(format!("{id}.toml"))).unwrap();
            }
        }
    });
}

#[test]
fn a_follow_up_that_is_killed_after_any_answer_goes_on_where_it_was() {
    at_once(cases(), |case| {
        let whole = case.uninterrupted();
        let mut terminal = case.start();
        for answers in 1..ANSWERS.len() {
            case.answer(&mut terminal, answers - 1, answers);
            terminal.signal("KILL");
            drop(terminal);
            terminal = case.open(&format!("resume {}", case.saved()));
        }
        case.finish(&mut terminal, ANSWERS.len() - 1);
        assert_eq!(case.ticket(), whole);
    });
}

#[test]
fn a_follow_up_that_was_left_is_offered_where_another_would_begin() {
    at_once(cases(), |case| {
        let mut terminal = case.start();
        case.answer(&mut terminal, 0, 1);
        terminal.signal("HUP");
        assert_eq!(terminal.end().0, 129);
        // The menu of other walks does not have it: it belongs to a ticket.
        let mut terminal = case.open("");
        Prompt::cases(case.lang, case.words).seen(&mut terminal, 1);
        drop(terminal);
        let mut terminal = case.start();
        let label = case.guide.cases[CaseId::FIRST].label.get(case.lang);
        let options = vec![case.words.a_walk(label, 1, 0), case.words.anew.to_owned()];
        let offer = Prompt::one(case.words.which_walk, options, case.words);
        let seen = offer.seen(&mut terminal, 1);
        offer.answer(&mut terminal, &seen, &[0], "");
        case.finish(&mut terminal, 1);
        assert_eq!(case.ticket(), case.uninterrupted());
    });
}

#[test]
fn one_goes_back_and_changes_an_answer_in_a_follow_up() {
    at_once(cases(), |case| {
        let whole = case.uninterrupted();
        let mut terminal = case.start();
        // A wrong number and a wrong text; the text is corrected on the way back.
        let number = case.prompt(0);
        let seen = number.seen(&mut terminal, 1);
        number.answer(&mut terminal, &seen, &[], "999999");
        let shown = case.prompt(1);
        let seen = shown.seen(&mut terminal, 1);
        shown.answer(&mut terminal, &seen, &[], "审核中");
        let seen = case.prompt(2).seen(&mut terminal, 1);
        little(&case, &mut terminal, &seen, Command::Back);
        shown.seen(&mut terminal, 2);
        let clear = "\u{15}";
        let clear = if case.front.is_empty() { clear } else { "" };
        terminal.press(&format!("{clear}{}{ENTER}", ANSWERS[1].0));
        let tried = case.prompt(2);
        let seen = tried.seen(&mut terminal, 2);
        tried.answer(&mut terminal, &seen, ANSWERS[2].1, "");
        case.prompt(3).seen(&mut terminal, 1);
        // The number is chosen from the list of answers.
        terminal.press("c\r");
        let names = case.guide.steps.iter().take(3);
        let names: Vec<&str> = names.map(|step| step.name().get(case.lang)).collect();
        let ticked = (*case.guide.steps)[2].choices.iter().take(2);
        let ticked: Vec<&str> = ticked
            .map(|choice| choice.label.own().unwrap().get(case.lang))
            .collect();
        let ticked = ticked.join(case.words.semicolon);
        let values = ["999999", ANSWERS[1].0, &ticked];
        let options = names.iter().zip(values);
        let options = options.map(|(name, value)| format!("{name}{}{value}", case.words.colon));
        let list = Prompt::one(case.words.which_answer, options.collect(), case.words);
        let seen = list.seen(&mut terminal, 1);
        list.answer(&mut terminal, &seen, &[0], "");
        number.seen(&mut terminal, 2);
        terminal.press(&format!("{clear}{}{ENTER}", ANSWERS[0].0));
        let last = case.prompt(3);
        let seen = last.seen(&mut terminal, 2);
        last.answer(&mut terminal, &seen, &[], ANSWERS[3].0);
        let closing = case.closing();
        let seen = closing.seen(&mut terminal, 1);
        closing.answer(
            &mut terminal,
            &seen,
            &[closing.place(case.words.closing.finish)],
            "",
        );
        assert_eq!(terminal.end().0, 0);
        assert_eq!(case.ticket(), whole);
    });
}

/// Gives a command by the list behind Esc, or as a line.
fn little(case: &Case, terminal: &mut Terminal, seen: &Seen, command: Command) {
    if seen.by_key && !seen.at_line {
        terminal.press(ESC);
        // There is no other case than the follow-up, and no answer has words.
        let mut listed = Command::ALL.to_vec();
        listed.retain(|command| ![Command::Cases, Command::Say].contains(command));
        let little = Prompt::little(&listed, case.words);
        little.now(terminal);
        little.go_to_command(terminal, command);
        terminal.press(ENTER);
    } else {
        terminal.press(&format!("{}{ENTER}", command.letter()));
    }
}

#[test]
fn a_follow_up_asks_about_the_steps_of_its_walk() {
    let case = cases().remove(0);
    let [number, shown, tried, more] = &*case.guide.steps else {
        panic!("{:?}", case.guide.steps)
    };
    let kinds = [number, shown, more].map(|step| matches!(step.kind, Kind::Fill(_)));
    assert_eq!((kinds, tried.kind), ([true; 3], Kind::AskSeveral));
    for choice in &tried.choices {
        let step = GUIDE.at(GUIDE.step(&choice.id).unwrap());
        assert!(matches!(step.kind, Kind::Do | Kind::Wait), "{}", step.id);
        assert_eq!(choice.label.own(), Some(step.name()));
    }
    assert!(tried.choices.len() > 1);
}
