//! The WCO's `Declaration` as customs management systems use it (DMS): which element is which
//! field.
//!
//! Source: the WCO data model 3.6 with the data elements of Delegated Regulation (EU) 2015/2446
//! Annex B, as national systems publish it.

use crate::draft::{Draft, Group};
use crate::error::MessageError;
use crate::fields::{self, PartyField, TextField};
use crate::item::Source;
use crate::message::Form;
use crate::values::Value;

/// The paths of a party's values in the order of [`fields::PARTS`].
const PARTY: [&str; 6] =
    ["Name", "ID", "Address/Line", "Address/PostcodeID", "Address/CityName", "Address/CountryCode"];

/// The reader of the WCO's `Declaration`.
#[derive(Debug, Default)]
pub(crate) struct Dms {
    /// The commodity code of the current item, until its TARIC part has been seen too.
    commodity: Option<Value>,
    /// The digits behind the commodity code that make it a TARIC code.
    taric: Option<Value>,
}

/// The party that an element names.
fn party(name: &str) -> Option<&'static PartyField> {
    match name {
        "Exporter" => Some(&fields::EXPORTER),
        "Consignor" => Some(&fields::CONSIGNOR),
        "Consignee" => Some(&fields::CONSIGNEE),
        "Declarant" => Some(&fields::DECLARANT),
        "Agent" => Some(&fields::REPRESENTATIVE),
        _ => None,
    }
}

/// The text field that an element holds, by its path below its level.
fn text(level: Source, path: &[&str]) -> Option<&'static TextField> {
    match path {
        ["ID"] if level == Source::Header => Some(&fields::MRN),
        ["AcceptanceDateTime", "DateTimeString"] => Some(&fields::ACCEPTED),
        ["DeclarationOfficeID"] => Some(&fields::OFFICE_OF_EXPORT),
        ["ExitOffice", "ID"] => Some(&fields::OFFICE_OF_EXIT),
        ["TransactionNatureCode"] => Some(&fields::NATURE_OF_TRANSACTION),
        ["ExportCountry", "ID"] => Some(&fields::COUNTRY_OF_EXPORT),
        ["Destination", "CountryCode"] => Some(&fields::COUNTRY_OF_DESTINATION),
        ["ContainerCode"] => Some(&fields::CONTAINER),
        ["BorderTransportMeans", "ModeCode"] => Some(&fields::MODE_AT_BORDER),
        ["Commodity", "Description"] => Some(&fields::DESCRIPTION),
        _ => None,
    }
}

/// Takes declaration type and additional type, which stand in one element: `EXA`.
fn declaration_type(draft: &mut Draft, value: &Value) -> Result<(), MessageError> {
    if value.text.starts_with("IM") {
        return Err(MessageError::OtherMessage {
            at: value.at,
            name: "WCO DMS".to_owned(),
            meaning: Some("import declaration"),
        });
    }
    let (kind, additional) = value.text.split_at_checked(2).unwrap_or((&value.text, ""));
    draft.text(Source::Header, &fields::TYPE, &value.with_text(kind));
    draft.text(Source::Header, &fields::ADDITIONAL_TYPE, &value.with_text(additional));
    Ok(())
}

/// Takes a document, whose code stands in two elements: `X` and `060`. Codes with `Y` are
/// additional references.
fn document(draft: &mut Draft, level: Source, group: &Group) {
    let category = group.text("CategoryCode");
    let code = Value::at(group.at, format!("{category}{}", group.text("TypeCode")));
    let field = if category == "Y" { &fields::REFERENCES } else { &fields::DOCUMENTS };
    draft.document(level, field, &code, group.get("ID"));
}

/// Takes the requested and the previous procedure. Additional procedures stand in elements of
/// the same name without a previous one and are left out.
fn procedure(draft: &mut Draft, level: Source, group: &Group) {
    if let (Some(current), Some(previous)) = (group.get("CurrentCode"), group.get("PreviousCode")) {
        draft.text(level, &fields::PROCEDURE, current);
        draft.text(level, &fields::PREVIOUS_PROCEDURE, previous);
    }
}

impl Dms {
    /// Remembers a commodity code, or takes a CUS code.
    fn classification(&mut self, draft: &mut Draft, level: Source, group: &Group) {
        let Some(id) = group.get("ID") else { return };
        match group.text("IdentificationTypeCode") {
            "TSP" => self.commodity = self.commodity.take().or_else(|| Some(id.clone())),
            "TRC" => self.taric = self.taric.take().or_else(|| Some(id.clone())),
            "CV" => draft.text(level, &fields::CUS, id),
            // Additional codes, national ones among them, are no fields of an item.
            _ => {}
        }
    }

    /// Takes commodity and TARIC code, once both have been seen.
    fn commodity(&mut self, draft: &mut Draft) {
        let taric = self.taric.take();
        let Some(commodity) = self.commodity.take() else { return };
        // Some systems put all ten digits into the first of the two.
        let (cn8, behind) = commodity.text.split_at_checked(8).unwrap_or((&commodity.text, ""));
        draft.text(Source::Item, &fields::CN8, &commodity.with_text(cn8));
        let behind = taric.map_or(behind.to_owned(), |taric| taric.text);
        if !behind.is_empty() {
            let code = commodity.with_text(format!("{cn8}{behind}"));
            draft.text(Source::Item, &fields::TARIC, &code);
        }
    }
}

impl Form for Dms {
    const ITEM: &'static [&'static str] = &["GoodsShipment", "GovernmentAgencyGoodsItem"];
    const SHIPMENT: &'static [&'static [&'static str]] =
        &[&["GoodsShipment", "Consignment"], &["GoodsShipment"], &["Consignment"]];

    fn is_group(path: &[&str]) -> bool {
        match path {
            ["Commodity", "Classification"] => true,
            [name] => {
                party(name).is_some()
                    || matches!(
                        *name,
                        "AdditionalDocument"
                            | "AEOMutualRecognitionParty"
                            | "Itinerary"
                            | "GovernmentProcedure"
                            | "Origin"
                    )
            }
            _ => false,
        }
    }

    fn value(
        &mut self,
        draft: &mut Draft,
        level: Source,
        path: &[&str],
        value: &Value,
    ) -> Result<(), MessageError> {
        if let Some(field) = text(level, path) {
            draft.text(level, field, value);
            return Ok(());
        }
        match (level, path) {
            (Source::Header, ["TypeCode"]) => declaration_type(draft, value)?,
            (Source::Header, ["FunctionalReferenceID"]) => draft.lrn(value),
            (Source::Header, ["InvoiceAmount"]) => {
                draft.number(level, &fields::INVOICE_AMOUNT, value);
                let currency = value.attribute("currencyID").unwrap_or_default();
                draft.text(level, &fields::INVOICE_CURRENCY, &value.with_text(currency));
            }
            (Source::Item, ["SequenceNumeric"]) => draft.item_number(value),
            (Source::Item, ["StatisticalValueAmount"]) => {
                draft.number(level, &fields::STATISTICAL_VALUE, value);
            }
            (Source::Item, ["Packaging", "QuantityQuantity"]) => {
                draft.packages(level, &fields::PACKAGES, value);
            }
            (Source::Item, ["Commodity", "GoodsMeasure", name]) => {
                let field = match *name {
                    "NetNetWeightMeasure" => &fields::NET_MASS,
                    "GrossMassMeasure" => &fields::GROSS_MASS,
                    "TariffQuantity" => &fields::SUPPLEMENTARY_UNITS,
                    _ => return Ok(()),
                };
                draft.number(level, field, value);
            }
            _ => {}
        }
        Ok(())
    }

    fn group(&mut self, draft: &mut Draft, level: Source, path: &[&str], group: &Group) {
        let name = path.last().copied().unwrap_or_default();
        if let Some(field) = party(name) {
            return draft.party(level, field, group, &PARTY);
        }
        match name {
            "Classification" => self.classification(draft, level, group),
            "AdditionalDocument" => document(draft, level, group),
            "AEOMutualRecognitionParty" => {
                draft.actor(level, group, group.get("RoleCode"), group.get("ID"));
            }
            "Itinerary" => {
                if let Some(country) = group.get("RoutingCountryCode") {
                    draft.routing(level, group.text("SequenceNumeric"), country);
                }
            }
            "GovernmentProcedure" => procedure(draft, level, group),
            // Type 1 is the non-preferential origin; others claim a preference.
            "Origin" if matches!(group.text("TypeCode"), "" | "1") => {
                if let Some(country) = group.get("CountryCode") {
                    draft.text(level, &fields::COUNTRY_OF_ORIGIN, country);
                }
            }
            _ => {}
        }
    }

    fn close_item_part(&mut self, draft: &mut Draft, path: &[&str]) {
        if path == ["Commodity"] {
            self.commodity(draft);
        }
    }
}
