//! When slots are taken.

use super::{Graph, Sketch, order};

#[test]
fn slots_are_taken_in_the_order_of_the_app() {
    let graph = Graph::new(&[
        ("handler", "pool lease"),
        ("pool", "config"),
        ("config", ""),
        ("lease", "key"),
        ("key", ""),
        ("slots-of-pool", ""),
        ("slots-of-lease", ""),
    ]);
    let in_order =
        graph
            .clone()
            .slots(0, "slots-of-pool", &["pool"])
            .slots(1, "slots-of-lease", &["lease"]);
    let (declared, schedule) = in_order.orders();
    assert_eq!(
        declared,
        "config slots-of-pool pool key slots-of-lease lease handler"
    );
    assert_eq!(schedule, declared);
    assert_eq!(in_order.waits("slots-of-pool"), "config");
    assert_eq!(in_order.waits("pool"), "config slots-of-pool");
    assert_eq!(in_order.waits("slots-of-lease"), "slots-of-pool key");

    let other_way_round =
        graph
            .slots(1, "slots-of-pool", &["pool"])
            .slots(0, "slots-of-lease", &["lease"]);
    assert_eq!(
        other_way_round.orders(),
        (
            declared,
            "config slots-of-lease slots-of-pool pool key lease handler".to_owned()
        )
    );
    assert_eq!(other_way_round.waits("slots-of-lease"), "config");
    assert_eq!(
        other_way_round.waits("slots-of-pool"),
        "config slots-of-lease"
    );
    assert_eq!(other_way_round.waits("lease"), "key slots-of-lease");
}

#[test]
fn slots_that_are_taken_early_wait_for_no_gate_in_between() {
    let graph = Graph::new(&[
        ("handler", "guard db readbody"),
        ("guard", "token"),
        ("token", ""),
        ("db", "config"),
        ("config", ""),
        ("readbody", ""),
        ("slots-of-token", ""),
        ("slots-of-db", ""),
    ])
    .slots(1, "slots-of-token", &["token"])
    .slots(0, "slots-of-db", &["db"]);
    let (declared, schedule) = graph.orders();
    assert_eq!(
        declared,
        "slots-of-token token guard config slots-of-db db readbody handler"
    );
    assert_eq!(
        schedule,
        "slots-of-db slots-of-token token guard readbody config db handler"
    );
    assert_eq!(graph.waits("slots-of-db"), "");
    assert_eq!(graph.waits("config"), "guard readbody");
    assert_eq!(graph.waits("db"), "config slots-of-db");
}

#[test]
fn slots_of_several_nodes_are_taken_for_the_first() {
    let graph = Graph::new(&[
        ("handler", "one other"),
        ("one", "guard"),
        ("guard", ""),
        ("other", ""),
        ("slots", ""),
    ])
    .slots(0, "slots", &["one", "other"]);
    assert_eq!(graph.orders().0, "guard slots one other handler");
    assert_eq!(graph.waits("slots"), "guard");
    assert_eq!(graph.waits("other"), "guard slots");
}

/// Random graphs: whoever waits comes later in the schedule, so nobody waits for himself.
#[test]
fn no_node_waits_for_itself_whatever_is_limited() {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % 1_000_003).unwrap() % below
    };
    for _ in 0..3_000 {
        let nodes = 2 + random(9);
        let mut sketches: Vec<Sketch> = (0..nodes)
            .map(|node| {
                let mut some = |most: usize| -> Vec<usize> {
                    let later = nodes - node - 1;
                    let count = if later == 0 { 0 } else { random(most + 1) };
                    (0..count).map(|_| node + 1 + random(later)).collect()
                };
                let (inputs, requires, after) = (some(3), some(1), some(1));
                Sketch {
                    inputs,
                    requires,
                    after,
                    is_guard: node > 0 && random(4) == 0,
                    is_extractor: false,
                    ..Sketch::default()
                }
            })
            .collect();
        for sketch in &mut sketches {
            sketch.inputs.sort_unstable();
            sketch.inputs.dedup();
        }
        // Who is after one that is nowhere else in the plan would bring it in, as no builder does.
        let mut reached = vec![false; nodes];
        let mut next = vec![0];
        while let Some(node) = next.pop() {
            if !std::mem::replace(&mut reached[node], true) {
                next.extend(sketches[node].inputs.iter().chain(&sketches[node].requires));
            }
        }
        for sketch in &mut sketches {
            sketch.after.retain(|&other| reached[other]);
        }
        let mut places: Vec<usize> = (0..nodes).collect();
        for place in (1..nodes).rev() {
            places.swap(place, random(place + 1));
        }
        for node in 1..nodes {
            if random(2) == 0 {
                sketches[node].slots = Some(sketches.len());
                sketches.push(Sketch {
                    slots_order: Some(places[node]),
                    ..Sketch::default()
                });
            }
        }
        let order = order(&sketches, 0);
        if !order.problems.is_empty() {
            continue;
        }
        let mut position = vec![0; order.sketches.len()];
        for (at, &index) in order.schedule.iter().enumerate() {
            position[index] = at;
        }
        assert_eq!(order.schedule.len(), order.sketches.len());
        for &(first, then) in &order.edges {
            assert!(position[first] < position[then], "{sketches:?}");
        }
        let taken = order.schedule.iter().copied();
        let taken = taken.filter_map(|index| sketches[order.sketches[index]].slots_order);
        assert!(taken.is_sorted());
    }
}
