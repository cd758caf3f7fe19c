//! What `routes!` makes, and what it says of mistakes.

use proc_macro2::TokenStream;

use super::messages;
use crate::routes::routes;

fn expand(input: &str) -> TokenStream {
    let input = input.parse();
    routes(input.expect("the test's input has tokens"))
}

#[test]
fn a_handler_is_named_beside_what_is_written_of_it() {
    let expansion = expand("descriptions; list, items::add::<5>,").to_string();
    for part in [
        "routes . add :: < list , __path_list >",
        "< list > :: handler",
        "routes . add :: < items :: add :: < 5 > , items :: __path_add >",
        "< items :: add :: < 5 > > :: handler",
    ] {
        assert!(expansion.contains(part), "{expansion}");
    }
}

#[test]
fn mistakes_are_said_in_words() {
    let usage = "`routes!` takes descriptions and the paths of handlers; write \
                 `routes!(descriptions; list, items::add)`";
    for input in [
        "list",
        "list, add",
        "descriptions;",
        "descriptions; list add",
        "; list",
    ] {
        let [message] = &messages(expand(input))[..] else {
            panic!("`{input}` makes one mistake");
        };
        assert!(message.starts_with(usage), "{input}: {message}");
        assert!(message.ends_with("#not-registered"), "{input}: {message}");
    }
}
