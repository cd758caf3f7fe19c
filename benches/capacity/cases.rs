//! What is computed and simulated.

/// Requests that block threads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    pub(crate) about: &'static str,
    /// In a second, at random: it does not matter to one when another comes.
    pub(crate) arrivals: f64,
    pub(crate) blocking: Blocking,
    /// Seconds that a request awaits something between the two halves of its blocking; without, it
    /// blocks once.
    pub(crate) awaits: Option<f64>,
    /// How many may block at once: threads, connections, whatever there is least of.
    pub(crate) threads: usize,
    /// How many may wait at most; one more is turned away.
    pub(crate) places: Option<usize>,
}

/// For how many seconds a request blocks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Blocking {
    /// Always as long.
    Constant(f64),
    /// Exponentially distributed, with this mean: often short, sometimes several times as long.
    Random(f64),
    /// One length for most, and another for this share.
    Mixed {
        short: f64,
        long: f64,
        long_share: f64,
    },
}

impl Blocking {
    pub(crate) fn mean(self) -> f64 {
        match self {
            Self::Constant(mean) | Self::Random(mean) => mean,
            Self::Mixed {
                short,
                long,
                long_share,
            } => short + (long - short) * long_share,
        }
    }

    /// The variance, divided by the square of the mean.
    pub(crate) fn variability(self) -> f64 {
        match self {
            Self::Constant(_) => 0.0,
            Self::Random(_) => 1.0,
            Self::Mixed {
                short,
                long,
                long_share,
            } => {
                let variance = (long - short).powi(2) * long_share * (1.0 - long_share);
                variance / self.mean().powi(2)
            }
        }
    }
}

/// Ten milliseconds, distributed in three ways.
const CONSTANT: Blocking = Blocking::Constant(0.010);
const RANDOM: Blocking = Blocking::Random(0.010);
const MIXED: Blocking = Blocking::Mixed {
    short: 0.005,
    long: 0.105,
    long_share: 0.05,
};

const fn case(about: &'static str, arrivals: f64, blocking: Blocking, threads: usize) -> Case {
    Case {
        about,
        arrivals,
        blocking,
        awaits: None,
        threads,
        places: None,
    }
}

pub(crate) const CASES: [Case; 9] = [
    case("half of 40 threads busy", 2_000.0, RANDOM, 40),
    case("nine tenths busy", 3_600.0, RANDOM, 40),
    case("93 of 100 busy", 3_720.0, RANDOM, 40),
    case("nine tenths busy, each as long", 3_600.0, CONSTANT, 40),
    case("nine tenths busy, some long", 3_600.0, MIXED, 40),
    Case {
        awaits: Some(0.020),
        ..case("nine tenths busy, in two halves", 3_600.0, RANDOM, 40)
    },
    case("512 threads, one second", 480.0, Blocking::Random(1.0), 512),
    case(
        "10 connections of a pool, held 5 ms",
        1_700.0,
        Blocking::Random(0.005),
        10,
    ),
    Case {
        places: Some(160),
        ..case("too many for 40 threads, 160 places", 4_400.0, RANDOM, 40)
    },
];
