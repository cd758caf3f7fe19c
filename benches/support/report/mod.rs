//! What is reported: a row for each competitor, printed and written.

mod json;
mod row;
mod table;

pub(crate) use self::json::write_json;
pub(crate) use self::row::section;
pub(crate) use self::table::print;
