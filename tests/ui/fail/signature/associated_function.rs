use hueless::handler;

struct Service;

impl Service {
    #[handler] //~ ERROR implementation is not supported in `trait`s or `impl`s //~ ERROR `const` items in this context need a name
    fn ping() {} //~ ERROR struct is not supported in `trait`s or `impl`s //~ ERROR cannot find type `ping` in this scope (2 times)
}

fn main() {}
