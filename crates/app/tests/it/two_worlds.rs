//! Non-interference: what somebody gets equals what he gets where nothing is that he may not read.

use crate::fixtures::{PEOPLE, is_long_run, say, seed};
use crate::forms::{Case, Form, Tally};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// At least so many in a hundred commands beside hidden events must be accepted: worlds that refuse
/// everything agree, too.
const ACCEPTED_PERCENT: usize = 40;
/// At least so many in a hundred pairs must hold something hidden beside something visible.
const HIDDEN_PERCENT: usize = 25;

#[test]
fn what_somebody_may_not_read_changes_nothing_that_he_gets() {
    let pairs: usize = if is_long_run() { 10_000 } else { 1_000 };
    let cases = pairs.div_ceil(PEOPLE.len());
    let seed = seed();
    say(&format!("ECM_SEED={seed}"));
    let next = AtomicUsize::new(0);
    let tally = Mutex::new(Tally::default());
    let began = std::time::Instant::now();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let work = || {
            loop {
                let case = next.fetch_add(1, Ordering::Relaxed);
                if case >= cases {
                    break;
                }
                let case = Case::play(seed.wrapping_add(u64::try_from(case).unwrap()), None);
                for who in 0..PEOPLE.len() {
                    match case.check(who, &[Form::Log, Form::Script]) {
                        Ok(one) => *tally.lock().unwrap() += one,
                        Err(difference) => {
                            next.store(cases, Ordering::Relaxed);
                            panic!("{difference}");
                        }
                    }
                }
            }
        };
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    let tally = tally.into_inner().unwrap();
    let rate = tally.pairs as f64 / began.elapsed().as_secs_f64();
    say(&format!("{tally:?}, {rate:.0} pairs a second"));
    assert!(tally.pairs >= pairs);
    assert!(tally.hidden * 100 >= tally.pairs * HIDDEN_PERCENT, "{tally:?}");
    assert!(tally.accepted * 100 >= tally.beside_hidden * ACCEPTED_PERCENT, "{tally:?}");
}
