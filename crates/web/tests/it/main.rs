//! Pages and API over a node in a temporary folder, driven in process.

#[cfg(test)]
mod api;
#[cfg(test)]
mod pages;
