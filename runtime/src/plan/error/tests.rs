use super::{Label, PlanError, Problem};

fn labels(names: &[&str]) -> Vec<Label> {
    names
        .iter()
        .map(|name| Label::from((*name).to_owned()))
        .collect()
}

fn cycle(names: &[&str]) -> Problem {
    Problem::Cycle {
        members: labels(names),
    }
}

fn ways(one: &str, other: &str) -> [String; 2] {
    [one.to_owned(), other.to_owned()]
}

fn error(problems: Vec<Problem>) -> String {
    PlanError::check(problems).unwrap_err().to_string()
}

#[test]
fn nothing_wrong_is_no_error() {
    assert_eq!(PlanError::check(Vec::new()), Ok(()));
}

#[test]
fn a_cycle_comes_back_to_its_first_member() {
    assert_eq!(
        error(vec![cycle(&["a", "b"])]),
        "dependency cycle: a -> b -> a"
    );
    assert_eq!(error(vec![cycle(&["a"])]), "dependency cycle: a -> a");
}

#[test]
fn every_mistake_is_said_once_and_a_cycle_has_no_first_member() {
    let problems = vec![
        cycle(&["a", "b", "c"]),
        cycle(&["b", "c", "a"]),
        cycle(&["a", "c", "b"]),
        cycle(&["a", "b", "c"]),
        Problem::OutlivesRequest {
            path: labels(&["pool", "user"]),
        },
        Problem::OutlivesRequest {
            path: labels(&["pool", "user"]),
        },
    ];
    assert_eq!(
        error(problems),
        "dependency cycle: a -> b -> c -> a; dependency cycle: a -> c -> b -> a; \
         a singleton lives longer than a request: pool -> user"
    );
}

#[test]
fn what_is_replaced_elsewhere_names_all_contexts_and_says_what_to_do() {
    let problem = |user: Option<&str>| Problem::ReplacedElsewhere {
        dependency: "db".to_owned(),
        replaced_in: vec!["Http<()>".to_owned(), "Line".to_owned()],
        context: "Call".to_owned(),
        user: user.map(str::to_owned),
    };
    assert_eq!(
        error(vec![problem(Some("job"))]),
        "`db` is replaced in `Http<()>` and in `Line` but not in `Call`, where `job` needs it; \
         replace it there too, with `.on::<Call>().replace::<db, _>()`"
    );
    assert_eq!(
        error(vec![problem(None)]),
        "`db` is replaced in `Http<()>` and in `Line` but not in `Call`; replace it there too, with \
         `.on::<Call>().replace::<db, _>()`"
    );
}

#[test]
fn what_is_replaced_twice_names_both_ways() {
    let problem = |context: Option<&str>, ways| Problem::ReplacedTwice {
        dependency: "db".to_owned(),
        context: context.map(str::to_owned),
        ways,
    };
    assert_eq!(
        error(vec![problem(Some("Call"), ways("`fake_db`", "`other_db`"))]),
        "`db` is replaced twice in `Call`: by `fake_db` and by `other_db`"
    );
    assert_eq!(
        error(vec![problem(None, ways("a value", "another one"))]),
        "`db` is replaced twice: by a value and by another one"
    );
}

#[test]
fn a_singleton_replaced_by_two_names_both_and_where() {
    let problem = Problem::OneSingletonReplacedByTwo {
        singleton: "pool".to_owned(),
        ways: ways("`small`", "`large`"),
        contexts: ways("Http<()>", "Call"),
    };
    assert_eq!(
        error(vec![problem]),
        "the singleton `pool` is replaced by `small` in `Http<()>` and by `large` in `Call`, but an \
         app has one for all its contexts"
    );
}

#[test]
fn what_unwraps_the_result_of_a_builder_shows_the_text() {
    let error = PlanError::check(vec![cycle(&["a"])]).unwrap_err();
    assert_eq!(format!("{error:?}"), error.to_string());
}
