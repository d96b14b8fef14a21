//! What the lines of a menu look like.

use dialoguer::theme::Theme;
use std::fmt;

/// The cursor is marked by a sign that every font has, and its option is bold, which can be read on
/// any background. Each line of an option is styled by itself, because it is drawn by itself.
pub struct Theming {
    pub colour: bool,
}

impl Theming {
    fn item(&self, f: &mut dyn fmt::Write, text: &str, sign: &str, active: bool) -> fmt::Result {
        let style = console::Style::new()
            .for_stderr()
            .force_styling(self.colour);
        let style = if active { style.bold() } else { style };
        let cursor = if active { "❯" } else { " " };
        for (n, line) in text.split('\n').enumerate() {
            if n > 0 {
                f.write_char('\n')?;
            }
            let line = match n {
                0 => format!("{cursor} {sign}{line}"),
                _ => format!("  {}{line}", " ".repeat(sign.len())),
            };
            write!(f, "{}", style.apply_to(line))?;
        }
        Ok(())
    }
}

impl Theme for Theming {
    fn format_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        text: &str,
        active: bool,
    ) -> fmt::Result {
        self.item(f, text, "", active)
    }

    fn format_multi_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        text: &str,
        checked: bool,
        active: bool,
    ) -> fmt::Result {
        self.item(f, text, if checked { "[x] " } else { "[ ] " }, active)
    }
}
