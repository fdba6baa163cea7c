//! Globs, as far as they are judged before something reads them.

/// The most alternatives within alternatives that a glob may have: who reads it calls itself for each.
const MOST_NESTING: usize = 16;

/// Whether a glob's braces are not nested too deep to be read.
pub fn is_flat(glob: &str) -> bool {
    let mut depth = 0_usize;
    let mut characters = glob.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => drop(characters.next()),
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MOST_NESTING {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_flat;

    #[test]
    fn braces_are_counted() {
        for (glob, flat) in [
            ("a/{b,c}/**".to_owned(), true),
            ("{a,".repeat(16), true),
            ("{a,".repeat(17), false),
            ("\\{a,".repeat(17), true),
            ("{a}".repeat(99), true),
        ] {
            assert_eq!(is_flat(&glob), flat, "{glob}");
        }
    }
}
