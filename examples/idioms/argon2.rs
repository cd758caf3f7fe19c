//! argon2: passwords, hashed and verified on the work-stealing pool.
//!
//! A hash of a password is meant to take long and much memory. With `cpu` no more of them run at once
//! than there are cores, and neither other requests nor the threads that block wait for them.
//!
//! ```text
//! cargo run --example with-argon2    # sends requests to itself, and prints the answers
//! ```

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, MutexGuard, PoisonError};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{self, PasswordHasher, PasswordVerifier};
use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use hueless::{BoxError, Depends, dependency, handler};
use serde::Deserialize;
use serde_json::json;
use tower::ServiceExt;

#[derive(Deserialize)]
struct Credentials {
    name: String,
    password: String,
}

/// Names, and the hashes of their passwords. Elsewhere it is a table.
#[derive(Default)]
struct Accounts(Mutex<HashMap<String, String>>);

impl Accounts {
    fn hashes(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[dependency(singleton, inline)]
fn accounts() -> Accounts {
    Accounts::default()
}

/// The hash of a password that nobody has: random bytes. The crate offers those as salts.
#[dependency(singleton, cpu)]
fn nobody() -> Result<String, StatusCode> {
    let random_password = password_hash::try_generate_salt().map_err(|_| BROKEN)?;
    hash(&random_password)
}

const BROKEN: StatusCode = StatusCode::INTERNAL_SERVER_ERROR;

#[handler(cpu)]
fn register(
    accounts: Depends<accounts>,
    Json(asked): Json<Credentials>,
) -> Result<StatusCode, StatusCode> {
    let hash = hash(asked.password.as_bytes())?;
    match accounts.hashes().entry(asked.name) {
        Entry::Occupied(_) => Err(StatusCode::CONFLICT),
        Entry::Vacant(account) => {
            account.insert(hash);
            Ok(StatusCode::CREATED)
        }
    }
}

#[handler(cpu)]
fn login(
    accounts: Depends<accounts>,
    nobody: Depends<nobody>,
    Json(asked): Json<Credentials>,
) -> Result<String, StatusCode> {
    let account = accounts.hashes().get(&asked.name).cloned();
    // Where there is no account it takes as long: the time does not tell which names there are.
    let hash = account.as_ref().unwrap_or(&nobody);
    let hash = PasswordHash::new(hash).map_err(|_| BROKEN)?;
    let verified = Argon2::default().verify_password(asked.password.as_bytes(), &hash);
    match (account, verified) {
        (Some(_), Ok(())) => Ok(format!("welcome, {}", asked.name)),
        _ => Err(StatusCode::UNAUTHORIZED),
    }
}

/// With a salt of its own, and with all that it takes to verify it.
fn hash(password: &[u8]) -> Result<String, StatusCode> {
    let hash = Argon2::default().hash_password(password);
    Ok(hash.map_err(|_| BROKEN)?.to_string())
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let router = Router::new()
        .route("/register", post(register::handler))
        .route("/login", post(login::handler));
    for (path, name, password) in [
        ("/register", "Ada", "engine"),
        ("/register", "Ada", "guessed"),
        ("/login", "Ada", "engine"),
        ("/login", "Ada", "guessed"),
        ("/login", "Grace", "engine"),
    ] {
        let body = json!({ "name": name, "password": password });
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))?;
        let response = router.clone().oneshot(request).await?;
        let status = response.status().as_u16();
        let said = to_bytes(response.into_body(), 1024).await?;
        let said = String::from_utf8_lossy(&said);
        println!(
            "{}",
            format!("{path} {name} {password}: {status} {said}").trim_end()
        );
    }
    Ok(())
}
