//! Promises that two worlds cannot show: races, repetitions, a restart, and how often one is told.

use crate::fixtures::{ANNA, JONAS, MARIJKE, MIRIAM, Node, PIETER, start, unit, viewer};
use crate::script::command_id;
use app::dossiers::{self, Done, NewDossier, Order, Run, Then};
use app::{App, Trouble, Version};
use catalogue::ids::DossierId;
use domain::body::Request;
use domain::event::{Kind, What};
use domain::refusal::Refusal;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::sync::{Arc, Barrier, Mutex};
use store::flaws::Flaw;
use store::log::append::{Appended, Stamp, Target, Write};

/// A request for information by Dutch customs, on whose list Austria is besides.
fn request(app: &App, id: u8) -> DossierId {
    let given = json!({
        "to": ["DE-LICENSING", "FR-LICENSING"],
        "purpose": "Control of an export",
        "legal_basis": "2021/821 Art. 25(2)",
        "form": {
            "subject": "Pumps",
            "questions": [{"text": "Is the end user known?", "type": "yes_no"}],
            "urgency": "normal",
        },
    });
    let request = Request { given, ..Request::default() };
    let new = NewDossier {
        kind: Kind::Information,
        request,
        then: Then::Send,
        id: command_id(id),
        raw: vec![id],
    };
    let done = app.create(viewer(PIETER), &new, Run::Real).unwrap();
    share(app, done.id, id.wrapping_add(1)).unwrap();
    done.id
}

fn order(name: &str, given: &Value, id: u8, seen: Option<Version>) -> Order {
    let command = dossiers::command(Kind::Information, name, given).unwrap();
    Order { command, seen, id: command_id(id), request: vec![id] }
}

fn share(app: &App, on: DossierId, id: u8) -> Result<Done, Trouble> {
    let given = json!({"units": ["AT-LICENSING"], "purpose": "Route", "legal_basis": "Art. 25(2)"});
    app.perform(viewer(PIETER), on, &order("share", &given, id, None))
}

fn withdraw(app: &App, on: DossierId, id: u8) -> Result<Done, Trouble> {
    app.perform(
        viewer(PIETER),
        on,
        &order("withdraw", &json!({"units": ["AT-LICENSING"]}), id, None),
    )
}

fn message(id: u8) -> Order {
    order("message", &json!({"text": "A word."}), id, None)
}

fn answer(id: u8, seen: Option<Version>) -> Order {
    let given = json!({"answers": [{"question": 1, "value": "yes"}]});
    order("answer", &given, id, seen)
}

/// What has happened on the whole node.
fn happened(node: &Node) -> Vec<What> {
    let log = node.store.log().tail(None, u32::MAX).unwrap();
    log.iter().map(|event| event.header.change.what).collect()
}

/// What is done when the node looks at its clock for the so-many-th time.
type Armed = Arc<Mutex<Option<(usize, Box<dyn FnOnce() + Send>)>>>;

/// The machine's clock of a node, which does something when it is looked at.
fn trap(armed: &Armed) -> app::time::Machine {
    let armed = Arc::clone(armed);
    Arc::new(move || {
        let mut guard = armed.lock().unwrap();
        let springs = match guard.as_mut() {
            Some((0, _)) => guard.take(),
            Some((left, _)) => {
                *left -= 1;
                None
            }
            None => None,
        };
        // It looks at the clock itself.
        drop(guard);
        if let Some((_, deed)) = springs {
            deed();
        }
        start()
    })
}

#[test]
fn who_is_withdrawn_between_reading_and_writing_finds_nothing() {
    let mut sprung = 0;
    for look in 0..6 {
        let armed = Armed::default();
        let node = Node::with_clock(trap(&armed), None);
        let id = request(&node.app, 1);
        let app = node.app.clone();
        let deed = move || {
            withdraw(&app, id, 3).unwrap();
        };
        *armed.lock().unwrap() = Some((look, Box::new(deed)));
        let result = node.app.perform(viewer(ANNA), id, &message(4));
        if armed.lock().unwrap().take().is_some() {
            assert!(result.is_ok(), "he was on the list to the end: {result:?}");
            continue;
        }
        sprung += 1;
        assert!(matches!(result, Err(Trouble::NotFound)), "look {look}: {result:?}");
        assert!(!happened(&node).contains(&What::Message));
        let repeated = node.app.perform(viewer(ANNA), id, &message(4));
        assert!(matches!(repeated, Err(Trouble::NotFound)), "{repeated:?}");
    }
    assert!(sprung >= 2, "the clock was looked at {sprung} times between reading and writing");
}

#[test]
fn the_writer_looks_again_whether_somebody_is_on_the_list() {
    // The use case would read again where the writer says that something has moved, and find
    // nothing then; what the writer itself says shows whether it looked.
    let table = [(None, Appended::NotFound), (Some(Flaw::NoMembershipRecheck), Appended::Moved)];
    for (flaw, said) in table {
        let node = Node::new(flaw);
        let id = request(&node.app, 1);
        let log = node.store.log();
        let seen = log.version(viewer(ANNA), id).unwrap().unwrap();
        withdraw(&node.app, id, 3).unwrap();
        let event = node.store.log().whole(0).unwrap().pop().unwrap();
        let words = domain::event::NewEvent {
            audience: domain::audience::Audience::only(unit("AT-LICENSING")),
            change: domain::event::Change::of(What::Note),
            at: None,
            body: event.body,
            summary: None,
        };
        let stamp = Stamp {
            by: Some(unit("AT-LICENSING")),
            at: start(),
            command: command_id(4),
            request: Vec::new(),
        };
        let write = Write { target: Target::Existing { id, seen }, events: vec![words] };
        assert_eq!(log.append(viewer(ANNA), stamp, vec![write]).unwrap(), said, "{flaw:?}");
    }
}

#[test]
fn nothing_is_written_behind_a_withdrawal_whoever_is_faster() {
    let node = Node::new(None);
    let id = request(&node.app, 1);
    for round in 0..20 {
        let together = Barrier::new(2);
        let (said, taken_off) = std::thread::scope(|scope| {
            let said = scope.spawn(|| {
                together.wait();
                node.app.perform(viewer(ANNA), id, &message(100 + round))
            });
            let taken_off = scope.spawn(|| {
                together.wait();
                withdraw(&node.app, id, 40 + round)
            });
            (said.join().unwrap(), taken_off.join().unwrap())
        });
        taken_off.unwrap();
        let log = happened(&node);
        match said {
            Ok(_) => assert!(log.ends_with(&[What::Message, What::UnitsWithdrawn]), "{log:?}"),
            Err(Trouble::NotFound) => assert!(log.ends_with(&[What::Shared, What::UnitsWithdrawn])),
            Err(other) => panic!("{other:?}"),
        }
        share(&node.app, id, 70 + round).unwrap();
    }
}

#[test]
fn a_command_is_answered_again_and_not_done_again_after_a_restart() {
    let node = Node::new(None);
    let id = request(&node.app, 1);
    let said = node.app.perform(viewer(ANNA), id, &message(4)).unwrap();
    let answered = node.app.perform(viewer(JONAS), id, &answer(4, None)).unwrap();
    let before = happened(&node);
    let node = node.restarted();
    assert_eq!(node.app.perform(viewer(ANNA), id, &message(4)).unwrap(), said);
    assert_eq!(node.app.perform(viewer(JONAS), id, &answer(4, None)).unwrap(), answered);
    assert_eq!(request(&node.app, 1), id, "a dossier is opened once");
    let other = Order { request: b"other".to_vec(), ..message(4) };
    let other = node.app.perform(viewer(ANNA), id, &other);
    assert!(matches!(other, Err(Trouble::OtherBody)), "{other:?}");
    assert_eq!(happened(&node), before);
}

#[test]
fn the_second_of_two_who_answer_at_once_sees_what_is_new() {
    let node = Node::new(None);
    let id = request(&node.app, 1);
    let seen = |who| node.app.look(viewer(who), id).unwrap().version;
    let (jonas, miriam) = (seen(JONAS), seen(MIRIAM));
    node.app.perform(viewer(JONAS), id, &answer(4, Some(jonas))).unwrap();
    // Their own note beside it, which both may read, and one of the asker, which neither may.
    let note = |id| order("note", &json!({"text": "For us."}), id, None);
    node.app.perform(viewer(JONAS), id, &note(5)).unwrap();
    node.app.perform(viewer(PIETER), id, &note(6)).unwrap();
    match node.app.perform(viewer(MIRIAM), id, &answer(7, Some(miriam))) {
        Err(Trouble::Stale { newer, version }) => {
            assert_eq!(newer, [What::Answered, What::Note]);
            assert_eq!(version, seen(MIRIAM));
        }
        other => panic!("{other:?}"),
    }
    // Who does not say what he saw is told by the rules: his authority is not asked any more.
    let unsaid = node.app.perform(viewer(MIRIAM), id, &answer(8, None));
    assert!(matches!(unsaid, Err(Trouble::Refused(Refusal::AskedOnly))), "{unsaid:?}");
}

#[test]
fn of_two_answers_at_the_same_moment_one_is_given() {
    let node = Node::new(None);
    for round in 0..10_u8 {
        let id = request(&node.app, round * 10);
        let seen = |who| node.app.look(viewer(who), id).unwrap().version;
        let answers = [(JONAS, 4, seen(JONAS)), (MIRIAM, 5, seen(MIRIAM))];
        let together = Barrier::new(answers.len());
        let results = std::thread::scope(|scope| {
            let threads = answers.map(|(who, command, seen)| {
                let (node, together) = (&node, &together);
                scope.spawn(move || {
                    together.wait();
                    let order = answer(round * 10 + command, Some(seen));
                    node.app.perform(viewer(who), id, &order)
                })
            });
            threads.map(|thread| thread.join().unwrap())
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        let late = results.into_iter().find_map(Result::err);
        match late {
            Some(Trouble::Stale { newer, .. }) => assert_eq!(newer, [What::Answered]),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_mail_that_still_waits_is_not_sent_to_somebody_for_whom_its_dossier_is_gone() {
    let node = Node::new(None);
    let id = request(&node.app, 1);
    let waiting = || {
        node.app.tell().unwrap();
        let due = node.app.outbox().due(Timestamp::MAX, 1000).unwrap();
        due.iter().filter(|due| Some(due.account) == viewer(ANNA).account()).count()
    };
    assert_eq!(waiting(), 1);
    withdraw(&node.app, id, 3).unwrap();
    assert_eq!(waiting(), 0);
}

#[test]
fn what_has_fallen_due_counts_whoever_made_the_node_notice() {
    // Nobody has noticed yet: counts, and whether something is new, say what time has made true.
    let node = Node::new(None);
    let id = request(&node.app, 1);
    node.app.open(viewer(ANNA), id).unwrap();
    assert_eq!(node.app.has_seen(viewer(ANNA), id).unwrap(), app::readings::Seen::Since);
    node.app.clock_to(start() + jiff::SignedDuration::from_hours(24 * 20)).unwrap();
    node.app.counts(viewer(ANNA)).unwrap();
    assert!(happened(&node).ends_with(&[What::Overdue]));
    let node = Node::new(None);
    let id = request(&node.app, 1);
    node.app.open(viewer(ANNA), id).unwrap();
    node.app.clock_to(start() + jiff::SignedDuration::from_hours(24 * 20)).unwrap();
    assert_eq!(node.app.has_seen(viewer(ANNA), id).unwrap(), app::readings::Seen::Before);
}

#[test]
fn how_many_mails_somebody_gets_does_not_tell_what_happened_beside() {
    let mails = |notes: u8| {
        let node = Node::new(None);
        let id = request(&node.app, 250);
        node.app.tell().unwrap();
        node.app.perform(viewer(JONAS), id, &message(252)).unwrap();
        for number in 0..notes {
            let note = order("note", &json!({"text": "For us."}), number, None);
            node.app.perform(viewer(JONAS), id, &note).unwrap();
        }
        node.app.perform(viewer(JONAS), id, &message(253)).unwrap();
        node.app.tell().unwrap();
        let due = node.app.outbox().due(Timestamp::MAX, 1000).unwrap();
        let marijke = viewer(MARIJKE).account();
        due.iter().filter(|due| Some(due.account) == marijke).count()
    };
    assert_eq!(mails(0), mails(230));
}
