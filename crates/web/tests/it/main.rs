//! Tests.

#[cfg(test)]
mod api;
