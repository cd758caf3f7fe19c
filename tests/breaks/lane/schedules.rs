//! One route under many schedules: what a simulation finds in one of a hundred.

use std::sync::Arc;
use std::time::Duration;

use hueless::{App, Call, Depends, Input, dependency, handler};
use tokio::runtime::Builder;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{is_idle, together, until};
use crate::support::PATIENCE;

const SCHEDULES: u64 = 500;

/// A request of a schedule.
#[derive(Clone)]
struct Scene {
    seed: u64,
    connections: Arc<Semaphore>,
}

impl Scene {
    /// A number below `most` for the node of this name.
    fn draw(&self, node: u64, most: u64) -> u64 {
        let mut number = (self.seed ^ node << 56).wrapping_add(0x9e37_79b9_7f4a_7c15);
        number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (number ^ number >> 31) % most
    }

    fn block(&self, node: u64) {
        match self.draw(node, 4) {
            0 => std::thread::sleep(Duration::from_micros(self.draw(node, 200))),
            times => (1..times).for_each(|_| std::thread::yield_now()),
        }
    }

    async fn wait(&self, node: u64) {
        if self.draw(node, 16) == 0 {
            return tokio::time::sleep(Duration::from_millis(1)).await;
        }
        for _ in 0..self.draw(node, 5) {
            tokio::task::yield_now().await;
        }
    }

    async fn connect(self, node: u64) -> OwnedSemaphorePermit {
        self.wait(node).await;
        let connection = self.connections.acquire_owned().await;
        connection.expect("the pool is open")
    }
}

#[dependency(guard)]
fn guard(Input(scene): Input<Scene>) -> () {
    scene.block(1);
}

#[dependency]
fn user(Input(scene): Input<Scene>) -> () {
    scene.block(1);
}

#[dependency]
async fn tenant(Input(scene): Input<Scene>) -> () {
    scene.wait(2).await;
}

#[dependency]
async fn connection(_tenant: Depends<tenant>, Input(scene): Input<Scene>) -> OwnedSemaphorePermit {
    scene.connect(3).await
}

#[handler]
fn guarded(
    _guard: Depends<guard>,
    _connection: Depends<connection>,
    Input(scene): Input<Scene>,
) -> usize {
    scene.block(4);
    scene.connections.available_permits()
}

#[handler]
fn side_by_side(
    _user: Depends<user>,
    _connection: Depends<connection>,
    Input(scene): Input<Scene>,
) -> usize {
    scene.block(4);
    scene.connections.available_permits()
}

/// Six requests at once, one connection and one thread, also when they stall.
fn plays<F>(run: impl Fn(&App, Call) -> F)
where
    F: Future<Output = Result<usize, hueless::BoxError>> + Send + 'static,
{
    let mut runtime = Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build();
    runtime.expect("a runtime starts").block_on(async {
        for schedule in 0..SCHEDULES {
            let app = App::builder().blocking_limit(1).stall(Duration::MAX);
            let app = app.build().expect("nothing is set wrongly");
            let connections = Arc::new(Semaphore::new(1));
            let requests = (0..6).map(|request| {
                let seed = schedule << 8 | request;
                let connections = Arc::clone(&connections);
                run(&app, Call::new().with(Scene { seed, connections }))
            });
            let results = tokio::time::timeout(PATIENCE, together(requests)).await;
            let results = results.unwrap_or_else(|_| panic!("{schedule}: {:?}", app.stats()));
            for result in results {
                assert_eq!(result.expect("no failure"), 0, "it is taken meanwhile");
            }
            until(&app, is_idle).await;
        }
    });
}

/// A permit per request that is taken at its first blocking node: 212 of 500 schedules stop without
/// the guard.
#[test]
fn no_schedule_of_a_blocking_node_beside_an_async_connection_stops() {
    plays(|app, call| app.run(side_by_side::handler, call));
}

/// The guard runs first, and the connection is taken while the request has its thread, or has not.
#[test]
fn no_schedule_of_a_plain_guard_before_an_async_connection_stops() {
    plays(|app, call| app.run(guarded::handler, call));
}
