//! What the use cases promise, each promise as a test: above all that nothing which somebody may
//! not read changes anything for him.

#[cfg(test)]
mod files;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod flaws;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod generate;
#[cfg(test)]
mod promises;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod script;
#[cfg(test)]
mod two_worlds;
#[cfg(test)]
mod view;
