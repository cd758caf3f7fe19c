//! A queue in Redis.

use apalis_redis::{Client, Config, RedisStorage};
use hueless::BoxError;

use super::{BATCH, HEARTBEAT, MISSED_HEARTBEATS, NAME};

pub(super) async fn connect<T>(url: &str) -> Result<RedisStorage<T>, BoxError> {
    let client = Client::open(url)?;
    // Says at once that nobody listens, where the other one goes on trying.
    client.get_multiplexed_async_connection().await?;
    let connection = client.get_connection_manager().await?;
    let config = Config::default()
        .queue(NAME)
        .batch_size(BATCH)
        .heartbeat_interval(HEARTBEAT)
        .missed_heartbeats(MISSED_HEARTBEATS);
    Ok(RedisStorage::new(connection).with_config(config))
}
