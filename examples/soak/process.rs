//! What the system knows of this process.

/// Raises the limit of open files as far as that is allowed: there are two for each connection.
pub(crate) fn allow_many_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};

        let mut limit = getrlimit(Resource::Nofile);
        limit.current = limit.maximum;
        // Without it fewer clients get through, and that is said.
        setrlimit(Resource::Nofile, limit).ok();
    }
}

/// How much memory is in use, in kilobytes, where the system says so.
pub(crate) fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
