//! How a handler reads what a job carries: [`Input`], as in a [`Call`](crate::Call).

use std::convert::Infallible;

use apalis_core::error::AbortError;
use apalis_core::task::Task;
use apalis_core::task::from_request::FromRequest;

use super::Decoded;
use crate::context::Input;

/// The payload of the job. Several parameters may read it, each gets a clone.
impl<Args> FromRequest<Task<Args>> for Input<Args>
where
    Args: Clone + Send + Sync,
{
    type Error = Infallible;

    async fn from_request(task: &Task<Args>) -> Result<Self, Infallible> {
        Ok(Self(task.args.clone()))
    }
}

/// The payload of a job whose queue is [`lenient`](super::lenient).
///
/// One that cannot be decoded aborts the job: it would not be decoded the next time either.
impl<Args> FromRequest<Task<Decoded<Args>>> for Input<Args>
where
    Args: Clone + Send + Sync,
{
    type Error = AbortError;

    async fn from_request(task: &Task<Decoded<Args>>) -> Result<Self, AbortError> {
        match &task.args.0 {
            Ok(payload) => Ok(Self(payload.clone())),
            Err(error) => Err(AbortError::new(error.clone())),
        }
    }
}
