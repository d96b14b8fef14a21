//! Whether a finished ticket still holds a secret.

use super::Ticket;
use super::short::in_lines;
use crate::redact;

impl Ticket {
    /// The secrets that still stand in the finished ticket: none, unless one is spread over several
    /// fields, or the guide's words beside a value make one of it. What is only perhaps one and was
    /// kept does not count. A ticket that holds any is not to be written. What a guide says by itself
    /// is no secret of the user's, whatever it looks like.
    ///
    /// Account and ticket numbers are left out: they have the shape of a card and of a code.
    #[must_use]
    pub fn leaks(&self) -> redact::Removed {
        let mut finished = self.clone();
        finished.fields.retain(|field| !field.has_form);
        let values = finished.fields.iter().map(|field| field.value.as_str());
        let values = values.chain(self.files.as_deref());
        let values: Vec<&str> = values.chain(self.note.as_deref()).collect();
        let mut leaks = redact::Removed::default();
        // Alone, for what stands before a value may explain it; together, for a seed phrase may be
        // typed in pieces; and all that is printed.
        for value in &values {
            leaks.add(&redact::scan_but(value, &self.kept));
        }
        let together = redact::scan(&values.join(" "));
        leaks.add(&together.of(|kind| kind == redact::Kind::SeedPhrase));
        if leaks.is_empty() {
            // A guide's word for a code beside six digits makes no code of those that were kept.
            let scan = |ticket: &Ticket| redact::scan(&self.kept.out_of(&in_lines(ticket)));
            let all = scan(&finished);
            finished.fields.retain(|field| !field.choices.is_empty());
            finished.note = None;
            if self.files.is_some() {
                finished.attach.clear();
            }
            leaks = all.beyond(&scan(&finished));
        }
        leaks
    }
}
