//! Times as they are written: `"1m 30s"`.

use std::time::Duration;

use syn::parse::ParseStream;
use syn::{Ident, LitStr};

use super::value::assignment;
use crate::errors::mistake_at;

/// In nanoseconds.
const UNITS: &[(&str, u64)] = &[
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// `timeout = "2s"`
pub(super) fn time(key: &Ident, input: ParseStream<'_>) -> syn::Result<Duration> {
    let message = format!("`{key}` takes a time; write `{key} = \"2s\"`");
    assignment(key, input, &message)?;
    let start = input.span();
    let written = input.parse::<LitStr>().ok();
    let written = written
        .filter(|literal| literal.suffix().is_empty() && input.is_empty())
        .ok_or_else(|| mistake_at(start, &message))?;
    duration(&written.value()).map_err(|mistake| {
        let message = match mistake {
            Mistake::Form => {
                let form = "`us`, `ms`, `s`, `m` or `h`";
                format!("a time is whole numbers, each with {form}; write `{key} = \"1m 30s\"`")
            }
            Mistake::Unit(unit) => {
                format!("`{unit}` is no unit of time; write `us`, `ms`, `s`, `m` or `h`")
            }
            Mistake::Zero => {
                format!("`{key}` leaves no time; write more than zero, or remove `{key}`")
            }
            Mistake::TooLong => {
                format!("`{key}` is longer than 584 years; write less, or remove `{key}`")
            }
        };
        mistake_at(start, message)
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Mistake {
    Form,
    Unit(String),
    Zero,
    TooLong,
}

/// The sum of all parts of `1h 30m`, or of `1h30m`.
fn duration(written: &str) -> Result<Duration, Mistake> {
    let mut rest = written.trim();
    let mut sum: u64 = 0;
    while !rest.is_empty() {
        let (number, after) = split_where(rest, |letter| !letter.is_ascii_digit());
        let (unit, after) = split_where(after, |letter| !letter.is_alphabetic());
        if number.is_empty() || unit.is_empty() {
            return Err(Mistake::Form);
        }
        let (_, nanoseconds) = UNITS
            .iter()
            .find(|(name, _)| *name == unit)
            .ok_or_else(|| Mistake::Unit(unit.to_owned()))?;
        // All digits, so it can only be too large.
        sum = number
            .parse()
            .ok()
            .and_then(|number: u64| number.checked_mul(*nanoseconds))
            .and_then(|part| sum.checked_add(part))
            .ok_or(Mistake::TooLong)?;
        rest = after.trim_start();
    }
    match (written.trim(), sum) {
        ("", _) => Err(Mistake::Form),
        (_, 0) => Err(Mistake::Zero),
        (_, sum) => Ok(Duration::from_nanos(sum)),
    }
}

fn split_where(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

#[test]
fn parts_of_a_time_are_added() {
    let nanoseconds = |written| duration(written).map(|time| time.as_nanos());
    assert_eq!(nanoseconds("2s"), Ok(2_000_000_000));
    assert_eq!(nanoseconds(" 500us 1ms"), Ok(1_500_000));
    assert_eq!(nanoseconds("1h30m"), nanoseconds("1h 30m"));
    assert_eq!(nanoseconds("1h 30m"), nanoseconds("5400s"));
    assert_eq!(nanoseconds("0m 1us"), Ok(1_000));
}

#[test]
fn what_is_no_time_is_refused() {
    for written in ["", " ", "2", "s", "1.5s", "-1s", "1_000ms", "2 s", "2s,"] {
        assert_eq!(duration(written), Err(Mistake::Form), "{written}");
    }
    assert_eq!(duration("2min"), Err(Mistake::Unit("min".to_owned())));
    assert_eq!(duration("1S"), Err(Mistake::Unit("S".to_owned())));
    assert_eq!(duration("0s 0ms"), Err(Mistake::Zero));
    for written in ["5124096h", "18446744073709551616us", "5124095h 60m"] {
        assert_eq!(duration(written), Err(Mistake::TooLong), "{written}");
    }
    assert!(duration("5124095h").is_ok());
}
