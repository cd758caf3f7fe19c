//! A queue in Redis, which announces each job that it was told is done.

use apalis_redis::{Client, Config, ConnectionManager, RedisStorage};
use futures_util::{FutureExt, StreamExt};
use hueless::BoxError;
use redis::aio::PubSub;

use super::{Acknowledged, HEARTBEAT, MISSED_HEARTBEATS, Payload, Shared, Told};

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

    async fn told(&self) -> Result<Vec<Told>, BoxError> {
        let (config, mut connection) = (self.config(), self.connection.clone());
        let mut told = Vec::new();
        let jobs = redis::cmd("HKEYS")
            .arg(config.job_data_hash())
            .query_async::<Vec<String>>(&mut connection)
            .await?;
        for job in jobs {
            let (status, attempts, result) = redis::cmd("HMGET")
                .arg(format!("{}:{job}", config.job_meta_hash()))
                .arg(&["status", "attempts", "result"])
                .query_async::<(Option<String>, Option<u32>, Option<String>)>(&mut connection)
                .await?;
            told.push(Told {
                status: status.unwrap_or_default(),
                attempts: attempts.unwrap_or_default(),
                result: result.unwrap_or_default(),
            });
        }
        Ok(told)
    }

    const NO_JOB: &str = "Missing attempts in metadata";

    async fn push_no_job(&self) -> Result<(), BoxError> {
        let (config, mut connection) = (self.config(), self.connection.clone());
        let id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
        redis::cmd("HSET")
            .arg(config.job_data_hash())
            .arg(id)
            .arg("null")
            .query_async::<()>(&mut connection)
            .await?;
        redis::cmd("RPUSH")
            .arg(config.active_jobs_list())
            .arg(id)
            .query_async::<()>(&mut connection)
            .await?;
        Ok(())
    }
}
