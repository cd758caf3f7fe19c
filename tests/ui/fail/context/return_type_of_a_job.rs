use apalis_core::backend::memory::MemoryStorage;
use apalis_core::worker::builder::WorkerBuilder;
use hueless::apalis::job;
use hueless::handler;

struct Page;

#[handler]
fn send() -> Page {
    Page
}

fn main() {
    let worker = WorkerBuilder::new("letters").backend(MemoryStorage::<u32>::new());
    let _ = worker.build(job(send::handler)); //~ ERROR `Page: IntoResponse` is not satisfied //~ ERROR IntoWorkerService<MemoryStorage<u32>, _>` is not satisfied
}
