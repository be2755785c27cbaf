//! One goods item of an export declaration, with the values of its header and consignment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

/// From which level of the message a value comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// From the declaration's header: holds for everything declared.
    Header,
    /// From the goods shipment or its consignment: holds for every item that says nothing else.
    Consignment,
    /// From the goods item itself.
    Item,
}

/// A goods item; as JSON nested under the names of the fields, absent fields left out.
///
/// The numbers in parentheses are the data elements of Delegated Regulation (EU) 2015/2446
/// Annex B. Texts are trimmed, runs of white space are one space. Numbers have at most 15
/// digits, so that none is rounded. Read from a message, every value keeps to its field's grammar
/// or is absent. Unknown names in JSON are passed over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// Movement reference number of the declaration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mrn: Option<String>,
    /// Goods item number (11 03), 1 to 99,999.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_number: Option<u32>,
    /// Day or instant of acceptance (15 09): `2026-03-02` or `2026-03-02T08:41:07+01:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
    /// Declaration type (11 01): `EX`, `CO`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub declaration_type: Option<String>,
    /// Additional declaration type (11 02): `A` to `Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_type: Option<String>,
    /// Requested procedure (11 09): `10`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure: Option<String>,
    /// Previous procedure (11 09): `00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_procedure: Option<String>,
    /// Customs office of export (17 02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office_of_export: Option<String>,
    /// Customs office of exit as declared (17 01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office_of_exit: Option<String>,
    /// Country of export (16 07).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_of_export: Option<String>,
    /// Country of destination (16 03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_of_destination: Option<String>,
    /// Country of non-preferential origin (16 08).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_of_origin: Option<String>,
    /// Countries of routing (16 12), in the order of travel.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routing: Vec<String>,
    /// Exporter (13 01).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exporter: Option<Party>,
    /// Consignor (13 02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consignor: Option<Party>,
    /// Consignee (13 03).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consignee: Option<Party>,
    /// Declarant (13 05).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declarant: Option<Party>,
    /// Representative (13 06).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub representative: Option<Party>,
    /// Description of the goods (18 05), at most 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Commodity code (18 09): eight digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cn8: Option<String>,
    /// TARIC code (18 09): ten digits, of which the first eight are `cn8`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taric: Option<String>,
    /// CUS code of a chemical (18 08): `0010164-4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cus: Option<String>,
    /// Net mass (18 01) in kilograms.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub net_mass: Option<f64>,
    /// Gross mass of the item (18 04) in kilograms; never the consignment's total.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub gross_mass: Option<f64>,
    /// Quantity in the supplementary unit of the commodity code (18 02).
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub supplementary_units: Option<f64>,
    /// Statistical value (99 06) in euro.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub statistical_value: Option<f64>,
    /// Total amount invoiced for the whole declaration (14 06), in `invoice_currency`.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub invoice_amount: Option<f64>,
    /// Invoice currency (14 05), ISO 4217.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice_currency: Option<String>,
    /// Packages of the item (18 06), all kinds together.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub packages: Option<f64>,
    /// Mode of transport at the border (19 03): `1` sea to `9` own propulsion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode_at_border: Option<String>,
    /// Whether the goods travel in containers (19 01): `0` no, `1` yes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// Nature of the transaction (99 05): `11`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nature_of_transaction: Option<String>,
    /// Supporting documents (12 03), licences among them: the item's, then the consignment's,
    /// then the header's, since a document above the item holds for it too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// Additional references (12 04): the `Y` codes, gathered like `documents`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Document>,
    /// Other actors of the supply chain (13 14), gathered like `documents`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<Actor>,
    /// Where each value comes from, by the field with its dots: `consignee.name`, `documents.0`.
    ///
    /// Not part of the JSON, whose names are those of a declaration.
    #[serde(skip)]
    pub sources: BTreeMap<String, Source>,
}

/// An economic operator with its address; a declaration may give only the number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// Name, at most 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Registration and identification number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eori: Option<String>,
    /// Street and number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// Postcode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Country: ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// A document or additional reference that the declaration cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The code of the document: `X060`, `Y901`.
    #[serde(rename = "type")]
    pub code: String,
    /// Its number; absent where the code alone is the statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// Another actor of the supply chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The role: `CS` consolidator, `FW` freight forwarder, `MF` manufacturer, `WH` warehouse
    /// keeper.
    pub role: String,
    /// The actor's identification number, as declared.
    pub id: String,
}

impl Item {
    /// The subheading of the harmonised system: the first six digits of `cn8`.
    pub fn hs6(&self) -> Option<&str> {
        self.cn8.as_deref().and_then(|code| code.get(..6))
    }

    /// The heading of the harmonised system: the first four digits of `cn8`.
    pub fn hs4(&self) -> Option<&str> {
        self.cn8.as_deref().and_then(|code| code.get(..4))
    }

    /// The chapter of the harmonised system: the first two digits of `cn8`.
    pub fn chapter(&self) -> Option<&str> {
        self.cn8.as_deref().and_then(|code| code.get(..2))
    }

    /// Statistical value per kilogram of net mass, in euro; absent where either is absent or the
    /// mass is zero.
    pub fn value_per_kg(&self) -> Option<f64> {
        ratio(self.statistical_value, self.net_mass)
    }

    /// Statistical value per supplementary unit, in euro; absent where either is absent or the
    /// quantity is zero.
    pub fn value_per_unit(&self) -> Option<f64> {
        ratio(self.statistical_value, self.supplementary_units)
    }

    /// Where the value of `field` comes from, by the field with its dots (`consignee.name`);
    /// `None` where the value is absent or was not read from a message.
    pub fn source(&self, field: &str) -> Option<Source> {
        self.sources.get(field).copied()
    }
}

fn ratio(value: Option<f64>, quantity: Option<f64>) -> Option<f64> {
    let quantity = quantity.filter(|quantity| *quantity > 0.0)?;
    Some(value? / quantity)
}

/// Writes whole numbers without `.0`, as people write them.
#[expect(clippy::ref_option, reason = "the signature that serde asks for")]
fn number<S: Serializer>(number: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match number {
        None => serializer.serialize_none(),
        Some(number) if number.fract() == 0.0 && (0.0..1e15).contains(number) => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole, not negative and below 10^15"
            )]
            let whole = *number as u64;
            serializer.serialize_u64(whole)
        }
        Some(number) => serializer.serialize_f64(*number),
    }
}
