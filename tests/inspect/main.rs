//! The inspector: what it tells, what it says to bad input, whom it answers, and how it looks in a
//! browser.

mod access;
mod browser;
mod client;
mod driver;
mod log;
mod paths;
mod shop;
mod state;
