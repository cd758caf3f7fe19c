// The guide: documentation and no code. Each chapter is a file in `runtime/guide`, and every example in
// it is compiled and run as a test.
//
// A chapter links to others, and to the interface, by reference. Its own definitions are for who reads
// the file; those of `guide/links.md` are for rustdoc, which takes the first definition of a label. The
// test `docs` keeps both complete.
#![cfg_attr(not(doctest), doc = include_str!("guide/links.md"))]
#![doc = include_str!("../guide/README.md")]

macro_rules! chapters {
    ($($name:ident = $file:literal;)*) => { $(
        #[cfg_attr(not(doctest), doc = include_str!("guide/links.md"))]
        #[cfg_attr(feature = "cpu", cfg_attr(not(doctest), doc = "[`offload_cpu`]: crate::offload_cpu()\n"))]
        #[cfg_attr(feature = "apalis", cfg_attr(not(doctest), doc = "[apalis]: crate::apalis\n"))]
        #[cfg_attr(feature = "tower", cfg_attr(not(doctest), doc = "[tower]: crate::tower::service()\n"))]
        #[cfg_attr(feature = "utoipa", cfg_attr(not(doctest), doc = "[openapi]: crate::openapi\n"))]
        #[cfg_attr(feature = "inspect", cfg_attr(not(doctest), doc = "[inspect]: crate::inspect::router()\n"))]
        #[doc = include_str!($file)]
        pub mod $name {}
    )* };
}

chapters! {
    first_steps = "../guide/01-first-steps.md";
    colours = "../guide/02-blocking-or-async.md";
    dependencies = "../guide/03-dependencies.md";
    sub_dependencies = "../guide/04-sub-dependencies.md";
    structs = "../guide/05-structs.md";
    guards = "../guide/06-guards.md";
    lifetimes = "../guide/07-lifetimes.md";
    teardown = "../guide/08-teardown.md";
    background = "../guide/09-background.md";
    failures = "../guide/10-errors.md";
    testing = "../guide/11-testing.md";
    cancellation = "../guide/12-cancellation.md";
    limits = "../guide/13-limits.md";
    observing = "../guide/14-observing.md";
    jobs = "../guide/15-jobs.md";
    frameworks = "../guide/16-framework-authors.md";
    from_fastapi = "../guide/from-fastapi.md";
    from_axum = "../guide/from-axum.md";
    errors = "../guide/errors.md";
    lane = "../guide/lane.md";
}
