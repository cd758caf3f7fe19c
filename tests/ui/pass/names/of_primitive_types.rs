//! Types of the user's with the names of primitive ones.
#![deny(warnings)]
#![allow(non_camel_case_types)]

use hueless::{App, Call, Depends, dependency, handler};

pub struct bool;
pub struct str;
pub struct u8;
pub struct u32;
pub struct u64;
pub struct usize;

#[dependency(singleton)]
async fn one() -> u8 {
    u8
}

#[dependency(guard, requires(one))]
fn two(one: Depends<one>) -> Result<u32, String> {
    let _: &u8 = &one;
    Ok(u32)
}

#[dependency]
struct Both {
    two: Depends<two>,
}

#[handler(sequential)]
fn read(both: Depends<Both>) -> bool {
    let _: &u32 = &both.two;
    bool
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let bool = App::new().run(read::handler, Call::new()).await.unwrap();
}
