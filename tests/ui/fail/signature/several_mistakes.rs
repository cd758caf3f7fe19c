use hueless::{dependency, handler};

#[handler(sometimes, guard)] //~ ERROR unknown option `sometimes` //~ ERROR `guard` belongs on a dependency
unsafe extern "C" fn ping( //~ ERROR a handler cannot be `unsafe` //~ ERROR a handler cannot be `extern`
    _name: &str, //~ ERROR a handler cannot borrow
    #[depends(on)] _user: impl Clone, //~ ERROR `#[depends]` takes no options //~ ERROR a handler cannot take `impl Trait`
) {
}

#[dependency(inline, cpu)] //~ ERROR `cpu` contradicts `inline`
const fn db(config: &u8) -> impl Clone { //~ ERROR a dependency cannot be `const` //~ ERROR a dependency cannot borrow //~ ERROR a dependency cannot return `impl Trait`
    *config
}

fn main() {}
