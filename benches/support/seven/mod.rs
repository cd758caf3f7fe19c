//! A graph of seven nodes, as handlers have them, in three colourings.
//!
//! ```text
//! handler ── user ── token
//!    │ │      └─ session ── db ── config
//!    │ └─ perms ── user, session
//!    └─ db
//! ```

pub mod all_async;
pub mod all_blocking;
pub mod mixed;
pub mod values;
