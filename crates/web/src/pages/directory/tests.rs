//! Tests of how answers of the directory are shown.

use super::*;
use crate::words::{Language as Spoken, Words};
use catalogue::authorities::Directory;

#[test]
fn every_function_is_understood_by_its_own_name_in_every_language() {
    let directory = Directory::demonstration().unwrap();
    for spoken in Spoken::ALL {
        for function in Competence::ALL {
            let label = Words::new(spoken).code("competence", &word(&function));
            let understood = directory.understand(&label).function;
            assert_eq!(understood, Some(function), "{spoken}: {label}");
        }
    }
}

#[test]
fn the_examples_find_somebody() {
    let directory = Directory::demonstration().unwrap();
    let calendars = catalogue::calendar::Calendars::shipped().unwrap();
    let now = "2026-11-24T09:42:00Z".parse().unwrap();
    for example in EXAMPLES {
        let question = directory.understand(example);
        assert!(!directory.find(&question, now, &calendars).is_empty(), "{example}");
    }
}
