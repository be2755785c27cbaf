//! The REST API as its clients see it: contract, problems, need to know.

mod attachments;
mod contract;
mod fixtures;
mod need_to_know;
mod openapi;
mod problems;
mod stream;
mod writing;
