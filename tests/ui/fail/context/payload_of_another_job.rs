use apalis_core::backend::memory::MemoryStorage;
use apalis_core::worker::builder::WorkerBuilder;
use hueless::apalis::job;
use hueless::{Input, handler};

#[handler]
fn send(Input(_name): Input<String>) {}

fn main() {
    let worker = WorkerBuilder::new("letters").backend(MemoryStorage::<u32>::new());
    let _ = worker.build(job(send::handler)); //~ ERROR the trait bound `Input<std::string::String>: FromRequest<Task<u32>>` is not satisfied
}
