//! The names of countries and territories, for people to read; codes are what is compared.
//!
//! Source: Unicode CLDR territory names (Unicode licence v3), taken with the package Babel 2.18;
//! `XI` after customs usage.

use crate::codes::Country;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Columns `code,en,de,fr`.
const FILE: &str = include_str!("../../../data/countries.csv");

/// A country's name in the languages of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryName {
    /// In English.
    pub en: &'static str,
    /// In German.
    pub de: &'static str,
    /// In French.
    pub fr: &'static str,
}

static NAMES: LazyLock<BTreeMap<&'static str, CountryName>> = LazyLock::new(|| {
    // No name holds a comma or a quote; a test reads every line.
    let lines = FILE.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let code = cells.next()?;
        let name = CountryName { en: cells.next()?, de: cells.next()?, fr: cells.next()? };
        Some((code, name))
    });
    lines.collect()
});

/// The name of a country; none for a code that is of the right form and nobody's.
pub fn name(country: Country) -> Option<CountryName> {
    NAMES.get(country.as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_names_a_country_in_three_languages() {
        assert_eq!(NAMES.len(), FILE.lines().count() - 1);
        for line in FILE.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            assert!(cells.len() == 4 && cells.iter().all(|cell| !cell.is_empty()), "{line}");
            assert!(!line.contains('"'), "{line}");
            let code: Country = cells[0].parse().unwrap();
            assert_eq!(name(code).map(|name| name.en), Some(cells[1]));
        }
    }

    #[test]
    fn a_country_is_named_as_its_reader_calls_it() {
        let kazakhstan = name("KZ".parse().unwrap()).unwrap();
        assert_eq!(
            (kazakhstan.en, kazakhstan.de, kazakhstan.fr),
            ("Kazakhstan", "Kasachstan", "Kazakhstan")
        );
        assert_eq!(name("QQ".parse().unwrap()), None);
    }
}
