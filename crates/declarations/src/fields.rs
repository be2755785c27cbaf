//! The fields of an item: their names, their grammars and where they are kept.
//!
//! One table serves the readers of all formats and the inheritance from header and consignment.

use crate::item::{Document, Item, Party};
use crate::values::Rule;

/// A field that holds one text.
#[derive(Debug)]
pub(crate) struct TextField {
    pub(crate) name: &'static str,
    pub(crate) rule: Rule,
    pub(crate) slot: fn(&mut Item) -> &mut Option<String>,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    Kilograms,
    Euro,
    Whole,
    Plain,
}

/// A field that holds one number.
#[derive(Debug)]
pub(crate) struct NumberField {
    pub(crate) name: &'static str,
    pub(crate) measure: Measure,
    pub(crate) slot: fn(&mut Item) -> &mut Option<f64>,
}

/// A field that holds a party.
#[derive(Debug)]
pub(crate) struct PartyField {
    pub(crate) name: &'static str,
    pub(crate) slot: fn(&mut Item) -> &mut Option<Party>,
}

/// A field of a party.
#[derive(Debug)]
pub(crate) struct PartField {
    pub(crate) name: &'static str,
    pub(crate) rule: Rule,
    pub(crate) slot: fn(&mut Party) -> &mut Option<String>,
}

/// A field that holds documents or references.
#[derive(Debug)]
pub(crate) struct DocumentsField {
    pub(crate) name: &'static str,
    pub(crate) slot: fn(&mut Item) -> &mut Vec<Document>,
}

/// Defines text fields and the list of all of them.
macro_rules! texts {
    ($($constant:ident $name:literal $field:ident $rule:expr;)*) => {
        $(pub(crate) static $constant: TextField =
            TextField { name: $name, rule: $rule, slot: |item| &mut item.$field };)*
        /// Every text field.
        pub(crate) static TEXTS: &[&TextField] = &[$(&$constant),*];
    };
}

const fn code(shortest: usize, longest: usize, expected: &'static str) -> Rule {
    Rule::Code { shortest, longest, expected }
}

const TWO: &str = "two letters or digits";

texts! {
    MRN "mrn" mrn Rule::Mrn;
    ACCEPTED "accepted" accepted Rule::Accepted;
    TYPE "type" declaration_type code(1, 3, "one to three letters, such as `EX`");
    ADDITIONAL_TYPE "additional_type" additional_type code(1, 1, "one letter");
    PROCEDURE "procedure" procedure code(2, 2, TWO);
    PREVIOUS_PROCEDURE "previous_procedure" previous_procedure code(2, 2, TWO);
    OFFICE_OF_EXPORT "office_of_export" office_of_export Rule::Office;
    OFFICE_OF_EXIT "office_of_exit" office_of_exit Rule::Office;
    COUNTRY_OF_EXPORT "country_of_export" country_of_export Rule::Country;
    COUNTRY_OF_DESTINATION "country_of_destination" country_of_destination Rule::Country;
    COUNTRY_OF_ORIGIN "country_of_origin" country_of_origin Rule::Country;
    DESCRIPTION "description" description Rule::Text;
    CN8 "cn8" cn8 Rule::Cn8;
    TARIC "taric" taric code(10, 10, "a TARIC code of ten digits");
    CUS "cus" cus Rule::Cus;
    INVOICE_CURRENCY "invoice_currency" invoice_currency code(3, 3, "three letters, such as `EUR`");
    MODE_AT_BORDER "mode_at_border" mode_at_border code(1, 1, "one digit");
    CONTAINER "container" container code(1, 1, "`0` or `1`");
    NATURE_OF_TRANSACTION "nature_of_transaction" nature_of_transaction code(1, 2, "one or two digits");
}

/// Defines number fields and the list of all of them.
macro_rules! numbers {
    ($($constant:ident $name:literal $field:ident $measure:ident;)*) => {
        $(pub(crate) static $constant: NumberField = NumberField {
            name: $name, measure: Measure::$measure, slot: |item| &mut item.$field
        };)*
        /// Every number field.
        pub(crate) static NUMBERS: &[&NumberField] = &[$(&$constant),*];
    };
}

numbers! {
    NET_MASS "net_mass" net_mass Kilograms;
    GROSS_MASS "gross_mass" gross_mass Kilograms;
    SUPPLEMENTARY_UNITS "supplementary_units" supplementary_units Plain;
    STATISTICAL_VALUE "statistical_value" statistical_value Euro;
    INVOICE_AMOUNT "invoice_amount" invoice_amount Plain;
    PACKAGES "packages" packages Whole;
}

/// Defines the parties and the list of all of them.
macro_rules! parties {
    ($($constant:ident $name:literal $field:ident;)*) => {
        $(pub(crate) static $constant: PartyField =
            PartyField { name: $name, slot: |item| &mut item.$field };)*
        /// Every party.
        pub(crate) static PARTIES: &[&PartyField] = &[$(&$constant),*];
    };
}

parties! {
    EXPORTER "exporter" exporter;
    CONSIGNOR "consignor" consignor;
    CONSIGNEE "consignee" consignee;
    DECLARANT "declarant" declarant;
    REPRESENTATIVE "representative" representative;
}

/// Every field of a party, in the order in which a format's own names are listed.
pub(crate) static PARTS: [PartField; 6] = [
    PartField { name: "name", rule: Rule::Text, slot: |party| &mut party.name },
    PartField { name: "eori", rule: Rule::Eori, slot: |party| &mut party.eori },
    PartField { name: "street", rule: Rule::Text, slot: |party| &mut party.street },
    PartField { name: "postcode", rule: Rule::Text, slot: |party| &mut party.postcode },
    PartField { name: "city", rule: Rule::Text, slot: |party| &mut party.city },
    PartField { name: "country", rule: Rule::Country, slot: |party| &mut party.country },
];

pub(crate) static DOCUMENTS: DocumentsField =
    DocumentsField { name: "documents", slot: |item| &mut item.documents };
pub(crate) static REFERENCES: DocumentsField =
    DocumentsField { name: "references", slot: |item| &mut item.references };
/// Every field that holds documents.
pub(crate) static DOCUMENT_LISTS: [&DocumentsField; 2] = [&DOCUMENTS, &REFERENCES];

/// The name of the countries of routing.
pub(crate) const ROUTING: &str = "routing";
/// The name of the other actors of the supply chain.
pub(crate) const ACTORS: &str = "actors";
