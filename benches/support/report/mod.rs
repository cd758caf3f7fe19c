//! What is reported: a row for each competitor.

mod row;
mod table;

pub(crate) use self::row::{Row, section};
pub(crate) use self::table::print;
