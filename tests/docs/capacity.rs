//! The formula on the page about capacity is the one that the bench computes with.

use crate::{read, workspace};

#[test]
fn the_formula_is_that_of_the_bench() {
    let page = read(&workspace("docs/capacity.md"));
    let bench = read(&workspace("benches/capacity/formula.rs"));
    let formulas: Vec<&str> = page
        .split("```rust\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("```").map(|(formula, _)| formula))
        .collect();
    assert_eq!(formulas.len(), 1);
    for formula in formulas {
        assert!(bench.contains(formula), "{formula}");
    }
}
