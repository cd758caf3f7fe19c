//! Constants, statics and unit structs of any name: patterns of generated code never name them.

#![allow(non_upper_case_globals, non_camel_case_types, dead_code)]

use hueless::{Depends, Input, dependency, handler};

static inputs: u8 = 1;
static node: u8 = 1;
static walk: u8 = 1;
const a0: u8 = 1;
const a1: u8 = 1;
const up: u8 = 1;
const step: u8 = 1;
const message: u8 = 1;
struct path;
struct invocation;

#[dependency]
fn config() -> u8 {
    1
}

#[dependency]
async fn db(config: Depends<config>, Input(name): Input<u8>) -> u8 {
    *config + name
}

#[dependency]
struct Page {
    db: Depends<db>,
}

#[handler]
fn read(db: Depends<db>, page: Depends<Page>, Input(name): Input<u8>) -> u8 {
    *db + *page.db + name
}

fn main() {}
