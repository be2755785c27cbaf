//! What a dossier is about: the facts bar in its fixed order, and everything that was filled in.

use super::Reader;
use super::form::text_of;
use crate::view::dossier::{Detail, DetailGroup};
use crate::view::parts::{Fact, Rich};
use domain::dossier::Dossier;
use domain::event::Kind;
use domain::form::{Field, Shape, Sort, is_blank};
use domain::kinds;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;

/// The text at a place of a form.
fn at<'v>(form: &'v Value, pointer: &str) -> Option<&'v Value> {
    form.pointer(pointer).filter(|value| !is_blank(Some(value)))
}

impl Reader<'_> {
    /// The facts of a dossier: for goods always the same six in the same order.
    pub(crate) fn facts(&self, kind: Kind, form: &Value) -> Vec<Fact> {
        match kind {
            Kind::Stop => self.goods(form),
            Kind::Information | Kind::Classification | Kind::Document | Kind::Notice => {
                self.summary_facts(kinds::fields(kind), form)
            }
        }
    }

    fn goods(&self, form: &Value) -> Vec<Fact> {
        let item = form.pointer("/items/0").unwrap_or(&Value::Null);
        let held = match at(form, "/place") {
            Some(place) => Rich::text(text_of(Some(place))),
            None => Rich::new(),
        };
        let since = at(form, "/suspended_at").and_then(Value::as_str);
        let since = since.and_then(|text| text.parse::<Timestamp>().ok());
        let since =
            since.map(|at| self.words.with("fact-since", &[("at", self.moment(at).into())]).into());
        let office = at(form, "/office").map(|office| self.office(&text_of(Some(office))));
        let more = form.pointer("/items").and_then(Value::as_array).map_or(0, Vec::len);
        let more = (more > 1)
            .then(|| self.words.with("fact-more-items", &[("count", (more - 1).into())]).into());
        let code =
            |value: Option<&Value>| value.map(|value| Rich::new().code(text_of(Some(value))));
        let words = |value: Option<&Value>| value.map(|value| Rich::text(text_of(Some(value))));
        let fact = |label: &str, lines: Vec<Option<Rich>>| {
            let lines: Vec<Rich> = lines.into_iter().flatten().collect();
            let lines = if lines.is_empty() { vec![Rich::new().quiet("–")] } else { lines };
            Fact { label: self.words.text(label), lines }
        };
        vec![
            fact("fact-exporter", self.party(item, "/exporter")),
            fact("fact-consignee", {
                let mut lines = self.party(item, "/consignee");
                let destination = at(item, "/country_of_destination");
                // Said once where the consignee sits there himself.
                let known = destination == at(item, "/consignee/country");
                let name = |value| Rich::text(self.words.country(&text_of(Some(value))));
                lines.push(destination.filter(|_| !known).map(name));
                lines
            }),
            fact(
                "fact-item",
                vec![
                    words(at(item, "/description")),
                    code(at(item, "/cn8")),
                    code(at(item, "/control_code")),
                    more,
                ],
            ),
            fact(
                "fact-how-much",
                vec![
                    at(item, "/net_mass").map(|v| format!("{} kg", self.amount(v)).into()),
                    at(item, "/statistical_value")
                        .map(|v| format!("{} EUR", self.amount(v)).into()),
                ],
            ),
            fact("fact-licence", vec![code(at(form, "/licence")), words(at(form, "/end_use"))]),
            fact(
                "fact-held",
                vec![office, Some(held).filter(|line| !line.spans.is_empty()), since],
            ),
        ]
    }

    /// "Rotterdam Maasvlakte NL000510".
    fn office(&self, code: &str) -> Rich {
        let unit = code.parse().ok().and_then(|id| self.directory.unit(&id));
        match unit {
            Some(unit) => Rich::text(format!("{} ", self.name_of(unit))).code(code),
            None => Rich::new().code(code),
        }
    }

    /// A number as the language writes it.
    fn amount(&self, value: &Value) -> String {
        self.words.decimal(&text_of(Some(value)))
    }

    fn summary_facts(&self, fields: &'static [Field], form: &Value) -> Vec<Fact> {
        fields
            .iter()
            .filter(|field| field.in_summary && !is_blank(form.get(field.name)))
            .filter_map(|field| {
                let value = form.get(field.name)?;
                Some(Fact::new(self.label("", field.name), self.value(field, value)))
            })
            .collect()
    }

    /// A value as its reader reads it.
    fn value(&self, field: &Field, value: &Value) -> Rich {
        if let (true, Value::Array(list)) = (field.many, value) {
            let mut line = Rich::new();
            for (n, entry) in list.iter().enumerate() {
                let part = self.single(field, entry);
                line = if n > 0 { line.and(", ") } else { line };
                line.spans.extend(part.spans);
            }
            return line;
        }
        self.single(field, value)
    }

    fn single(&self, field: &Field, value: &Value) -> Rich {
        let text = text_of(Some(value));
        match (field.shape)() {
            Shape::Choice { name, .. } => self.words.code(name, &text).into(),
            Shape::Single(Sort::Date) => {
                text.parse::<Date>().map_or(text, |day| self.words.day_year(day)).into()
            }
            Shape::Single(Sort::Instant) => text
                .parse::<Timestamp>()
                .map_or(text, |at| self.words.moment_year(at, self.zone))
                .into(),
            Shape::Single(Sort::Quantity) => self.words.decimal(&text).into(),
            Shape::Single(Sort::Unit) => text.parse().map_or(text, |id| self.unit(&id)).into(),
            Shape::Single(Sort::CustomsOffice) => self.office(&text),
            Shape::Single(_) => Rich::new().code(text),
            Shape::Text { .. } | Shape::Group { .. } => text.into(),
        }
    }

    /// Everything that was filled in, in the order of the form.
    pub(crate) fn details(&self, dossier: &Dossier) -> Vec<DetailGroup> {
        let kind = dossier.standing.kind;
        let Some(request) = &dossier.request else { return Vec::new() };
        let mut groups = self.groups(
            kinds::fields(kind),
            (kind.word(), &self.words.code("kind", kind.word())),
            dossier.form(),
            ("/form", &request.sources),
        );
        let envelope = ["purpose", "legal_basis"].iter().filter_map(|name| {
            let value = dossier.given(name).as_str()?.to_owned();
            Some(Detail { label: self.label("", name), value: value.into(), source: None })
        });
        let rows: Vec<Detail> = envelope.collect();
        if !rows.is_empty() {
            groups.push(DetailGroup { title: self.words.text("details-purpose"), rows });
        }
        groups
    }

    /// What a form holds, a group of its own for each group in it.
    pub(crate) fn groups(
        &self,
        fields: &'static [Field],
        (group, title): (&str, &str),
        given: &Value,
        (pointer, sources): (&str, &BTreeMap<String, String>),
    ) -> Vec<DetailGroup> {
        let mut rows = Vec::new();
        let mut inner = Vec::new();
        for field in fields {
            let Some(value) = given.get(field.name).filter(|value| !is_blank(Some(value))) else {
                continue;
            };
            let label = self.label(group, field.name);
            let place = format!("{pointer}/{}", field.name);
            match ((field.shape)(), value) {
                (Shape::Group { name, fields }, Value::Array(list)) => {
                    let one = self.words.code("one-of", field.name);
                    for (n, entry) in list.iter().enumerate() {
                        let title = format!("{one} {}", n + 1);
                        let place = format!("{place}/{n}");
                        inner.extend(self.groups(fields, (name, &title), entry, (&place, sources)));
                    }
                }
                (Shape::Group { name, fields }, _) => {
                    let nested = self.groups(fields, (name, &label), value, (&place, sources));
                    for row in nested.into_iter().flat_map(|group| group.rows) {
                        rows.push(Detail { label: format!("{label}, {}", row.label), ..row });
                    }
                }
                (Shape::Text { .. } | Shape::Single(_) | Shape::Choice { .. }, _) => {
                    let source = sources.get(&place).map(|source| self.source(source));
                    rows.push(Detail { label, value: self.value(field, value), source });
                }
            }
        }
        let mut groups = Vec::new();
        if !rows.is_empty() {
            groups.push(DetailGroup { title: title.to_owned(), rows });
        }
        groups.extend(inner);
        groups
    }

    /// The lines of a party: name, place, number.
    fn party(self, item: &Value, pointer: &str) -> Vec<Option<Rich>> {
        let part = |name: &str| at(item, &format!("{pointer}/{name}"));
        let country = part("country").map(|code| self.words.country(&text_of(Some(code))));
        let city = part("city").map(|city| text_of(Some(city)));
        let place: Vec<String> = [city, country].into_iter().flatten().collect();
        vec![
            part("name").map(|name| Rich::new().strong(text_of(Some(name)))),
            (!place.is_empty()).then(|| Rich::text(place.join(", "))),
            part("eori").map(|eori| Rich::new().code(text_of(Some(eori)))),
        ]
    }
}
