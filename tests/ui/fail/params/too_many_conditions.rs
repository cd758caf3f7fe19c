use hueless::handler;

#[handler]
fn greet(
    #[cfg(unix)] _a: u8,
    #[cfg(not(windows))] _b: u8,
    #[cfg(debug_assertions)] _c: u8,
    #[cfg(panic = "unwind")] _d: u8,
    #[cfg(not(target_os = "none"))] _e: u8, //~ ERROR a handler can have at most 4 different `#[cfg]` conditions inside; put `#[cfg]` on the whole item
) {
}

fn main() {}
