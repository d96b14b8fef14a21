//! Which addresses a guide may name.

/// Whether an address is plainly on one of these hosts: `https://`, then the host or a name below it,
/// then at most a path, a query and a fragment of unreserved characters. Everything
/// that two readers of an address could understand differently (a user, a port, a backslash,
/// letters beyond ASCII, punycode, an encoded dot) is refused instead of being interpreted.
pub(super) fn is_on(hosts: &[String], address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://") else {
        return false;
    };
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    is_host(host)
        && is_below(hosts, host)
        && path
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/?#-._~=&".contains(&b))
}

/// Whether a name is one of these hosts, or below one of them.
pub(super) fn is_below(hosts: &[String], name: &str) -> bool {
    hosts.iter().any(|host| {
        let below = name.strip_suffix(host.as_str());
        below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
    })
}

/// Whether a name is plainly that of a host: two labels or more of small letters, digits and dashes,
/// none of them in punycode.
pub(super) fn is_host(name: &str) -> bool {
    let label = |l: &str| {
        !l.is_empty()
            && !l.starts_with("xn--")
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    name.contains('.') && name.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::is_on;

    fn is_okx_address(address: &str) -> bool {
        is_on(&["okx.com".to_owned()], address)
    }

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
