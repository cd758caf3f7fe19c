//! The formula on the page about capacity is the one that the bench computes with.

use crate::fenced::fenced;
use crate::{read, workspace};

#[test]
fn the_formula_is_that_of_the_bench() {
    let page = read(&workspace("docs/capacity.md"));
    let bench = read(&workspace("benches/capacity/formula.rs"));
    let formulas = fenced(&page, "rust");
    assert_eq!(formulas.len(), 1);
    for formula in formulas {
        assert!(bench.contains(formula), "{formula}");
    }
}
