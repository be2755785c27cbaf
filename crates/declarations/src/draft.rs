//! A declaration while it is being read: its levels, and what items take over from above.
//!
//! INVARIANT (nearest): a single value of an item comes from the nearest level that has it: item,
//! consignment, header. A party is one value (a consignee's name never meets another's street),
//! and so is the route. Documents, references and actors are gathered from all levels.

use std::collections::BTreeMap;

use crate::error::{MessageError, Position};
use crate::fields::{
    ACTORS, DOCUMENT_LISTS, DocumentsField, Measure, NUMBERS, NumberField, PARTIES, PARTS,
    PartyField, ROUTING, TEXTS, TextField,
};
use crate::item::{Actor, Document, Item, Party, Source};
use crate::limits::Limits;
use crate::values::{Rule, Value, excerpt, number};
use crate::warning::{Problem, Warning};

/// The values of elements that belong together, such as those of a party.
#[derive(Debug)]
pub(crate) struct Group {
    /// Where the element begins that holds them.
    pub(crate) at: Position,
    /// Values by their path below that element, joined with `/`.
    pub(crate) values: Vec<(String, Value)>,
}

impl Group {
    /// The value at `path`; the first of several.
    pub(crate) fn get(&self, path: &str) -> Option<&Value> {
        self.values.iter().find(|(p, value)| p == path && !value.text.is_empty()).map(|(_, v)| v)
    }

    /// Says whether there are several values at `path`.
    fn is_repeated(&self, path: &str) -> bool {
        self.values.iter().filter(|(p, _)| p == path).count() > 1
    }

    /// The text at `path`, empty where there is none.
    pub(crate) fn text(&self, path: &str) -> &str {
        self.get(path).map_or("", |value| value.text.as_str())
    }
}

/// What has been read so far.
#[derive(Debug)]
pub(crate) struct Draft {
    limits: Limits,
    header: Item,
    consignment: Item,
    items: Vec<Item>,
    /// Where each item that gives a number begins, by the number.
    numbers: BTreeMap<u32, Position>,
    /// Countries of routing with the sequence numbers that they are sorted by.
    routing: BTreeMap<Source, Vec<(u32, String)>>,
    lrn: Option<String>,
    warnings: Vec<Warning>,
    warnings_left_out: usize,
}

/// What a declaration comes to.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) mrn: Option<String>,
    pub(crate) lrn: Option<String>,
    pub(crate) items: Vec<Item>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) warnings_left_out: usize,
}

impl Draft {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            header: Item::default(),
            consignment: Item::default(),
            items: Vec::new(),
            numbers: BTreeMap::new(),
            routing: BTreeMap::new(),
            lrn: None,
            warnings: Vec::new(),
            warnings_left_out: 0,
        }
    }

    /// Begins the next goods item.
    pub(crate) fn begin_item(&mut self, at: Position) -> Result<(), MessageError> {
        if self.items.len() >= self.limits.items_max {
            return Err(MessageError::TooManyItems { at, max: self.limits.items_max });
        }
        self.items.push(Item::default());
        Ok(())
    }

    /// Takes the declarant's own reference number.
    pub(crate) fn lrn(&mut self, value: &Value) {
        let (text, problem) = Rule::Text.take(&value.text);
        self.remark(Source::Header, "lrn", value.at, problem);
        self.lrn = self.lrn.take().or(text);
    }

    /// Takes the number of the current item.
    pub(crate) fn item_number(&mut self, value: &Value) {
        const LARGEST: u32 = 99_999;
        let digits = value.text.bytes().all(|b| b.is_ascii_digit());
        let number = value.text.parse().ok().filter(|n| digits && (1..=LARGEST).contains(n));
        let Some(number) = number else {
            let given = excerpt(&value.text);
            let problem = Problem::Malformed { given, expected: "a number from 1 to 99999" };
            return self.remark(Source::Item, "item_number", value.at, Some(problem));
        };
        let item = self.level(Source::Item);
        if item.item_number.is_some() {
            return self.remark(Source::Item, "item_number", value.at, Some(Problem::Repeated));
        }
        item.item_number = Some(number);
        item.sources.insert("item_number".to_owned(), Source::Item);
        if self.numbers.insert(number, value.at).is_some() {
            let problem = Problem::DuplicateItemNumber { number };
            self.remark(Source::Item, "item_number", value.at, Some(problem));
        }
    }

    /// Takes a text at its level.
    pub(crate) fn text(&mut self, level: Source, field: &TextField, value: &Value) {
        if value.text.is_empty() {
            return;
        }
        let (text, mut problem) = field.rule.take(&value.text);
        let item = self.level(level);
        let slot = (field.slot)(item);
        if slot.is_some() {
            // Saying the same twice is no contradiction.
            problem = (*slot != text).then_some(Problem::Repeated);
        } else if text.is_some() {
            *slot = text;
            item.sources.insert(field.name.to_owned(), level);
        }
        self.remark(level, field.name, value.at, problem);
    }

    /// Takes a number at its level.
    pub(crate) fn number(&mut self, level: Source, field: &NumberField, value: &Value) {
        if value.text.is_empty() {
            return;
        }
        let problem = match measured(field.measure, value) {
            Err(problem) => Some(problem),
            Ok(number) => {
                let item = self.level(level);
                let slot = (field.slot)(item);
                let earlier = *slot.get_or_insert(number);
                item.sources.insert(field.name.to_owned(), level);
                (earlier.to_bits() != number.to_bits()).then_some(Problem::Repeated)
            }
        };
        self.remark(level, field.name, value.at, problem);
    }

    /// Adds to the packages of a level, which come by kind of package.
    pub(crate) fn packages(&mut self, level: Source, field: &NumberField, value: &Value) {
        match measured(field.measure, value) {
            Err(problem) => self.remark(level, field.name, value.at, Some(problem)),
            Ok(number) => {
                let item = self.level(level);
                *(field.slot)(item).get_or_insert(0.0) += number;
                item.sources.insert(field.name.to_owned(), level);
            }
        }
    }

    /// Takes a party at its level; `names` are the format's paths in the order of [`PARTS`].
    pub(crate) fn party(
        &mut self,
        level: Source,
        field: &PartyField,
        group: &Group,
        names: &[&str; 6],
    ) {
        let mut party = Party::default();
        let mut given = Vec::new();
        for (part, path) in PARTS.iter().zip(names) {
            let Some(value) = group.get(path) else { continue };
            let name = format!("{}.{}", field.name, part.name);
            let (text, problem) = part.rule.take(&value.text);
            let repeated = group.is_repeated(path).then_some(Problem::Repeated);
            self.remark(level, &name, value.at, repeated);
            self.remark(level, &name, value.at, problem);
            if text.is_some() {
                *(part.slot)(&mut party) = text;
                given.push(name);
            }
        }
        if given.is_empty() {
            return;
        }
        let item = self.level(level);
        let slot = (field.slot)(item);
        if slot.as_ref().is_some_and(|earlier| *earlier != party) {
            return self.remark(level, field.name, group.at, Some(Problem::Repeated));
        }
        *slot = Some(party);
        item.sources.extend(given.into_iter().map(|part| (part, level)));
    }

    /// Takes a document or reference at its level.
    pub(crate) fn document(
        &mut self,
        level: Source,
        field: &DocumentsField,
        code: &Value,
        reference: Option<&Value>,
    ) {
        const CODE: Rule =
            Rule::Code { shortest: 4, longest: 4, expected: "a document code of four characters" };
        let number = reference.map_or("", |value| &value.text);
        if code.text.is_empty() {
            let problem = Problem::NoCode { given: excerpt(number) };
            return self.remark(level, field.name, code.at, Some(problem));
        }
        let (Some(code_text), _) = CODE.take(&code.text) else {
            let given = excerpt(&format!("{} {number}", code.text));
            let expected = "a document with a code of four letters and digits";
            let problem = Problem::Malformed { given, expected };
            return self.remark(level, field.name, code.at, Some(problem));
        };
        let reference = reference.and_then(|value| {
            let (text, problem) = Rule::Text.take(&value.text);
            self.remark(level, field.name, value.at, problem);
            text
        });
        let max = self.limits.entries_max;
        let documents = (field.slot)(self.level(level));
        if documents.len() < max {
            documents.push(Document { code: code_text, reference });
        } else {
            self.too_many(level, field.name, code.at);
        }
    }

    /// Takes another actor of the supply chain at its level.
    pub(crate) fn actor(
        &mut self,
        level: Source,
        group: &Group,
        role: Option<&Value>,
        id: Option<&Value>,
    ) {
        const ROLE: Rule =
            Rule::Code { shortest: 2, longest: 3, expected: "a role of two or three letters" };
        let given = excerpt(id.map_or("", |value| &value.text));
        let (Some(role), Some(id)) = (role, id) else {
            return self.remark(level, ACTORS, group.at, Some(Problem::NoCode { given }));
        };
        let (role, role_problem) = ROLE.take(&role.text);
        let (id, id_problem) = Rule::Text.take(&id.text);
        self.remark(level, ACTORS, group.at, role_problem);
        self.remark(level, ACTORS, group.at, id_problem);
        let (Some(role), Some(id)) = (role, id) else { return };
        let max = self.limits.entries_max;
        let entries = &mut self.level(level).actors;
        if entries.len() < max {
            entries.push(Actor { role, id });
        } else {
            self.too_many(level, ACTORS, group.at);
        }
    }

    /// Takes a country of routing at its level.
    pub(crate) fn routing(&mut self, level: Source, sequence: &str, country: &Value) {
        let (code, problem) = Rule::Country.take(&country.text);
        self.remark(level, ROUTING, country.at, problem);
        let Some(code) = code else { return };
        let route = self.routing.entry(level).or_default();
        if route.len() < self.limits.entries_max {
            // Without a number the order of the message counts.
            route.push((sequence.parse().unwrap_or(u32::MAX), code));
        } else {
            self.too_many(level, ROUTING, country.at);
        }
    }

    /// Remarks on a value; the places beyond the limit are only counted.
    pub(crate) fn remark(
        &mut self,
        level: Source,
        field: &str,
        at: Position,
        problem: Option<Problem>,
    ) {
        let Some(problem) = problem else { return };
        if self.warnings.len() >= self.limits.warnings_max {
            self.warnings_left_out += 1;
            return;
        }
        let item = (level == Source::Item).then_some(self.items.len());
        self.warnings.push(Warning { item, field: field.to_owned(), line: at.line, problem });
    }

    /// Remarks once a list that a list is full.
    fn too_many(&mut self, level: Source, field: &str, at: Position) {
        let problem = Problem::TooManyEntries { kept: self.limits.entries_max };
        let item = (level == Source::Item).then_some(self.items.len());
        let told = |w: &Warning| w.item == item && w.field == field && w.problem == problem;
        if !self.warnings.iter().any(told) {
            self.remark(level, field, at, Some(problem));
        }
    }

    /// The values of a level; of the last item for [`Source::Item`].
    fn level(&mut self, level: Source) -> &mut Item {
        match level {
            Source::Header => &mut self.header,
            Source::Consignment => &mut self.consignment,
            // A value of an item comes after `begin_item`.
            Source::Item => self.items.last_mut().unwrap_or(&mut self.consignment),
        }
    }

    /// Hands what stands above the items down to them.
    ///
    /// # Errors
    /// [`MessageError::NoItems`]; [`MessageError::TooMuchInherited`] where header and consignment
    /// are so long that repeating them with each item would cost too much memory.
    pub(crate) fn finish(mut self, item_name: &'static str) -> Result<Finished, MessageError> {
        if self.items.is_empty() {
            return Err(MessageError::NoItems { expected: item_name });
        }
        for (level, mut route) in std::mem::take(&mut self.routing) {
            route.sort_by_key(|(sequence, _)| *sequence);
            let above = self.level(level);
            above.routing = route.into_iter().map(|(_, country)| country).collect();
            above.sources.insert(ROUTING.to_owned(), level);
        }
        let above = [(Source::Consignment, self.consignment), (Source::Header, self.header)];
        let weight: usize = above.iter().map(|(_, item)| weight(item)).sum();
        if weight.saturating_mul(self.items.len()) > self.limits.inherited_bytes_max {
            return Err(MessageError::TooMuchInherited { max: self.limits.inherited_bytes_max });
        }
        let mut items = self.items;
        for item in &mut items {
            // The item's own lists, which come first.
            let mut own = Item {
                documents: std::mem::take(&mut item.documents),
                references: std::mem::take(&mut item.references),
                actors: std::mem::take(&mut item.actors),
                ..Item::default()
            };
            gather(item, &mut own, Source::Item);
        }
        let mut mrn = None;
        for (level, mut values) in above {
            mrn = mrn.or_else(|| values.mrn.clone());
            for item in &mut items {
                inherit(item, &mut values, level);
            }
        }
        Ok(Finished {
            mrn,
            lrn: self.lrn,
            items,
            warnings: self.warnings,
            warnings_left_out: self.warnings_left_out,
        })
    }
}

/// Reads a number in the unit of its field.
fn measured(measure: Measure, value: &Value) -> Result<f64, Problem> {
    let (attribute, expected) = match measure {
        Measure::Kilograms => ("unitCode", "KGM"),
        Measure::Euro => ("currencyID", "EUR"),
        Measure::Whole | Measure::Plain => ("", ""),
    };
    let unit = value.attribute(attribute).filter(|unit| !unit.is_empty());
    if let Some(unit) = unit.filter(|unit| *unit != expected) {
        let (given, unit) = (excerpt(&value.text), excerpt(unit));
        return Err(Problem::OtherUnit { given, unit, expected });
    }
    let number = number(&value.text)?;
    if measure == Measure::Whole && number.fract() != 0.0 {
        return Err(Problem::NotWhole { given: excerpt(&value.text) });
    }
    Ok(number)
}

/// How many bytes repeating the values of a level costs, give or take.
fn weight(level: &Item) -> usize {
    let values = serde_json::to_vec(level).map_or(0, |json| json.len());
    let sources: usize = level.sources.keys().map(|field| field.len() + 64).sum();
    let entries = level.documents.len() + level.references.len() + level.actors.len();
    values + sources + entries * 128
}

/// Fills what `item` lacks from the values of a level above it.
fn inherit(item: &mut Item, above: &mut Item, level: Source) {
    let mut taken: Vec<String> = Vec::new();
    for field in TEXTS {
        let slot = (field.slot)(item);
        if slot.is_none() {
            slot.clone_from((field.slot)(above));
            taken.extend(slot.is_some().then(|| field.name.to_owned()));
        }
    }
    for field in NUMBERS {
        let slot = (field.slot)(item);
        if slot.is_none() {
            *slot = *(field.slot)(above);
            taken.extend(slot.is_some().then(|| field.name.to_owned()));
        }
    }
    for field in PARTIES {
        let slot = (field.slot)(item);
        if slot.is_none() {
            slot.clone_from((field.slot)(above));
            let prefix = format!("{}.", field.name);
            taken.extend(above.sources.keys().filter(|key| key.starts_with(&prefix)).cloned());
        }
    }
    if item.routing.is_empty() && !above.routing.is_empty() {
        item.routing.clone_from(&above.routing);
        taken.push(ROUTING.to_owned());
    }
    item.sources.extend(taken.into_iter().map(|field| (field, level)));
    gather(item, above, level);
}

/// Puts the lists of a level behind those that `item` has.
fn gather(item: &mut Item, level_values: &mut Item, level: Source) {
    for field in DOCUMENT_LISTS {
        let entries = (field.slot)(level_values);
        let documents = (field.slot)(item);
        let first = documents.len();
        documents.extend_from_slice(entries);
        let places = first..documents.len();
        item.sources.extend(places.map(|place| (format!("{}.{place}", field.name), level)));
    }
    let first = item.actors.len();
    item.actors.extend_from_slice(&level_values.actors);
    let places = first..item.actors.len();
    item.sources.extend(places.map(|place| (format!("{ACTORS}.{place}"), level)));
}
