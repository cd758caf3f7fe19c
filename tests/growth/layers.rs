//! The source of a graph in layers: every dependency needs all of the layer below.

/// How many dependencies a layer has.
pub(crate) const WIDTH: usize = 5;

/// The kinds of dependency. Each place in a layer takes another one in the layer above.
const KINDS: [Kind; 5] = [
    Kind::new("#[dependency]", "pub async fn", false),
    Kind::new("#[dependency]", "pub fn", false),
    Kind::new("#[dependency]", "pub async fn", true),
    Kind::new("#[dependency]", "pub fn", true),
    Kind::new("#[dependency(inline)]", "pub fn", false),
];

struct Kind {
    attribute: &'static str,
    function: &'static str,
    fallible: bool,
}

impl Kind {
    const fn new(attribute: &'static str, function: &'static str, fallible: bool) -> Self {
        Self {
            attribute,
            function,
            fallible,
        }
    }
}

/// The dependencies, and the handler `answer` on top of them.
pub(crate) fn source(layers: usize) -> String {
    let mut source = String::from(
        "use hueless::{Depends, dependency, handler};\n\nuse crate::{Refused, Seed};\n\n",
    );
    for layer in 0..layers {
        for place in 0..WIDTH {
            source += &dependency(layer, place);
        }
    }
    source + &handler(layers)
}

fn dependency(layer: usize, place: usize) -> String {
    let kind = &KINDS[(layer + place) % KINDS.len()];
    let (attribute, function, name) = (kind.attribute, kind.function, name(layer, place));
    let (parameters, sum) = match layer {
        0 => (String::from("Seed(seed): Seed"), String::from("seed")),
        _ => (inputs(layer - 1), sum()),
    };
    let (output, value) = if kind.fallible {
        ("Result<u64, Refused>", format!("Refused::if_zero({sum})"))
    } else {
        ("u64", sum)
    };
    format!("{attribute}\n{function} {name}({parameters}) -> {output} {{\n    {value}\n}}\n\n")
}

fn handler(layers: usize) -> String {
    let (inputs, sum) = (inputs(layers - 1), sum());
    format!(
        "#[handler]\npub fn answer({inputs}, Seed(seed): Seed) -> String {{\n    \
         format!(\"{{}}\", {sum} ^ seed)\n}}\n"
    )
}

/// The parameters of what needs a whole layer.
fn inputs(layer: usize) -> String {
    let inputs: Vec<String> = (0..WIDTH)
        .map(|place| format!("input_{place}: Depends<{}>", name(layer, place)))
        .collect();
    inputs.join(", ")
}

/// The value of what needs a whole layer.
fn sum() -> String {
    let inputs: Vec<String> = (0..WIDTH).map(|place| format!("*input_{place}")).collect();
    inputs.join(" ^ ")
}

fn name(layer: usize, place: usize) -> String {
    format!("layer_{layer}_{place}")
}
