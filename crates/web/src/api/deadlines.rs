//! `GET /deadlines`: what is due, the soonest first.

use super::call::Call;
use super::route::{CURSOR, LIMIT};
use super::written;
use crate::problem::Fault;
use app::list::Cursor;
use axum::Json;
use serde_json::{Value, json};

/// A page of the dossiers of which something is due, each with its running clocks.
pub(super) async fn list(call: Call) -> Result<Json<Value>, Fault> {
    let given = call.query(&[CURSOR, LIMIT])?;
    let cursor = given.one::<Cursor>("cursor")?;
    let limit = given.limit(50)?;
    let viewer = call.viewer;
    let page = call.app.run(move |app| app.deadlines(&viewer, cursor, limit));
    let page = page.await.map_err(Fault::from)?;
    let rows = page.rows.iter().map(|deadline| {
        let mut row = written::row(&deadline.row);
        if let Some(row) = row.as_object_mut() {
            let clocks = deadline.clocks.iter().map(written::clock).collect();
            row.insert("clocks".to_owned(), Value::Array(clocks));
        }
        row
    });
    Ok(Json(json!({
        "deadlines": rows.collect::<Vec<_>>(),
        "next": page.next.map(|cursor| cursor.to_string()),
    })))
}
