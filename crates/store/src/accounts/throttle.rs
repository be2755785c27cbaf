//! How often somebody may try to sign in: three limits, each a bucket that leaks.
//!
//! A bucket is one instant per key, *full at*: the instant at which all that was poured in will
//! have leaked out again (the generic cell rate algorithm). An attempt pours in one `interval`; it
//! may be made while the bucket then holds no more than `burst` of them. Pure; the instants are
//! machine time in microseconds.
//!
//! Why three: one address that guesses at one login fills its *pair* and is slowed down, and the
//! person herself, elsewhere, is not. Guesses at one login from many addresses fill the *login*,
//! guesses at many logins from one address fill the *address*.

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Limit {
    /// One login from one address: 5 at once, then 1 a minute.
    Pair,
    /// One login from anywhere: 50 at once, then 1 in 30 seconds.
    Login,
    /// One address at any login: 50 at once, then 1 in 6 seconds (an authority may share one).
    Address,
}

impl Limit {
    /// Every limit, in the order of declaration.
    pub(crate) const ALL: [Limit; 3] = [Limit::Pair, Limit::Login, Limit::Address];

    const fn burst(self) -> i64 {
        match self {
            Limit::Pair => 5,
            Limit::Login | Limit::Address => 50,
        }
    }

    const fn interval_us(self) -> i64 {
        match self {
            Limit::Pair => 60_000_000,
            Limit::Login => 30_000_000,
            Limit::Address => 6_000_000,
        }
    }

    /// The word that keeps the keys of the three apart.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Limit::Pair => "pair",
            Limit::Login => "login",
            Limit::Address => "address",
        }
    }

    /// Pours one attempt, made at `now`, into the bucket.
    ///
    /// `full_at`: as it was kept; none, where nothing was. Returns what to keep from now on.
    ///
    /// # Errors
    /// The instant from which the next attempt may be made; the bucket stays as it is, so that
    /// trying while slowed down never prolongs it.
    pub(crate) fn pour(self, full_at: Option<i64>, now: i64) -> Result<i64, i64> {
        let poured = full_at.unwrap_or(now).max(now).saturating_add(self.interval_us());
        let from = poured.saturating_sub(self.burst().saturating_mul(self.interval_us()));
        if from <= now { Ok(poured) } else { Err(from) }
    }

    /// Takes one attempt, which turned out well, back out of the bucket.
    pub(crate) fn refund(self, full_at: i64) -> i64 {
        full_at.saturating_sub(self.interval_us())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_burst_is_free_and_the_next_attempt_waits_one_interval() {
        for (limit, burst, interval) in [
            (Limit::Pair, 5, 60_000_000),
            (Limit::Login, 50, 30_000_000),
            (Limit::Address, 50, 6_000_000),
        ] {
            let mut full_at = None;
            for attempt in 0..burst {
                full_at = Some(limit.pour(full_at, 1_000).unwrap_or_else(|until| {
                    panic!("{limit:?}: attempt {attempt} must wait until {until}")
                }));
            }
            assert_eq!(limit.pour(full_at, 1_000), Err(1_000 + interval), "{limit:?}");
            assert!(limit.pour(full_at, 999 + interval).is_err(), "{limit:?}");
            assert!(limit.pour(full_at, 1_000 + interval).is_ok(), "{limit:?}");
        }
    }

    proptest! {
        #[test]
        fn no_more_attempts_pass_than_the_burst_and_what_leaks(
            steps in proptest::collection::vec(0..40_000_000_i64, 1..300),
        ) {
            for limit in Limit::ALL {
                let (mut now, mut full_at, mut passed) = (0, None, 0);
                for step in &steps {
                    now += step;
                    match limit.pour(full_at, now) {
                        Ok(kept) => { full_at = Some(kept); passed += 1; }
                        Err(until) => prop_assert!(until > now),
                    }
                    prop_assert!(passed <= limit.burst() + now / limit.interval_us());
                }
            }
        }

        #[test]
        fn who_waits_as_told_may_try(full_at in 0..10_000_000_000_i64, now in 0..5_000_000_000_i64) {
            for limit in Limit::ALL {
                if let Err(until) = limit.pour(Some(full_at), now) {
                    prop_assert!(limit.pour(Some(full_at), until).is_ok());
                    prop_assert!(limit.pour(Some(full_at), until - 1).is_err());
                }
            }
        }

        #[test]
        fn what_is_refunded_was_never_poured(full_at in 0..10_000_000_000_i64, now in 0..5_000_000_000_i64) {
            for limit in Limit::ALL {
                if let Ok(poured) = limit.pour(Some(full_at), now) {
                    prop_assert_eq!(limit.refund(poured), full_at.max(now));
                }
            }
        }
    }
}
