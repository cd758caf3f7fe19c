use hueless::{Depends, dependency};

#[dependency]
fn outside(orders: Depends<orders>) -> u8 {
    *orders
}

#[dependency]
fn orders(stock: Depends<stock>) -> u8 { //~ ERROR dependency cycle: orders -> stock -> prices -> taxes -> users -> orders
    *stock
}

#[dependency]
async fn stock(prices: Depends<prices>) -> u8 {
    *prices
}

#[dependency(inline)]
fn prices(taxes: Depends<taxes>) -> u8 {
    *taxes
}

#[dependency(cpu)]
fn taxes(users: Depends<users>) -> u8 {
    *users
}

#[dependency]
fn users(orders: Depends<orders>) -> u8 {
    *orders
}

fn main() {}
