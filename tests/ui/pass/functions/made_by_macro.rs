//! A macro that makes several, whose names all stand at one place.
#![deny(warnings)]

use hueless::{App, Call, Depends, dependency, handler};

macro_rules! numbers {
    ($($name:ident($($needs:ident: $of:ty),*) = $value:expr;)*) => {
        $(
            #[dependency(inline)]
            fn $name($($needs: $of),*) -> u8 {
                $value
            }
        )*
    };
}

numbers! {
    one() = 1;
    two(one: Depends<one>) = *one + 1;
    three(one: Depends<one>, two: Depends<two>) = *one + *two;
}

macro_rules! constants {
    ($($name:ident)*) => {
        $(
            #[dependency]
            async fn $name() -> &'static str {
                stringify!($name)
            }
        )*
        #[handler]
        fn all($($name: Depends<$name>),*) -> String {
            [$(*$name),*].concat()
        }
    };
}

constants!(a b c);

#[handler]
fn read(three: Depends<three>) -> u8 {
    *three
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new();
    assert_eq!(app.run(read::handler, Call::new()).await.unwrap(), 3);
    assert_eq!(app.run(all::handler, Call::new()).await.unwrap(), "abc");
}
