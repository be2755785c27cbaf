//! `CC515C`, the export declaration of the EU's automated export system: which element is which
//! field.
//!
//! Source: the structure and data elements of Delegated Regulation (EU) 2015/2446 Annex B. The
//! consignment's gross mass is not read, since it is the total and no item's own.

use crate::draft::{Draft, Group};
use crate::error::MessageError;
use crate::fields::{self, PartyField, TextField};
use crate::item::Source;
use crate::message::Form;
use crate::values::Value;

/// The paths of a party's values in the order of [`fields::PARTS`].
const PARTY: [&str; 6] = [
    "name",
    "identificationNumber",
    "Address/streetAndNumber",
    "Address/postcode",
    "Address/city",
    "Address/country",
];

/// The reader of `CC515C`.
#[derive(Debug)]
pub(crate) struct Cc515c;

/// The party that an element names.
fn party(name: &str) -> Option<&'static PartyField> {
    match name {
        "Exporter" => Some(&fields::EXPORTER),
        "Consignor" => Some(&fields::CONSIGNOR),
        "Consignee" => Some(&fields::CONSIGNEE),
        "Declarant" => Some(&fields::DECLARANT),
        "Representative" => Some(&fields::REPRESENTATIVE),
        _ => None,
    }
}

/// The text field that an element holds, by its path below its level.
fn text(path: &[&str]) -> Option<&'static TextField> {
    match path {
        ["ExportOperation", name] => match *name {
            "MRN" => Some(&fields::MRN),
            "declarationType" => Some(&fields::TYPE),
            "additionalDeclarationType" => Some(&fields::ADDITIONAL_TYPE),
            "declarationAcceptanceDate" => Some(&fields::ACCEPTED),
            "invoiceCurrency" => Some(&fields::INVOICE_CURRENCY),
            _ => None,
        },
        ["CustomsOfficeOfExport", "referenceNumber"] => Some(&fields::OFFICE_OF_EXPORT),
        ["CustomsOfficeOfExitDeclared", "referenceNumber"] => Some(&fields::OFFICE_OF_EXIT),
        ["natureOfTransaction"] => Some(&fields::NATURE_OF_TRANSACTION),
        ["countryOfExport"] => Some(&fields::COUNTRY_OF_EXPORT),
        ["countryOfDestination"] => Some(&fields::COUNTRY_OF_DESTINATION),
        ["containerIndicator"] => Some(&fields::CONTAINER),
        ["modeOfTransportAtTheBorder"] => Some(&fields::MODE_AT_BORDER),
        ["Procedure", "requestedProcedure"] => Some(&fields::PROCEDURE),
        ["Procedure", "previousProcedure"] => Some(&fields::PREVIOUS_PROCEDURE),
        ["Origin", "countryOfOrigin"] => Some(&fields::COUNTRY_OF_ORIGIN),
        ["Commodity", "descriptionOfGoods"] => Some(&fields::DESCRIPTION),
        ["Commodity", "cusCode"] => Some(&fields::CUS),
        _ => None,
    }
}

impl Form for Cc515c {
    const ITEM: &'static [&'static str] = &["GoodsShipment", "GoodsItem"];
    const SHIPMENT: &'static [&'static [&'static str]] =
        &[&["GoodsShipment", "Consignment"], &["GoodsShipment"]];

    fn is_group(path: &[&str]) -> bool {
        match path {
            ["Commodity", "CommodityCode"] => true,
            [name] => {
                party(name).is_some()
                    || matches!(
                        *name,
                        "SupportingDocument"
                            | "AdditionalReference"
                            | "AdditionalSupplyChainActor"
                            | "CountryOfRoutingOfConsignment"
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
        if let Some(field) = text(path) {
            draft.text(level, field, value);
            return Ok(());
        }
        let number = match (level, path) {
            (Source::Header, ["ExportOperation", "LRN"]) => {
                draft.lrn(value);
                None
            }
            (Source::Item, ["declarationGoodsItemNumber"]) => {
                draft.item_number(value);
                None
            }
            (Source::Item, ["Packaging", "numberOfPackages"]) => {
                draft.packages(level, &fields::PACKAGES, value);
                None
            }
            (_, ["ExportOperation", "totalAmountInvoiced"]) => Some(&fields::INVOICE_AMOUNT),
            (_, ["statisticalValue"]) => Some(&fields::STATISTICAL_VALUE),
            (_, ["Commodity", "GoodsMeasure", "netMass"]) => Some(&fields::NET_MASS),
            (_, ["Commodity", "GoodsMeasure", "grossMass"]) => Some(&fields::GROSS_MASS),
            (_, ["Commodity", "GoodsMeasure", "supplementaryUnits"]) => {
                Some(&fields::SUPPLEMENTARY_UNITS)
            }
            _ => None,
        };
        if let Some(field) = number {
            draft.number(level, field, value);
        }
        Ok(())
    }

    fn group(&mut self, draft: &mut Draft, level: Source, path: &[&str], group: &Group) {
        let name = path.last().copied().unwrap_or_default();
        if let Some(field) = party(name) {
            return draft.party(level, field, group, &PARTY);
        }
        match name {
            "CommodityCode" => {
                let subheading = group.text("harmonizedSystemSubHeadingCode");
                let code = format!("{subheading}{}", group.text("combinedNomenclatureCode"));
                draft.text(level, &fields::CN8, &Value::at(group.at, code));
            }
            "CountryOfRoutingOfConsignment" => {
                if let Some(country) = group.get("country") {
                    draft.routing(level, group.text("sequenceNumber"), country);
                }
            }
            "AdditionalSupplyChainActor" => {
                draft.actor(level, group, group.get("role"), group.get("identificationNumber"));
            }
            "SupportingDocument" | "AdditionalReference" => {
                let field = if name == "SupportingDocument" {
                    &fields::DOCUMENTS
                } else {
                    &fields::REFERENCES
                };
                let code = Value::at(group.at, group.text("type"));
                draft.document(level, field, &code, group.get("referenceNumber"));
            }
            _ => {}
        }
    }

    fn close_item_part(&mut self, _draft: &mut Draft, _path: &[&str]) {}
}
