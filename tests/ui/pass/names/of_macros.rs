//! Macros of the user's with the names of those that are always there.
#![deny(warnings)]
#![allow(unused_macros)]

use hueless::{App, Call, Depends, dependency, handler};

macro_rules! panic {
    () => {
        compile_error!("the macro of the user was called");
    };
}
macro_rules! unreachable {
    () => {
        compile_error!("the macro of the user was called");
    };
}
macro_rules! module_path {
    () => {
        compile_error!("the macro of the user was called");
    };
}
macro_rules! file {
    () => {
        compile_error!("the macro of the user was called");
    };
}
macro_rules! line {
    () => {
        compile_error!("the macro of the user was called");
    };
}
macro_rules! column {
    () => {
        compile_error!("the macro of the user was called");
    };
}
#[dependency(singleton)]
fn one() -> Result<u8, String> {
    Ok(1)
}

#[handler]
fn read(one: Depends<one>) -> u8 {
    *one
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(App::new().run(read::handler, Call::new()).await.unwrap(), 1);
}
