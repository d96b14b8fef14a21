//! What the checker has to say about a guide, and how it is shown.

use super::ids::{CaseId, GroupId, IdVec, OutcomeId, StepId};
use crate::text::tame;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use std::{cell::RefCell, fmt, ops::Range};

/// The most findings that are shown; the rest is counted.
const MAX_SHOWN: usize = 50;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)*) => {
        /// The stable name of a kind of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The code as it is printed.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Code::$name => $id,)* }
            }
        }
    };
}

codes! {
    /// The file is larger than [`super::MAX_BYTES`], or would be with its shared texts written out.
    TooLarge = "too-large",
    /// The file is not UTF-8.
    NotUtf8 = "not-utf8",
    /// The file is not TOML.
    Syntax = "syntax",
    /// A control, bidi or zero-width character in a key or a text, or a word that mixes alphabets
    /// whose letters look the same.
    HostileCharacter = "hostile-character",
    /// A key that has no meaning here.
    UnknownKey = "unknown-key",
    /// A key that has to be here.
    MissingKey = "missing-key",
    /// A value of another type than the key takes.
    WrongType = "wrong-type",
    /// A word that is not one of those the key takes.
    UnknownValue = "unknown-value",
    /// A name with other characters than lower-case letters, digits and dashes, or a reserved one.
    BadId = "bad-id",
    /// The id of a guide that ships inside the program, claimed by another.
    ReservedId = "reserved-id",
    /// A name that is taken.
    DuplicateId = "duplicate-id",
    /// A text that lacks one of the guide's languages.
    MissingLanguage = "missing-language",
    /// A text in a language that the guide does not have.
    UnknownLanguage = "unknown-language",
    /// An empty text.
    EmptyText = "empty-text",
    /// A label that is too wide for a menu.
    TooWide = "too-wide",
    /// A text that is too long for a small window.
    TooLong = "too-long",
    /// More of something than a guide may have.
    TooMany = "too-many",
    /// A reference to something that is not there.
    UnknownTarget = "unknown-target",
    /// An address, or a host in a text, that is not plainly on okx.com.
    BadAddress = "bad-address",
    /// A step that is of no kind, or of two.
    StepKind = "step-kind",
    /// A typed value that would be a secret.
    ForbiddenField = "forbidden-field",
    /// A text that asks for a secret.
    AsksForSecret = "asks-for-secret",
    /// Keys that exclude each other.
    BadCombination = "bad-combination",
    /// A word that the glossary replaces by another.
    OffGlossary = "off-glossary",
    /// A way through the guide that leads back to where it came from.
    Cycle = "cycle",
    /// A step, an outcome, a group or a text that is never shown.
    Unreachable = "unreachable",
    /// A rule that some walk breaks.
    RuleBroken = "rule-broken",
    /// A rule that no walk could break.
    RuleIdle = "rule-idle",
    /// A box or an end on a page that stands outside the guard of a rule.
    Unguarded = "unguarded",
    /// A rule, a step or an outcome that takes more states to decide than the proof may visit.
    TooTangled = "too-tangled",
    /// A question with one answer.
    OneAnswer = "one-answer",
    /// Two answers, or two cases, with the same label.
    EqualLabels = "equal-labels",
    /// A step whose whole text stands where a short name should.
    NoName = "no-name",
    /// A condition that holds wherever it is asked.
    AlwaysTrue = "always-true",
    /// A source that was read more than a year ago.
    OldSource = "old-source",
    /// An outcome that may name more things to do than a person keeps in mind.
    LongNext = "long-next",
}

impl Code {
    /// Whether a guide with such a finding can be used all the same.
    #[must_use]
    pub fn is_warning(self) -> bool {
        matches!(
            self,
            Code::OneAnswer
                | Code::EqualLabels
                | Code::NoName
                | Code::AlwaysTrue
                | Code::OldSource
                | Code::LongNext
        )
    }
}

/// One thing that is wrong with a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which kind of thing.
    pub code: Code,
    /// The bytes of the file that it is about.
    pub at: Range<usize>,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do about it, without a full stop.
    pub help: String,
    /// Another place in the file that has to do with it, such as that of the first of two.
    pub other: Option<Range<usize>>,
}

/// Where findings are collected while a guide is read.
#[derive(Default)]
pub(super) struct Findings(RefCell<Vec<Finding>>);

impl Findings {
    /// Notes a finding.
    pub fn add(
        &self,
        code: Code,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add_with(code, at, message, help, None);
    }

    /// Notes a finding that has to do with another place, too.
    pub fn add_with(
        &self,
        code: Code,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
        other: Option<Range<usize>>,
    ) {
        let (message, help) = (message.into(), help.into());
        self.0.borrow_mut().push(Finding {
            code,
            at,
            message,
            help,
            other,
        });
    }

    /// Whether a finding of this kind says so.
    pub fn has(&self, code: Code, message: &str, help: &str) -> bool {
        let found = self.0.borrow();
        let mut of_kind = found.iter().filter(|f| f.code == code);
        of_kind.any(|f| f.message.ends_with(message) && f.help == help)
    }

    /// Whether nothing was found that makes the guide unusable.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().iter().all(|f| f.code.is_warning())
    }

    /// How much was found.
    pub fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// The errors, in the order of the file; where there is none, the warnings.
    pub fn report(self, name: &str, source: &str) -> Report {
        let refused = !self.is_empty();
        let mut findings = self.0.into_inner();
        findings.retain(|f| !refused || !f.code.is_warning());
        findings.sort_by_key(|f| (f.at.start, f.at.end));
        findings.dedup();
        Report {
            name: tame(name).into_owned(),
            source: source.to_owned(),
            findings,
        }
    }
}

/// Where steps, outcomes and cases are named in the file.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Of each step.
    pub steps: IdVec<StepId, Range<usize>>,
    /// Of each outcome.
    pub outcomes: IdVec<OutcomeId, Range<usize>>,
    /// Of each case.
    pub cases: IdVec<CaseId, Range<usize>>,
    /// Of the condition of each step that has one.
    pub conditions: IdVec<StepId, Option<Range<usize>>>,
    /// Of the condition of each group that has one.
    pub group_conditions: IdVec<GroupId, Option<Range<usize>>>,
}

/// What was found in a file.
#[derive(Debug, Clone)]
pub struct Report {
    name: String,
    source: String,
    findings: Vec<Finding>,
}

/// Why a file is not a guide: all errors at once, at least one.
#[derive(Debug, Clone)]
pub struct Refused(pub(super) Report);

impl std::ops::Deref for Refused {
    type Target = Report;

    fn deref(&self) -> &Report {
        &self.0
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Report {
    /// The findings, in the order of the file.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The line and the column of a finding, both from 1; the column counts characters.
    #[must_use]
    pub fn position(&self, finding: &Finding) -> (usize, usize) {
        let before = &self.source[..finding.at.start.min(self.source.len())];
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        (
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }
}

impl fmt::Display for Report {
    /// Each finding with its code, its place, the line with a caret below, and what to do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let renderer = Renderer::plain();
        for finding in self.findings.iter().take(MAX_SHOWN) {
            let level = if finding.code.is_warning() {
                Level::WARNING
            } else {
                Level::ERROR
            };
            let title = level.primary_title(tame(&finding.message));
            let group = Group::with_title(title.id(finding.code.id()));
            let group = group.element(self.snippet(&finding.at, AnnotationKind::Primary));
            let other = finding.other.iter();
            let other = other.map(|at| self.snippet(at, AnnotationKind::Context));
            let group = other.fold(group, Group::element);
            let group = group.element(Level::HELP.message(tame(&finding.help)));
            writeln!(f, "{}\n", renderer.render(&[group]))?;
        }
        let (shown, all) = (self.findings.len().min(MAX_SHOWN), self.findings.len());
        let plural = if all == 1 { "" } else { "s" };
        write!(f, "{all} finding{plural} in {}", self.name)?;
        if shown < all {
            write!(f, ", the first {shown} of them shown")?;
        }
        Ok(())
    }
}

impl Report {
    /// The line of a place, with the place marked.
    fn snippet(&self, at: &Range<usize>, kind: AnnotationKind) -> Snippet<'_, Annotation<'_>> {
        let (text, start) = self.line_around(at.start);
        let caret = |at: usize| at.clamp(start, start + text.len()) - start;
        let line = self.source[..start].matches('\n').count() + 1;
        Snippet::source(text)
            .path(self.name.as_str())
            .line_start(line)
            .annotation(kind.span(caret(at.start)..caret(at.end)))
    }

    /// The line that a place is on, without its newline, and where it starts. Very long lines are
    /// cut around the place, so that a file of one line is not printed whole.
    fn line_around(&self, at: usize) -> (&str, usize) {
        const AROUND: usize = 300;
        let at = at.min(self.source.len());
        let start = self.source[..at].rfind('\n').map_or(0, |n| n + 1);
        let end = self.source[at..]
            .find(['\n', '\r'])
            .map_or(self.source.len(), |n| at + n);
        let start = start.max(self.source.floor_char_boundary(at.saturating_sub(AROUND)));
        let end = end.min(
            self.source
                .ceil_char_boundary((at + AROUND).min(self.source.len())),
        );
        (&self.source[start..end.max(start)], start)
    }
}

impl std::error::Error for Refused {}
