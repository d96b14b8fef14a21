//! The languages that the user's system asks for.

use std::env;

/// Language tags, the most wanted first: what `LC_ALL`, `LC_MESSAGES` or `LANG` says, the first
/// of them that is set; where none is, what the system says. `C` and `POSIX` name no language.
pub fn tags() -> impl Iterator<Item = String> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    let system = if set.is_none() {
        sys_locale::get_locale()
    } else {
        None
    };
    set.or(system).into_iter()
}
