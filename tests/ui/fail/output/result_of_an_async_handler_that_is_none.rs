use hueless::handler;

mod parser {
    pub struct Result {
        pub tokens: usize,
    }
}

#[handler]
async fn parsed() -> parser::Result { //~ ERROR `parser::Result` is written `Result`, but is not `std::result::Result` (2 times)
    parser::Result { tokens: 1 }
}

fn main() {}
