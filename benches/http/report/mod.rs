//! What is reported: a row for each contestant of each scenario, printed and written.

mod json;
mod row;
mod table;

pub(crate) use self::json::write_json;
pub(crate) use self::row::{Figures, Row, rows};
pub(crate) use self::table::print;
