//! The guide that ships inside the program.

use crate::guide::Guide;

/// The guide's own text, for `guide show` and for checking it again.
pub const SOURCE: &str = include_str!("../guides/okx-verification.toml");
/// What messages call it.
pub const NAME: &str = "guides/okx-verification.toml";

/// Its scenarios: the name and the text of each file.
pub const SCENARIOS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// For each case, what its page needs of the guide.
const PAGES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// What the page of a case needs of the guide that ships: enough to print it, and nothing more. To
/// unpack the whole guide takes several times as long. Nothing where there is no such case.
///
/// # Panics
/// Never, as [`guide`].
#[must_use]
pub fn page(case: &str) -> Option<Guide> {
    let (_, packed) = PAGES.iter().find(|(id, _)| *id == case)?;
    let parts = postcard::from_bytes(packed).expect("packed by the build script");
    Some(Guide::trusted(parts))
}

/// The guide that ships, as the build script checked and packed it.
///
/// # Panics
/// Never: the packed form was written by the same build from the same types.
#[must_use]
pub fn guide() -> Guide {
    const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/guide.bin"));
    Guide::trusted(postcard::from_bytes(PACKED).expect("packed by the build script"))
}
