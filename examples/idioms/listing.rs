//! How `with-diesel` and `with-sqlx` print the accounts.

pub(crate) fn print(when: &str, balances: &[(String, i64)]) {
    let balances: Vec<String> = balances
        .iter()
        .map(|(owner, balance)| format!("{owner} {balance}"))
        .collect();
    println!("{when}: {}", balances.join(", "));
}
