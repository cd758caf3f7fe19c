//! Pictures of graphs: what they show, that it is true, and that it can be read.

#![allow(
    dead_code,
    reason = "most of these functions are looked at and not run"
)]

mod drawing;
mod hops;
mod odd;
mod shop;
mod snapshots;
