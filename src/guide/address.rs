//! Which addresses a guide may name.

/// Whether an address is plainly one on okx.com: `https://`, then `okx.com` or a name that ends in
/// `.okx.com`, then at most a path, a query and a fragment of unreserved characters. Everything
/// that two readers of an address could understand differently (a user, a port, a backslash,
/// letters beyond ASCII, punycode, an encoded dot) is refused instead of being interpreted.
pub(super) fn is_okx_address(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://") else {
        return false;
    };
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let label = |l: &str| {
        !l.is_empty()
            && !l.starts_with("xn--")
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let mut labels: Vec<&str> = host.split('.').collect();
    let domain = labels.split_off(labels.len().saturating_sub(2));
    domain == ["okx", "com"]
        && labels.into_iter().all(label)
        && path
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/?#-._~=&".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::is_okx_address;

    #[test]
    fn only_plain_okx_addresses_pass() {
        for good in [
            "https://okx.com",
            "https://www.okx.com/help/why-did-my-identity-verification-fail",
            "https://www.okx.com/support-center?from=a#b",
        ] {
            assert!(is_okx_address(good), "{good}");
        }
        for bad in [
            "http://www.okx.com/",
            "https://okx.com.evil.example/",
            "https://evilokx.com/",
            "https://okx.com@evil.example/",
            "https://okx.com:443/",
            "https://www.okx.com\\@evil.example",
            "https://www.okx.com%2eevil.example/",
            "https://xn--okx.okx.com/",
            "https://оkx.com/",
            "https://www..okx.com/",
            "https://WWW.okx.com/",
            "https://okx.com/\u{202e}",
            "//okx.com",
            "",
        ] {
            assert!(!is_okx_address(bad), "{bad}");
        }
    }
}
