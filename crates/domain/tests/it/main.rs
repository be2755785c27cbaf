//! What may happen to a dossier: tables for the rules, an exhaustive exploration of each kind's
//! states, and properties of folding, of time and of forms.

#[cfg(test)]
mod explore;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod leaks;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod sharing;
#[cfg(test)]
mod stop;
