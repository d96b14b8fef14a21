//! What the locale says: the languages that the user wants, the charset of the terminal.

use crate::words::{self, Words};
use std::env;
use std::ffi::OsString;

/// The program's words before there is a guide: in the language of the last `--lang` among the
/// arguments, whether or not these parse, else in that of the locale.
pub fn words(args: impl IntoIterator<Item = OsString>) -> &'static Words {
    let mut asked = None;
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        if arg == "--" {
            break;
        }
        let value = match arg.to_str() {
            Some("--lang") => args.next(),
            Some(arg) => arg.strip_prefix("--lang=").map(OsString::from),
            None => None,
        };
        let value = value.and_then(|value| value.into_string().ok());
        asked = value.or(asked);
    }
    let mut tags = asked.into_iter().chain(tags());
    let found = tags.find_map(|tag| words::find(&tag));
    found.unwrap_or(&words::LANGUAGES[0])
}

/// Language tags, the most wanted first: what `LC_ALL`, `LC_MESSAGES` or `LANG` says, the first
/// of them that is set; where none is, what the system says. `C` and `POSIX` name no language.
pub fn tags() -> impl Iterator<Item = String> {
    let set = first_of(["LC_ALL", "LC_MESSAGES", "LANG"]);
    set.or_else(of_system).into_iter()
}

/// Whether the locale's encoding is UTF-8, or not known: `false` where `LC_ALL`, `LC_CTYPE` or
/// `LANG`, the first of them that is set, names another one. Output is UTF-8 in any case.
#[must_use]
pub fn is_utf8() -> bool {
    let set = first_of(["LC_ALL", "LC_CTYPE", "LANG"]).unwrap_or_default();
    let encoding = set.split_once('.').map(|(_, encoding)| encoding);
    let encoding = encoding.and_then(|encoding| encoding.split('@').next());
    encoding.is_none_or(|encoding| encoding.replace('-', "").eq_ignore_ascii_case("utf8"))
}

fn first_of(names: [&str; 3]) -> Option<String> {
    let set = names.into_iter().map(|name| env::var(name).ok());
    set.flatten().find(|value| !value.is_empty())
}

#[cfg(any(windows, target_vendor = "apple"))]
fn of_system() -> Option<String> {
    sys_locale::get_locale()
}

/// Elsewhere the variables are all there is.
#[cfg(not(any(windows, target_vendor = "apple")))]
fn of_system() -> Option<String> {
    None
}
