//! Types of the user's with the names of the prelude.
#![deny(warnings)]

use hueless::{App, Call, Depends, Input, dependency, handler};

pub struct Option;
pub struct Result<T>(pub T);
pub struct Box;
pub struct String;
pub struct Vec;
pub trait Send {}
pub trait Sync {}
pub trait Sized {}
pub trait Fn {}
pub trait Clone {}
pub trait Default {}
pub trait Future {}
pub trait From {}
pub trait Into {}
pub trait Iterator {}
#[allow(non_snake_case)]
pub fn Some() {}
#[allow(non_snake_case)]
pub fn None() {}
#[allow(non_snake_case)]
pub fn Ok() {}
#[allow(non_snake_case)]
pub fn Err() {}
pub fn drop() {}

#[dependency(singleton)]
async fn one() -> Option {
    Option
}

#[dependency]
fn two(one: Depends<one>) -> core::result::Result<Box, std::string::String> {
    let _: &Option = &one;
    core::result::Result::Ok(Box)
}

#[dependency]
struct Both {
    two: Depends<two>,
}

#[dependency(guard)]
fn pass(Input(_input): Input<u8>) -> Vec {
    Vec
}

#[handler(requires(pass))]
async fn read(both: Depends<Both>) -> String {
    let _: &Box = &both.two;
    String
}

#[handler]
fn write<T>(Input(input): Input<T>) -> T
where
    T: core::clone::Clone + core::marker::Send,
{
    input
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let call = || Call::new().with(1_u8);
    let String = App::new().run(read::handler, call()).await.unwrap();
    assert_eq!(
        App::new().run(write::<u8>::handler, call()).await.unwrap(),
        1
    );
}
