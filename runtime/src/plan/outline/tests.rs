use super::{Outline, Part, Runs};

fn part(runs: Runs, inputs: &[usize]) -> Part {
    Part {
        runs,
        is_guard: false,
        reads: 0,
        requires: Vec::new(),
        inputs: inputs.to_vec(),
        after: Vec::new(),
    }
}

fn plain(inputs: &[usize]) -> Part {
    part(Runs::OnLane, inputs)
}

fn waits(inputs: &[usize]) -> Part {
    part(Runs::Elsewhere, inputs)
}

fn in_place(inputs: &[usize]) -> Part {
    part(Runs::InPlace, inputs)
}

/// The hops of the graph whose last part is the handler.
fn hops(parts: &[Part]) -> Vec<(Vec<usize>, bool)> {
    let outline = Outline::of(parts, parts.len() - 1);
    let hops = outline.hops.into_iter();
    hops.map(|hop| (hop.parts, hop.is_side_by_side)).collect()
}

const CHAIN: bool = false;
const SIDE_BY_SIDE: bool = true;

#[test]
fn a_chain_of_blocking_functions_is_one_hop() {
    let parts = [plain(&[]), in_place(&[0]), plain(&[1]), plain(&[2, 0])];
    assert_eq!(hops(&parts), [(vec![0, 1, 2, 3], CHAIN)]);
    assert_eq!(Outline::of(&parts, 3).goes_on_after[3], [2]);
}

#[test]
fn what_may_wait_ends_a_hop() {
    let parts = [plain(&[]), plain(&[0]), waits(&[1]), plain(&[1, 2])];
    assert_eq!(hops(&parts), [(vec![0, 1], CHAIN)]);
}

#[test]
fn what_is_independent_of_a_hop_may_end_after_it() {
    let parts = [plain(&[]), waits(&[]), plain(&[0, 1])];
    assert_eq!(hops(&parts), []);
}

#[test]
fn what_is_there_or_done_at_once_ends_no_hop() {
    let singleton = part(Runs::Not, &[]);
    let mut reader = plain(&[0, 1]);
    reader.reads = 2;
    let parts = [plain(&[]), singleton, reader, in_place(&[]), plain(&[2, 3])];
    assert_eq!(hops(&parts), [(vec![0, 2, 4], CHAIN)]);
}

#[test]
fn a_hop_ends_with_its_last_blocking_function() {
    let parts = [plain(&[]), in_place(&[0]), plain(&[0]), waits(&[1, 2])];
    assert_eq!(hops(&parts), [(vec![0, 2], CHAIN)]);
}

#[test]
fn what_a_guard_leaves_behind_goes_on_after_it() {
    let mut guard = plain(&[]);
    guard.is_guard = true;
    let parts = [plain(&[]), guard.clone(), plain(&[0, 1])];
    assert_eq!(hops(&parts), [(vec![1, 0, 2], CHAIN)]);

    guard.runs = Runs::Elsewhere;
    guard.inputs.push(0);
    let parts = [plain(&[]), guard, plain(&[0, 1])];
    assert_eq!(hops(&parts), []);
}

#[test]
fn siblings_may_run_side_by_side() {
    let parts = [plain(&[]), plain(&[0]), plain(&[0]), plain(&[1, 2])];
    assert_eq!(hops(&parts), [(vec![0, 1, 2, 3], SIDE_BY_SIDE)]);
    let parts = [plain(&[]), plain(&[]), plain(&[0, 1])];
    assert_eq!(hops(&parts), [(vec![0, 1, 2], SIDE_BY_SIDE)]);
}

#[test]
fn a_request_may_have_several_hops() {
    let parts = [
        plain(&[]),
        plain(&[0]),
        waits(&[1]),
        plain(&[2]),
        plain(&[3]),
    ];
    assert_eq!(hops(&parts), [(vec![0, 1], CHAIN), (vec![3, 4], CHAIN)]);
}
