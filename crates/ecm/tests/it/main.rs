//! The binary as its operators meet it: first run, mail, audit, backup.

#[cfg(test)]
mod audit;
#[cfg(test)]
mod first_run;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod mail;
