-- Requests of one kind for wrk, from a file with a line each: METHOD, path, and a JSON body or
-- nothing, parted by tabs; `######` in it is another number each time.
-- Arguments: FILE COOKIE CSRF PAUSE, the pause in milliseconds.
local lines, at, headers, pause, count = {}, 0, {}, 0, 100000
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  headers["Cookie"] = arguments[2]
  headers["X-CSRF-Token"] = arguments[3]
  headers["Content-Type"] = "application/json"
  pause = tonumber(arguments[4])
  for line in io.lines(arguments[1]) do
    local method, path, body = line:match("^(%S+)\t(%S+)\t(.*)$")
    lines[#lines + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
  at = number * math.floor(#lines / 2) -- threads do not ask the same at the same time
end

-- As long on average as asked for, never together.
function delay()
  return pause == 0 and 0 or math.floor(pause * (0.5 + math.random()))
end

function request()
  at = at % #lines + 1
  if not lines[at]:find("######", 1, true) then return lines[at] end
  count = count + 1
  return (lines[at]:gsub("######", count + number * 400000)) -- six digits as well
end

function done(summary, latency)
  local wrong = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %f, "refused": %d, "broken": %d, "p50": %f, "p99": %f}\n',
    summary.requests, summary.duration / 1e6, wrong.status,
    wrong.connect + wrong.read + wrong.write + wrong.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
