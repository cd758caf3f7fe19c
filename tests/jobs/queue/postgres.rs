//! A queue in `PostgreSQL`.

use apalis_postgres::{Config, PgPool, PostgresStorage};
use hueless::BoxError;
use sqlx::Row;
use tokio::sync::Mutex;

use super::{Acknowledged, HEARTBEAT, MISSED_HEARTBEATS, Payload, Shared, Told};

pub(crate) struct Postgres {
    pool: PgPool,
    queue: String,
}

impl Shared for Postgres {
    type Storage<Args: Payload> = PostgresStorage<Args>;

    const NAME: &str = "PostgreSQL";

    async fn open(address: &str, queue: &str) -> Result<Self, BoxError> {
        let pool = PgPool::connect(address).await?;
        Ok(Self {
            pool,
            queue: queue.to_owned(),
        })
    }

    fn storage<Args: Payload>(&self, at_once: usize) -> PostgresStorage<Args> {
        let config = Config::default()
            .queue(&self.queue)
            .heartbeat_interval(HEARTBEAT)
            .missed_heartbeats(MISSED_HEARTBEATS)
            .batch_size(at_once);
        PostgresStorage::new(&self.pool).with_config(config)
    }

    async fn set_up(&mut self) -> Result<(), BoxError> {
        static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
        let _turn = ONE_AT_A_TIME.lock().await;
        PostgresStorage::setup(&self.pool).await?;
        for statement in [
            "CREATE TABLE IF NOT EXISTS public.acknowledged (queue TEXT NOT NULL, id TEXT NOT NULL)",
            "CREATE OR REPLACE FUNCTION public.acknowledge() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN INSERT INTO public.acknowledged VALUES (NEW.job_type, NEW.id); RETURN NULL; END $$",
            "CREATE OR REPLACE TRIGGER acknowledges AFTER UPDATE OF status ON apalis.jobs FOR EACH ROW \
             WHEN (NEW.status = 'Done') EXECUTE FUNCTION public.acknowledge()",
        ] {
            sqlx::query(statement).execute(&self.pool).await?;
        }
        Ok(())
    }

    async fn acknowledged(&mut self) -> Result<Acknowledged, BoxError> {
        let rows = sqlx::query("SELECT id FROM public.acknowledged WHERE queue = $1")
            .bind(&self.queue)
            .fetch_all(&self.pool)
            .await?;
        let mut acknowledged = Acknowledged::new();
        for row in rows {
            *acknowledged.entry(row.try_get(0)?).or_default() += 1;
        }
        Ok(acknowledged)
    }

    async fn told(&self) -> Result<Vec<Told>, BoxError> {
        let statement =
            "SELECT status, attempts, last_result::text FROM apalis.jobs WHERE job_type = $1";
        let rows = sqlx::query(statement).bind(&self.queue);
        let rows = rows.fetch_all(&self.pool).await?;
        let read = |row: &sqlx::postgres::PgRow| {
            Ok(Told {
                status: row.get(0),
                attempts: row.get::<i32, _>(1).try_into()?,
                result: row.get::<Option<String>, _>(2).unwrap_or_default(),
            })
        };
        rows.iter().map(read).collect()
    }

    const NO_JOB: &str = "TaskId Error";

    async fn push_no_job(&self) -> Result<(), BoxError> {
        let statement = "INSERT INTO apalis.jobs (id, job_type, job, status, attempts, max_attempts, run_at) \
                         VALUES (gen_random_uuid()::text, $1, 'null', 'Pending', 0, 25, to_timestamp(0))";
        let pushed = sqlx::query(statement).bind(&self.queue);
        pushed.execute(&self.pool).await?;
        Ok(())
    }
}
