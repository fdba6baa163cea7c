//! Versions of Campaign, as the rules compare them.

/// The leading numbers of a release: 7.3.3.IMS is 7, 3, 3. Nothing where it does not begin with a number.
pub fn numbers(release: &str) -> Option<Vec<u64>> {
    let numbers: Vec<u64> = release
        .split('.')
        .map_while(|part| part.parse().ok())
        .collect();
    (!numbers.is_empty()).then_some(numbers)
}
