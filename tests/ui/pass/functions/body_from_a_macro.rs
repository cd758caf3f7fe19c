//! A body that a macro was given as a block.

macro_rules! make {
    ($name:ident, $body:block) => {
        #[hueless::dependency]
        fn $name() -> u32 $body
    };
}

make!(three, { 3 });

#[hueless::handler]
fn read(three: hueless::Depends<three>) -> u32 {
    *three
}

fn main() {
    assert_eq!(three(), 3);
}
