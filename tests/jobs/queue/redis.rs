//! A queue in Redis, which announces each job that it was told is done.

use apalis_redis::{Client, Config, ConnectionManager, RedisStorage};
use futures_util::{FutureExt, StreamExt};
use hueless::BoxError;
use redis::aio::PubSub;

use super::{Acknowledged, HEARTBEAT, MISSED_HEARTBEATS, Payload, Shared};

pub(crate) struct Redis {
    client: Client,
    connection: ConnectionManager,
    queue: String,
    announced: Option<PubSub>,
    acknowledged: Acknowledged,
}

impl Redis {
    fn config(&self) -> Config {
        Config::default()
            .queue(&self.queue)
            .heartbeat_interval(HEARTBEAT)
            .missed_heartbeats(MISSED_HEARTBEATS)
    }
}

impl Shared for Redis {
    type Storage<Args: Payload> = RedisStorage<Args>;

    const NAME: &str = "Redis";

    async fn open(address: &str, queue: &str) -> Result<Self, BoxError> {
        let client = Client::open(address)?;
        Ok(Self {
            connection: client.get_connection_manager().await?,
            client,
            queue: queue.to_owned(),
            announced: None,
            acknowledged: Acknowledged::new(),
        })
    }

    fn storage<Args: Payload>(&self, at_once: usize) -> RedisStorage<Args> {
        let config = self.config().batch_size(at_once);
        RedisStorage::new(self.connection.clone()).with_config(config)
    }

    async fn set_up(&mut self) -> Result<(), BoxError> {
        let mut announced = self.client.get_async_pubsub().await?;
        let done = self.config().done_jobs_set();
        announced.subscribe(format!("tasks:{done}")).await?;
        self.announced = Some(announced);
        Ok(())
    }

    async fn acknowledged(&mut self) -> Result<Acknowledged, BoxError> {
        let announced = self.announced.as_mut().ok_or("nobody counts")?;
        let mut messages = announced.on_message();
        // The server has answered, so what it announced before is here.
        while let Some(Some(message)) = messages.next().now_or_never() {
            *self.acknowledged.entry(message.get_payload()?).or_default() += 1;
        }
        Ok(self.acknowledged.clone())
    }
}
