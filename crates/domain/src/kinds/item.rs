//! The goods and the parties of a declaration, as forms hold them.
//!
//! Names and meaning are those of the declaration item (interfaces §2, EUCDM data elements), so
//! that a form is filled from a message without translation.

use crate::form::{Count, Quantity, Text, form};
use catalogue::codes::{Cn8, ControlCode, Country, CustomsOffice, DocumentCode, Eori, Mrn};

form! {
    /// A party to a declaration.
    pub struct Party = "party" {
        /// Name (13 01 016, 13 03 016).
        [summary] name: Option<Text<300>>,
        /// EORI number.
        eori: Option<Eori>,
        /// Street and number.
        street: Option<Text<200>>,
        /// Postcode.
        postcode: Option<Text<40>>,
        /// City.
        city: Option<Text<100>>,
        /// Country.
        country: Option<Country>,
    }
}

form! {
    /// A document or reference that a declaration names (12 03, 12 04).
    pub struct DocumentReference = "document-reference" {
        /// Its type, such as X060.
        r#type: DocumentCode,
        /// Its number.
        reference: Option<Text<70>>,
    }
}

form! {
    /// Another actor of the supply chain (13 14).
    pub struct ChainActor = "chain-actor" {
        /// Its role.
        role: Text<10>,
        /// Its number.
        id: Text<35>,
    }
}

form! {
    /// One goods item of a declaration.
    pub struct Item = "item" {
        /// Movement reference number of the declaration.
        [summary] mrn: Option<Mrn>,
        /// Number of the item in the declaration (11 03).
        item_number: Option<Count>,
        /// The goods in the words of the declaration (18 05).
        [summary] description: Text<5000>,
        /// Commodity code (18 09).
        [summary] cn8: Option<Cn8>,
        /// Entry of Annex I as declared or suspected.
        [summary] control_code: Option<ControlCode>,
        /// Exporter (13 01).
        [summary] exporter: Option<Party>,
        /// Consignee (13 03).
        [summary] consignee: Option<Party>,
        /// Country of destination (16 03).
        [summary] country_of_destination: Option<Country>,
        /// Net mass in kilograms (18 01).
        net_mass: Option<Quantity>,
        /// Gross mass in kilograms (18 04).
        gross_mass: Option<Quantity>,
        /// Quantity in supplementary units (18 02).
        supplementary_units: Option<Quantity>,
        /// Statistical value in euro (99 06).
        statistical_value: Option<Quantity>,
        /// Documents and references (12 03, 12 04).
        documents: Option<Vec<DocumentReference>>,
        /// When the declaration was accepted (15 09): a day or an instant, as the message gives it.
        accepted: Option<Text<40>>,
        /// Type of declaration.
        r#type: Option<Text<5>>,
        /// Additional type of declaration.
        additional_type: Option<Text<5>>,
        /// Procedure (11 09).
        procedure: Option<Text<5>>,
        /// Previous procedure.
        previous_procedure: Option<Text<5>>,
        /// Customs office of export (17 02).
        office_of_export: Option<CustomsOffice>,
        /// Customs office of exit (17 01).
        office_of_exit: Option<CustomsOffice>,
        /// Country of export (16 07).
        country_of_export: Option<Country>,
        /// Country of origin (16 08).
        country_of_origin: Option<Country>,
        /// Countries of routing (16 12).
        routing: Option<Vec<Country>>,
        /// TARIC code.
        taric: Option<Text<20>>,
        /// CUS code of a chemical (18 08).
        cus: Option<Text<20>>,
        /// Invoice amount.
        invoice_amount: Option<Quantity>,
        /// Invoice currency.
        invoice_currency: Option<Text<3>>,
        /// Packages (18 06).
        packages: Option<Text<200>>,
        /// Mode of transport at the border (19 03).
        mode_at_border: Option<Text<5>>,
        /// Whether the goods are in a container.
        container: Option<Text<20>>,
        /// Nature of the transaction (99 05).
        nature_of_transaction: Option<Text<5>>,
        /// Consignor.
        consignor: Option<Party>,
        /// Declarant (13 05).
        declarant: Option<Party>,
        /// Representative (13 06).
        representative: Option<Party>,
        /// Other references.
        references: Option<Vec<DocumentReference>>,
        /// Other actors of the supply chain (13 14).
        actors: Option<Vec<ChainActor>>,
    }
}
