//! What comes out of messages, what is refused, what is only remarked, and what never panics.

// Marked as tests, so that the lints for tests hold in their helpers too.
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod real;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod values;
