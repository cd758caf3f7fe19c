-- Prints what wrk has counted as one line of JSON, its last. With PAUSE in the environment, so many
-- milliseconds lie between an answer and the next request.

local pause = tonumber(os.getenv("PAUSE"))
if pause then
    function delay()
        return pause
    end
end

function done(summary, latency, requests)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format(
        '\n{"requests":%d,"duration":%d,"failed":%d,"p50":%d,"p99":%d,"max":%d}\n',
        summary.requests, summary.duration, failed,
        latency:percentile(50), latency:percentile(99), latency.max
    ))
end
