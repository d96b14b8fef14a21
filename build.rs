//! Checks the guide that ships and packs it, so that a broken guide does not build and a start
//! does not have to parse and prove it again.

use std::{env, error::Error, fs, path::Path};

#[allow(dead_code)]
#[path = "src/guide/mod.rs"]
mod guide;
#[allow(dead_code)]
#[path = "src/text.rs"]
mod text;

const GUIDE: &str = "guides/okx-verification.toml";

fn main() -> Result<(), Box<dyn Error>> {
    for input in [GUIDE, "src/guide", "src/text.rs"] {
        println!("cargo::rerun-if-changed={input}");
    }
    let bytes = fs::read(GUIDE).map_err(|e| format!("{GUIDE}: {e}"))?;
    match guide::Guide::load(GUIDE, &bytes) {
        Ok(guide) => {
            let packed = postcard::to_stdvec::<guide::Parts>(&guide)?;
            fs::write(Path::new(&env::var("OUT_DIR")?).join("guide.bin"), packed)?;
        }
        Err(refused) => {
            for line in refused.to_string().lines() {
                println!("cargo::error={line}");
            }
        }
    }
    Ok(())
}
