//! What stays in its own authority: drafts, discarded drafts, and files that are not for others.

use crate::fixtures::*;
use domain::audience::Audience;
use domain::command::Readers;
use domain::decide::Approval;
use domain::event::{Kind, State};
use domain::refusal::Refusal;
use serde_json::json;

fn names(world: &World, viewer: &domain::decide::Actor) -> Vec<String> {
    world.of(viewer).attachments.iter().map(|file| file.name.clone()).collect()
}

#[test]
fn a_file_for_the_own_authority_does_not_go_out_with_the_draft() {
    let mut world = World::draft(Kind::Stop, stop("DE-LICENSING", &["21(3)(b)"]));
    world.attaches(&rotterdam(), "container.jpg", Readers::Everyone);
    world.attaches(&rotterdam(), "informant.pdf", Readers::OwnAuthority);
    // Writing on the draft keeps both.
    world.edits(&rotterdam(), stop("DE-LICENSING", &["21(3)(b)", "21(1)"])).unwrap();
    world.does(&rotterdam(), "send", &json!({}));
    assert_eq!(names(&world, &rotterdam()), ["container.jpg", "informant.pdf"]);
    assert_eq!(names(&world, &german_licensing()), ["container.jpg"]);
    let told = format!("{:?}", world.of(&german_licensing()));
    assert!(!told.contains("informant"), "{told}");
    world.attaches(&german_licensing(), "licence.pdf", Readers::Everyone);
    world.attaches(&german_licensing(), "file note.pdf", Readers::OwnAuthority);
    assert_eq!(
        names(&world, &german_licensing()),
        ["container.jpg", "licence.pdf", "file note.pdf"]
    );
    assert_eq!(names(&world, &rotterdam()), ["container.jpg", "informant.pdf", "licence.pdf"]);
}

#[test]
fn a_file_added_to_what_waits_for_approval_takes_it_back() {
    let mut world = World::draft(Kind::Stop, stop("DE-LICENSING", &["21(3)(b)"]));
    world.approval = Approval::Needed;
    world.does(&rotterdam(), "send", &json!({}));
    world.attaches(&rotterdam(), "informant.pdf", Readers::OwnAuthority);
    assert_eq!(world.state(), State::ForApproval, "it changes nothing of what goes out");
    world.attaches(&rotterdam(), "container.jpg", Readers::Everyone);
    assert_eq!(world.state(), State::Draft);
}

#[test]
fn a_discarded_draft_is_still_nobody_elses_business() {
    let mut world = World::draft(Kind::Information, information(&["DE-LICENSING"]));
    world.does(&dutch_customs(), "close", &reason());
    assert_eq!(world.state(), State::Closed);
    let table = [
        ("share", share(&["FR-CUSTOMS"])),
        ("message", json!({"text": "Hello."})),
        ("tighten", json!({"code": "H1"})),
        ("withdraw", json!({"units": ["FR-CUSTOMS"]})),
    ];
    for (command, given) in table {
        assert_eq!(
            world.tries(&dutch_customs(), command, &given),
            Err(Refusal::NotNow { command, state: State::Closed })
        );
    }
    world.attaches(&dutch_customs(), "later.jpg", Readers::Everyone);
    world.does(&dutch_customs(), "note", &json!({"text": "Kept for the record."}));
    let own = Audience::only(unit("NL-CUSTOMS"));
    assert!(world.log().iter().all(|event| event.header.audience == own));
    assert!(world.for_system().is_none(), "the system knows nothing of it");
    // Taken up again it is a draft with all that it had.
    world.does(&rotterdam(), "reopen", &reason()).does(&rotterdam(), "send", &json!({}));
    assert_eq!(names(&world, &german_licensing()), ["later.jpg"]);
}
