use apalis_core::backend::memory::MemoryStorage;
use apalis_core::worker::builder::WorkerBuilder;
use hueless::apalis::job;
use hueless::handler;

struct Session;

#[handler]
fn send(_session: Session) {}

fn main() {
    let worker = WorkerBuilder::new("letters").backend(MemoryStorage::<u32>::new());
    let _ = worker.build(job(send::handler)); //~ ERROR the trait bound `Session: FromRequest<Task<u32>>` is not satisfied
}
