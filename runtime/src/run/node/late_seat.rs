//! [`LateSeat`]: the seat of a run that sits down when it has read the body.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::block::Begun;
use crate::context::Context;
use crate::failure::Failure;
use crate::lane::Lane;
use crate::plan::{NodeBegun, NodeResult, Plan};
use crate::unwind::discard;
use crate::value::Value;

/// What a run sits down with when it has read the body.
#[derive(Clone)]
pub(in crate::run) struct LateSeat {
    lane: Lane,
    /// Whether the body is read, so that no time limit of it counts any more.
    is_due: Arc<AtomicBool>,
}

impl LateSeat {
    /// `None` for a node that takes no seat.
    pub(in crate::run) fn of<C: Context>(plan: &Plan<C>, node: u32, lane: &Lane) -> Option<Self> {
        (plan.seat_after() == Some(node)).then(|| Self {
            lane: lane.clone(),
            is_due: Arc::default(),
        })
    }

    /// Whether the body is read.
    pub(super) fn is_due(&self) -> bool {
        self.is_due.load(Ordering::Relaxed)
    }

    /// Waits for the seat, when the body is read.
    pub(super) async fn after<C: Context>(
        self,
        read: NodeBegun<C>,
        made: Option<Value>,
        name: &'static str,
    ) -> NodeResult<C> {
        let body = match (read, made) {
            (Begun::Waits(read), _) => read.await?,
            (Begun::Done(Ok(())), Some(body)) => body,
            (Begun::Done(Ok(())), None) => return Err(C::fail(Failure::internal(name))),
            (Begun::Done(Err(rejection)), _) => return Err(rejection),
        };
        self.is_due.store(true, Ordering::Relaxed);
        match self.lane.sit_down(name).await {
            Ok(()) => Ok(body),
            Err(overloaded) => {
                discard(body);
                Err(C::fail(overloaded))
            }
        }
    }
}
