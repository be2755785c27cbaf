//! The 27 Member States, by the codes that the Union's institutions use (`EL` for Greece).

use std::fmt;
use std::str::FromStr;

use super::{Code, CodeError, Country};
use crate::text::serde_as_text;

/// What a State is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateNames {
    /// In English.
    pub en: &'static str,
    /// In German.
    pub de: &'static str,
    /// In French.
    pub fr: &'static str,
    /// In its own official languages.
    pub own: &'static [&'static str],
}

/// Writes the enum, its list, its codes and its names from one table.
macro_rules! states {
    ($($variant:ident $code:literal $en:literal $de:literal $fr:literal [$($own:literal)*];)*) => {
        /// A Member State of the Union.
        ///
        /// Written `EL` for Greece, as the institutions do; [`State::iso`] gives `GR`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum State {
            $(#[doc = $en] $variant,)*
        }

        impl State {
            /// All Member States, in the order of their codes.
            pub const ALL: [State; 27] = [$(State::$variant,)*];

            /// The code: `DE`, `EL`.
            pub const fn code(self) -> &'static str {
                match self { $(State::$variant => $code,)* }
            }

            /// What the State is called.
            pub const fn names(self) -> StateNames {
                match self {
                    $(State::$variant => {
                        StateNames { en: $en, de: $de, fr: $fr, own: &[$($own,)*] }
                    })*
                }
            }
        }
    };
}

states! {
    At "AT" "Austria" "Österreich" "Autriche" ["Österreich"];
    Be "BE" "Belgium" "Belgien" "Belgique" ["België" "Belgique" "Belgien"];
    Bg "BG" "Bulgaria" "Bulgarien" "Bulgarie" ["България"];
    Cy "CY" "Cyprus" "Zypern" "Chypre" ["Κύπρος" "Kıbrıs"];
    Cz "CZ" "Czechia" "Tschechien" "Tchéquie" ["Česko"];
    De "DE" "Germany" "Deutschland" "Allemagne" ["Deutschland"];
    Dk "DK" "Denmark" "Dänemark" "Danemark" ["Danmark"];
    Ee "EE" "Estonia" "Estland" "Estonie" ["Eesti"];
    El "EL" "Greece" "Griechenland" "Grèce" ["Ελλάδα"];
    Es "ES" "Spain" "Spanien" "Espagne" ["España"];
    Fi "FI" "Finland" "Finnland" "Finlande" ["Suomi" "Finland"];
    Fr "FR" "France" "Frankreich" "France" ["France"];
    Hr "HR" "Croatia" "Kroatien" "Croatie" ["Hrvatska"];
    Hu "HU" "Hungary" "Ungarn" "Hongrie" ["Magyarország"];
    Ie "IE" "Ireland" "Irland" "Irlande" ["Éire" "Ireland"];
    It "IT" "Italy" "Italien" "Italie" ["Italia"];
    Lt "LT" "Lithuania" "Litauen" "Lituanie" ["Lietuva"];
    Lu "LU" "Luxembourg" "Luxemburg" "Luxembourg" ["Lëtzebuerg"];
    Lv "LV" "Latvia" "Lettland" "Lettonie" ["Latvija"];
    Mt "MT" "Malta" "Malta" "Malte" ["Malta"];
    Nl "NL" "Netherlands" "Niederlande" "Pays-Bas" ["Nederland"];
    Pl "PL" "Poland" "Polen" "Pologne" ["Polska"];
    Pt "PT" "Portugal" "Portugal" "Portugal" ["Portugal"];
    Ro "RO" "Romania" "Rumänien" "Roumanie" ["România"];
    Se "SE" "Sweden" "Schweden" "Suède" ["Sverige"];
    Si "SI" "Slovenia" "Slowenien" "Slovénie" ["Slovenija"];
    Sk "SK" "Slovakia" "Slowakei" "Slovaquie" ["Slovensko"];
}

impl State {
    /// The Member State that is this country; absent for a country outside the Union.
    ///
    /// Both `GR` (ISO) and `EL` (the institutions' code) are Greece.
    pub fn from_country(country: Country) -> Option<Self> {
        country.as_str().parse().ok()
    }

    /// The country's ISO 3166-1 alpha-2 code, as declarations carry it: `GR` for Greece.
    pub const fn iso(self) -> &'static str {
        match self {
            State::El => "GR",
            other => other.code(),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for State {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let code = text.trim().to_ascii_uppercase();
        let code = if code == "GR" { "EL" } else { code.as_str() };
        State::ALL
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or_else(|| CodeError { code: Code::State, given: text.to_owned() })
    }
}

serde_as_text!(State);
