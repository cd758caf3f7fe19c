//! Graphs of any size: a [`Shape`] is declared to hueless as the attributes would.
//!
//! A node is a type, so there are a thousand of them, async and plain. What stands for the same in all
//! of them is written once; a type only says which number it has.

mod app;
mod bells;
mod code;
mod declare;
mod nodes;
mod shape;

pub use self::app::{app, build, run};
pub use self::bells::{Bells, Ringing};
pub use self::shape::{Colour, Form, Shape};
