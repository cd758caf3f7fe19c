//! The same graph with other crates, each in the way that its documentation shows.

pub(crate) mod auto_di;
pub(crate) mod dill;
pub(crate) mod froodi;
pub(crate) mod rudi;
