//! What people write: requests of every kind, and what is given with commands, well or badly.

use crate::fixtures::{Dice, UNITS};
use crate::script::{Number, purpose};
use domain::event::{Ground, Kind};
use jiff::civil::Date;
use serde_json::{Value, json};

/// Some of the units, each once.
fn some_units(dice: &mut Dice, most: usize) -> Vec<&'static str> {
    let mut units: Vec<&str> = (0..=dice.below(most)).map(|_| *dice.one(&UNITS)).collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// A request of this kind; one in fifteen is not complete.
pub(crate) fn request(dice: &mut Dice, kind: Kind, number: Number, today: Date) -> Value {
    let most = match kind {
        Kind::Stop | Kind::Document => 1,
        Kind::Information | Kind::Classification | Kind::Notice => 3,
    };
    let mut request = json!({
        "to": some_units(dice, most),
        "purpose": "Control of an export",
        "legal_basis": "2021/821 Art. 25(2)",
        "form": form(dice, kind, number, today),
    });
    match dice.below(6) {
        0 | 1 => request["handling"] = json!({"code": "H2"}),
        2 => request["handling"] = json!({"code": "H3", "restriction": "Ask first."}),
        _ => {}
    }
    if dice.percent(7) {
        request["form"] = json!({});
    }
    request
}

fn form(dice: &mut Dice, kind: Kind, number: Number, today: Date) -> Value {
    let urgency = *dice.one(&["normal", "three_days", "goods_held"]);
    match kind {
        Kind::Stop => {
            let grounds = Ground::ALL.iter().filter(|ground| **ground != Ground::Request);
            let grounds: Vec<&str> = grounds.map(|ground| ground.word()).collect();
            let several: Vec<&str> = (0..=dice.below(2)).map(|_| *dice.one(&grounds)).collect();
            let mut form = json!({
                "grounds": several,
                "items": [{
                    "description": format!("Pumps of step {number}"),
                    "cn8": "84141081",
                    "exporter": {"name": format!("Exporter {number}")},
                    "consignee": {"name": "Sary-Arka Avtomatika", "country": "KZ"},
                    "country_of_destination": "KZ",
                }],
                "office": "NL000510",
                "suspended_at": "2026-11-24T09:00:00+01:00",
            });
            if dice.percent(70) {
                form["licence"] = json!("DE-26-004711");
            }
            form
        }
        Kind::Information => json!({
            "subject": format!("Subject of step {number}"),
            "questions": [
                {"text": "Is the end user known?", "type": "yes_no"},
                {"text": "How many went there?", "type": "number"},
            ],
            "urgency": urgency,
        }),
        Kind::Classification => json!({
            "description": format!("Item of step {number}"),
            "goods_held": "no",
            "held_until": dice.percent(30).then(|| day(today, 6)),
            "urgency": urgency,
        }),
        Kind::Document => json!({
            "document_type": "licence",
            "number": format!("DE-26-{number:06}"),
            "urgency": urgency,
        }),
        Kind::Notice => json!({
            "matter": "catch_all",
            "text": format!("What step {number} makes known.\nMore of it."),
        }),
    }
}

fn day(today: Date, days: i64) -> String {
    today.saturating_add(jiff::Span::new().days(days)).to_string()
}

/// What is given with a command of this name; one in twenty is nonsense.
pub(crate) fn given(dice: &mut Dice, kind: Kind, name: &str, number: Number, today: Date) -> Value {
    let text = format!("Said in step {number}.");
    if dice.percent(5) {
        return json!({"nonsense": text});
    }
    match name {
        "message" | "note" => json!({"text": text}),
        "recall" | "send_back" | "close" | "reopen" => json!({"reason": text}),
        "assign" => {
            if dice.percent(80) {
                json!({"person": format!("Colleague {number}")})
            } else {
                json!({})
            }
        }
        "share" => json!({
            "units": some_units(dice, 2),
            "purpose": purpose(number),
            "legal_basis": "2021/821 Art. 25(2)",
        }),
        "withdraw" => json!({"units": [*dice.one(&UNITS)]}),
        "tighten" => {
            if dice.percent(60) {
                json!({"code": "H2"})
            } else {
                json!({"code": "H3", "restriction": "Ask first. Ask again."})
            }
        }
        "extend" => {
            if dice.percent(50) {
                json!({"reason": text})
            } else {
                json!({"reason": text, "answer_by": day(today, 40)})
            }
        }
        "outcome" => {
            json!({"outcome": *dice.one(&["released", "returned", "released_by_silence"])})
        }
        "add_ground" => {
            let ground = *dice.one(&[Ground::NationalPower, Ground::Article9]);
            json!({"ground": ground.word()})
        }
        "answer" => answer(dice, kind, &text),
        "refuse" => json!({"ground": "other", "reason": text}),
        "dissent" => opinion(&text),
        "inform" => json!({"informed_on": day(today, 0), "own_requirement": "no"}),
        _ => json!({}),
    }
}

fn answer(dice: &mut Dice, kind: Kind, text: &str) -> Value {
    match kind {
        Kind::Stop => {
            let answer = *dice.one(&["maintained", "maintained", "revoked", "no_action_4_1"]);
            json!({"answer": answer, "reasoning": text})
        }
        Kind::Information => {
            if dice.percent(50) {
                json!({"answers": [{"question": 1, "value": "yes"}, {"question": 2, "value": "3"}]})
            } else {
                json!({"answers": [{"question": 1, "value": "unknown"}]})
            }
        }
        Kind::Classification => opinion(text),
        Kind::Document => json!({"verdict": "genuine"}),
        Kind::Notice => json!({}),
    }
}

fn opinion(text: &str) -> Value {
    json!({"verdict": "depends_on", "reasoning": text, "list_version": "2025/2003", "precedent": "no"})
}
