//! The work-stealing pool for plain functions that compute for long (`cpu`), behind the feature of
//! that name.

/// The pool, as a type that generated code can ask for.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum CpuPool {}

/// That the pool is compiled in.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`cpu` needs the feature `cpu` of hueless",
    label = "the work-stealing pool is not compiled in",
    note = "add `cpu` to the features of hueless in Cargo.toml",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#cpu-feature"
)]
pub trait CpuEnabled {}

#[cfg(feature = "cpu")]
impl CpuEnabled for CpuPool {}

/// Runs a job on the pool.
#[cfg(feature = "cpu")]
pub(crate) fn spawn(job: impl FnOnce() + Send + 'static) {
    rayon::spawn(job);
}

/// Without the feature, `cpu` does not compile, and so there is no such job.
#[cfg(not(feature = "cpu"))]
pub(crate) fn spawn(_job: impl FnOnce() + Send + 'static) {
    unreachable!("`cpu` needs the feature `cpu`")
}
