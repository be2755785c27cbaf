//! What the store promises, each promise as a test.

#[cfg(test)]
mod attachments;
#[cfg(test)]
mod backups;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod destruction;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod interference;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod proof;
#[cfg(test)]
mod readings;
#[cfg(test)]
mod search;
