mod slots;

use super::{Order, Sketch, order};

/// Builds sketches by name: `("handler", "user db")` needs `user` and `db`.
#[derive(Clone)]
struct Graph {
    sketches: Vec<Sketch>,
}

impl Graph {
    fn new(nodes: &[(&str, &str)]) -> Self {
        let names: Vec<&str> = nodes.iter().map(|(name, _)| *name).collect();
        let find = |needed: &str| names.iter().position(|name| *name == needed).unwrap();
        let sketches = nodes
            .iter()
            .map(|(name, inputs)| Sketch {
                label: (*name).to_owned().into(),
                inputs: inputs.split_whitespace().map(find).collect(),
                is_guard: name.starts_with("guard"),
                is_extractor: name.starts_with("read"),
                ..Sketch::default()
            })
            .collect();
        Self { sketches }
    }

    fn find(&self, name: &str) -> usize {
        self.sketches
            .iter()
            .position(|sketch| sketch.label.name() == name)
            .unwrap()
    }

    fn requires(mut self, node: &str, required: &[&str]) -> Self {
        let required = required.iter().map(|name| self.find(name)).collect();
        let node = self.find(node);
        self.sketches[node].requires = required;
        self
    }

    fn after(mut self, node: &str, other: &str) -> Self {
        let (node, other) = (self.find(node), self.find(other));
        self.sketches[node].after.push(other);
        self
    }

    /// The node `slots`, the `order`-th of the app, takes slots for these nodes.
    fn slots(mut self, order: usize, slots: &str, nodes: &[&str]) -> Self {
        let slots = self.find(slots);
        self.sketches[slots].slots_order = Some(order);
        for node in nodes {
            let node = self.find(node);
            self.sketches[node].slots = Some(slots);
        }
        self
    }

    fn order(&self) -> Order {
        order(&self.sketches, self.find("handler"))
    }

    fn names(&self, order: &Order, indices: &[usize]) -> String {
        let names: Vec<&str> = indices
            .iter()
            .map(|&index| self.sketches[order.sketches[index]].label.name())
            .collect();
        names.join(" ")
    }

    /// Declaration order, and the order in which a sequential run starts nodes.
    fn orders(&self) -> (String, String) {
        let order = self.order();
        let declared: Vec<usize> = (0..order.sketches.len()).collect();
        (
            self.names(&order, &declared),
            self.names(&order, &order.schedule),
        )
    }

    /// What `node` waits for.
    fn waits(&self, node: &str) -> String {
        let order = self.order();
        let index = |name| {
            order
                .sketches
                .iter()
                .position(|&sketch| sketch == self.find(name))
                .unwrap()
        };
        let mut waits: Vec<usize> = order
            .edges
            .iter()
            .filter(|edge| edge.1 == index(node))
            .map(|edge| edge.0)
            .collect();
        waits.sort_unstable();
        self.names(&order, &waits)
    }
}

#[test]
fn a_shared_node_stands_at_its_first_use() {
    let graph = Graph::new(&[
        ("handler", "a b"),
        ("a", "shared"),
        ("b", "shared"),
        ("shared", ""),
    ]);
    assert_eq!(graph.orders().0, "shared a b handler");
}

#[test]
fn guards_are_walked_first_wherever_they_are_used() {
    let graph = Graph::new(&[
        ("handler", "order user"),
        ("order", "db"),
        ("user", "guard"),
        ("guard", "token"),
        ("token", ""),
        ("db", ""),
    ]);
    assert_eq!(graph.orders().0, "token guard db order user handler");
    assert_eq!(graph.waits("db"), "guard");
    assert_eq!(graph.waits("order"), "db");
    assert_eq!(graph.waits("token"), "");
}

#[test]
fn a_second_guard_and_what_it_needs_wait_for_the_first() {
    let graph = Graph::new(&[
        ("handler", "guard1 guard2 rest"),
        ("guard1", ""),
        ("guard2", "token"),
        ("token", ""),
        ("rest", ""),
    ]);
    assert_eq!(graph.orders().0, "guard1 token guard2 rest handler");
    assert_eq!(graph.waits("token"), "guard1");
    assert_eq!(graph.waits("rest"), "guard2");
}

#[test]
fn the_handlers_own_extractors_run_after_the_guards_and_fail_after_all_dependencies() {
    let graph = Graph::new(&[
        ("handler", "readpath db readbody guard"),
        ("readpath", ""),
        ("db", "readheader"),
        ("readheader", ""),
        ("readbody", ""),
        ("guard", "readtoken"),
        ("readtoken", ""),
    ]);
    let (declared, schedule) = graph.orders();
    assert_eq!(
        declared,
        "readtoken guard readheader db readpath readbody handler"
    );
    assert_eq!(
        schedule,
        "readtoken guard readpath readbody readheader db handler"
    );
    assert_eq!(graph.waits("readpath"), "readtoken guard");
    assert_eq!(graph.waits("readbody"), "guard readpath");
    assert_eq!(graph.waits("readheader"), "guard readbody");
    assert_eq!(graph.waits("db"), "readheader");
}

#[test]
fn what_a_handler_requires_runs_first_and_in_this_order() {
    let graph = Graph::new(&[
        ("handler", "db"),
        ("db", ""),
        ("first", ""),
        ("second", "token"),
        ("token", ""),
    ])
    .requires("handler", &["first", "second"]);
    assert_eq!(graph.orders().0, "first token second db handler");
    assert_eq!(graph.waits("token"), "first");
    assert_eq!(graph.waits("db"), "second");
}

#[test]
fn guards_come_first_below_what_a_handler_requires_too() {
    let graph = Graph::new(&[
        ("handler", ""),
        ("both", "order guard"),
        ("order", ""),
        ("guard", ""),
    ])
    .requires("handler", &["both"]);
    assert_eq!(graph.orders().0, "guard order both handler");
    assert_eq!(graph.waits("order"), "guard");
}

#[test]
fn what_a_dependency_requires_holds_back_its_own_inputs_only() {
    let graph = Graph::new(&[
        ("handler", "free d"),
        ("free", ""),
        ("d", "input shared"),
        ("input", "deep"),
        ("deep", ""),
        ("shared", "free"),
        ("check", ""),
    ])
    .requires("d", &["check"]);
    assert_eq!(graph.orders().0, "free check deep input shared d handler");
    assert_eq!(graph.waits("deep"), "check");
    assert_eq!(graph.waits("free"), "");
    assert_eq!(graph.waits("check"), "");
}

#[test]
fn what_an_inner_dependency_requires_does_not_replace_what_an_outer_one_does() {
    let graph = Graph::new(&[
        ("handler", "early outer"),
        ("early", ""),
        ("outer", "inner"),
        ("inner", "deep"),
        ("deep", ""),
        ("check", ""),
    ])
    .requires("outer", &["check"])
    .requires("inner", &["early"]);
    assert_eq!(graph.orders().0, "early check deep inner outer handler");
    assert_eq!(graph.waits("deep"), "early check");
}

#[test]
fn what_a_handler_requires_second_may_be_needed_by_the_first() {
    let graph = Graph::new(&[
        ("handler", "db"),
        ("db", ""),
        ("first", "second"),
        ("second", ""),
    ])
    .requires("handler", &["first", "second"]);
    assert_eq!(graph.orders().0, "second first db handler");
    assert_eq!(graph.waits("db"), "first");
}

#[test]
fn after_is_an_edge_that_takes_no_value() {
    let graph = Graph::new(&[("handler", "late early"), ("late", ""), ("early", "")])
        .after("late", "early");
    assert_eq!(graph.orders().0, "early late handler");
    assert_eq!(graph.waits("late"), "early");
}

#[test]
fn after_may_close_a_cycle() {
    let graph = Graph::new(&[("handler", "a b"), ("a", "b"), ("b", "")]).after("b", "a");
    let problems: Vec<String> = graph
        .order()
        .problems
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(problems, ["dependency cycle: a -> b -> a"]);
}
