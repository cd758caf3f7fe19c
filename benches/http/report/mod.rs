//! What is reported: a row for each contestant of each scenario.

mod row;
mod table;

pub(crate) use self::row::{Figures, Row, rows};
pub(crate) use self::table::print;
