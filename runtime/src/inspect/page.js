"use strict";
{
  const EVERY_MILLIS = 1000;
  // A router that is nested at `/inspect` has the page there, without a slash at the end.
  const base = location.pathname.replace(/\/$/, "") + "/";
  const id = (name) => document.getElementById(name);

  // What the page shows is in its address, so that it stays when the page or the app starts anew: the
  // numbers of handlers do not.
  const chosenKey = () => {
    const written = location.hash.slice(1);
    try {
      return decodeURIComponent(written);
    } catch {
      // Whatever was typed there: it is nobody's key.
      return written;
    }
  };
  const keyOf = (handler) => `${handler.path} ${handler.context}`;

  let handlers = [];
  let before = new Map();
  let beforeAt = 0;
  // The request whose waterfall is shown; the last one as long as none is picked.
  let picked = null;
  let round = 0;
  // Which inspector answers. After a restart of the server its numbers mean something else.
  let start = null;

  // Elements are made once and kept, so that who is on one with the keyboard stays there. Text is set
  // as text: no name can become markup.
  const make = (tag, className) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    return element;
  };
  const say = (element, text) => {
    text = String(text);
    if (element.textContent === text) return false;
    element.textContent = text;
    return true;
  };
  const mark = (element, className, isSo) => element.classList.toggle(className, isSo);

  // Has one row for each entry, in their order.
  const fill = (body, entries, key, create, update) => {
    body.rowOf ??= new Map();
    const left = new Map(body.rowOf);
    entries.forEach((entry, position) => {
      const name = key(entry, position);
      let row = left.get(name);
      if (!row) {
        row = create(entry);
        body.rowOf.set(name, row);
      }
      left.delete(name);
      if (body.children[position] !== row) body.insertBefore(row, body.children[position] ?? null);
      update(row, entry);
    });
    for (const [name, row] of left) {
      row.remove();
      body.rowOf.delete(name);
    }
  };
  // What a column is called away from its group.
  const full = ({ group, name, isPart }) => (isPart ? `${group} ${name}` : name);
  const rowOf = (head, columns) => {
    const row = make("tr");
    const th = make("th");
    th.scope = "row";
    th.append(...head);
    row.append(th);
    for (const column of columns) {
      const cell = make("td", column.className);
      // Where there is no room for the head of the table, each cell says what it is.
      cell.dataset.label = full(column);
      row.append(cell);
    }
    return row;
  };
  const fillRow = (row, columns, entry) => columns.map(({ text, alarm }, position) => {
    const cell = row.children[position + 1];
    const isNews = say(cell, text(entry));
    const level = alarm?.(entry);
    for (const known of ["bad", "warn"]) mark(cell, known, level === known);
    return isNews;
  });

  const count = (number) => (number ?? "–").toLocaleString("en");
  const time = (micros) => {
    if (micros == null) return "–";
    const [value, unit] = micros < 1e3 ? [micros, "µs"] : micros < 1e6 ? [micros / 1e3, "ms"] : [micros / 1e6, "s"];
    return `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
  };
  const ago = (micros) => (micros == null ? "" : micros < 1e6 ? "now" : micros < 6e7 ? `${Math.floor(micros / 1e6)} s ago`
    : micros < 3.6e9 ? `${Math.floor(micros / 6e7)} min ago` : `${Math.floor(micros / 3.6e9)} h ago`);

  // What a number is, for who points at its name; a list below the numbers has the same.
  const named = (element, name, about) => {
    const abbr = make("abbr");
    say(abbr, name);
    abbr.title = about;
    element.append(abbr);
    return element;
  };
  const words = (list, entries) => {
    for (const entry of entries) {
      if (!entry.about) continue;
      const [dt, dd] = [make("dt"), make("dd")];
      say(dt, full(entry));
      say(dd, entry.about);
      list.append(dt, dd);
    }
  };
  // The head of a table: neighbours of one group stand below its name.
  const head = (thead, first, columns) => {
    const rows = columns.some(({ group }) => group) ? [make("tr"), make("tr")] : [make("tr")];
    const add = (row, className) => {
      const th = make("th", className);
      th.scope = "col";
      row.append(th);
      return th;
    };
    const corner = add(rows[0], "word");
    corner.rowSpan = rows.length;
    say(corner, first);
    let above = null;
    for (const { group, name, about, className } of columns) {
      if (group && above?.textContent === group) {
        above.colSpan += 1;
      } else {
        above = add(rows[0], className);
        if (group) {
          above.scope = "colgroup";
          say(above, group);
        } else {
          above.rowSpan = rows.length;
        }
      }
      const th = group ? add(rows[1], className) : above;
      if (about) named(th, name, about);
      else say(th, name);
    }
    thead.append(...rows);
  };

  const some = (level, value) => (entry) => (value(entry) > 0 ? level : "");

  const TILES = [
    { name: "Seats taken", about: "Requests that have a seat, which is the right to a thread, of as many as there may be.", value: (app) => app.seats, most: (app) => app.seats_at_most },
    { name: "Wait for a seat", about: "Requests that have run nothing yet, as no seat is free.", value: (app) => app.waiting_for_seats, level: "warn" },
    { name: "Overloads", about: "Requests that were turned away so far, as they would have waited for a seat for too long.", value: (app) => app.overloads, level: "bad" },
    { name: "Slots taken", about: "Values of dependencies with a limit that there are now, or may be.", value: (app) => app.slots },
    { name: "Wait for a slot", about: "Requests that wait until such a value of another request is gone.", value: (app) => app.waiting_for_slots, level: "warn" },
    { name: "Threads at work", about: "Threads that run blocking functions now, of those that there are.", value: (app) => app.working, most: (app) => app.threads },
    { name: "Hops that wait", about: "Blocking functions that could run now, and wait for a thread.", value: (app) => app.waiting, level: "warn" },
    { name: "Hops so far", about: "How often work was handed to a thread for blocking functions.", value: (app) => app.hops },
    { name: "Stalls", about: "How often a thread more than the limit was put to work, because work waited and none had ended for a while.", value: (app) => app.stalls, level: "bad" },
    { name: "Past cancellation", about: "Blocking functions that still run though their request was given up or answered: nothing can stop them.", value: (app) => app.past_cancellation, level: "warn" },
  ];

  // How requests end: a column for each in the table of handlers.
  const OUTCOMES = [
    { name: "completed", about: "The handler returned, and not an error." },
    { name: "failed", about: "A function returned an error: a 404 counts here as a 500 does." },
    { name: "cancelled", about: "The client hung up, or the handler's timeout passed.", level: "warn" },
    { name: "panicked", about: "A function panicked.", level: "bad" },
    { name: "refused", about: "Turned away before anything of it ran: overloaded, or shutting down.", level: "warn" },
  ];

  let seconds = 0;
  const perSecond = ({ number, requests }) => {
    const last = before.get(number);
    const rate = last === undefined || seconds <= 0 ? 0 : (requests - last) / seconds;
    return rate < 10 ? rate.toFixed(1) : count(Math.round(rate));
  };
  const HANDLERS = [
    { name: "Requests", about: "All since the inspector was made.", className: "requests", text: ({ requests }) => count(requests) },
    { name: "Per second", about: "Requests that began since the page was last refreshed.", text: perSecond },
    { group: "Now", name: "running", about: "Requests whose functions run, or wait to.", text: ({ present }) => count(present.running) },
    { group: "Now", name: "after it", about: "Requests whose handler is done: values are torn down, the body is sent, or what comes after the response runs.", text: ({ present }) => count(present.teardown + present.responding + present.after_response) },
    { group: "Answered", name: "p50", isPart: true, about: "Half of the requests had their answer this soon, or sooner.", text: ({ answered }) => time(answered.p50_us) },
    { group: "Answered", name: "p99", isPart: true, about: "99 of 100 requests had their answer this soon, or sooner.", text: ({ answered }) => time(answered.p99_us) },
    ...OUTCOMES.map(({ name, about, level }) => {
      const value = ({ explained }) => explained[name];
      return { group: "Ended", name, about, text: (handler) => count(value(handler)), alarm: some(level, value) };
    }),
    { name: "Slow polls", about: "How often an async function held a thread of the executor for too long.", text: ({ slow_polls: slow }) => count(slow), alarm: some("warn", ({ slow_polls: slow }) => slow) },
  ];

  const NODES = [
    { name: "Colour", className: "word", text: ({ colour }) => colour },
    { group: "Queued", name: "p50", isPart: true, about: "What it needs was there, and it waited for a thread: half of the times this long, or shorter.", text: ({ queued }) => time(queued?.p50_us) },
    { group: "Queued", name: "p99", isPart: true, text: ({ queued }) => time(queued?.p99_us) },
    { group: "Ran", name: "p50", isPart: true, about: "From its first step to its end, with what it waited for in between: half of the times this long, or shorter.", text: ({ ran }) => time(ran?.p50_us) },
    { group: "Ran", name: "p99", isPart: true, text: ({ ran }) => time(ran?.p99_us) },
    { group: "Ran", name: "longest", isPart: true, text: ({ ran }) => time(ran?.longest_us) },
    { name: "Made", about: "How often it made its value.", text: ({ made }) => count(made ?? 0) },
    { name: "Failed", about: "How often it returned an error or panicked.", text: ({ failed }) => count(failed ?? 0), alarm: some("bad", ({ failed }) => failed) },
    { name: "Not done", about: "How often it was dropped on the way, or did not begin: what it needs failed, or nobody waited any more.", text: ({ dropped, skipped }) => count((dropped ?? 0) + (skipped ?? 0)) },
    { name: "Slow polls", about: "How often it held a thread of the executor for too long.", text: ({ slow_polls: slow }) => count(slow), alarm: some("warn", ({ slow_polls: slow }) => slow) },
  ];

  const levelOf = ({ outcome }) => OUTCOMES.find(({ name }) => name === outcome)?.level;
  const REQUESTS = [
    { name: "Outcome", className: "word", text: ({ outcome }) => outcome, alarm: levelOf },
    { name: "Answered after", about: "When the response was there.", text: ({ answered_us: answered }) => time(answered) },
    { name: "Over after", about: "When the last of it was done: teardowns, the body, and what comes after the response.", text: ({ over_us: over }) => time(over) },
  ];
  const TRACE = { name: "Trace", about: "The times of this request as JSON, for viewers of Chrome traces such as Perfetto." };

  const showApp = (app) => {
    const list = id("app");
    TILES.forEach(({ name, about, value, most, level }, position) => {
      let tile = list.children[position];
      if (!tile) {
        tile = make("div");
        tile.append(make("dt"), make("dd"));
        named(tile.firstChild, name, about);
        tile.lastChild.append(make("span"), make("small"));
        list.append(tile);
      }
      const number = tile.lastChild;
      say(number.firstChild, count(value(app)));
      say(number.lastChild, most ? ` of ${count(most(app))}` : "");
      if (level) mark(number, level, value(app) > 0);
    });
  };

  const showHandlers = (now) => {
    const several = new Set();
    const names = new Set();
    for (const { name } of handlers) names.has(name) ? several.add(name) : names.add(name);
    id("no-handler").hidden = handlers.length > 0;
    id("handlers-box").hidden = handlers.length === 0;
    seconds = (now - beforeAt) / 1000;
    const create = (handler) => {
      const link = make("a");
      link.href = "#" + encodeURIComponent(keyOf(handler));
      say(link, handler.name);
      return rowOf([link, make("small", "context")], HANDLERS);
    };
    const update = (row, handler) => {
      const isChosen = keyOf(handler) === chosenKey();
      mark(row, "chosen", isChosen);
      const head = row.firstChild;
      head.firstChild.toggleAttribute("aria-current", isChosen);
      // Which of two that have one name.
      say(head.lastChild, several.has(handler.name) ? ` ${handler.path.split("::").slice(0, -1).join("::")}, ${handler.context}` : "");
      const [isNews] = fillRow(row, HANDLERS, handler);
      mark(row.children[1], "moved", isNews && before.has(handler.number));
    };
    fill(id("handlers"), handlers, (handler) => handler.number, create, update);
    before = new Map(handlers.map(({ number, requests }) => [number, requests]));
    beforeAt = now;
  };

  const showNodes = (nodes) => {
    const create = (node) => {
      const name = make("span");
      say(name, node.name);
      name.title = node.place;
      return rowOf([name], NODES);
    };
    const update = (row, node) => fillRow(row, NODES, node);
    fill(id("nodes"), nodes, (node, position) => `${position} ${node.name} ${node.place}`, create, update);
  };

  let requests = [];
  const showRequests = (name) => {
    id("no-request").hidden = requests.length > 0;
    id("requests-box").hidden = requests.length === 0;
    if (!requests.some(({ number }) => number === picked)) picked = null;
    const shown = picked ?? requests[0]?.number;
    const create = ({ number }) => {
      const pick = make("button");
      pick.type = "button";
      pick.addEventListener("click", () => {
        picked = number;
        showRequests(name);
      });
      const row = rowOf([pick], [...REQUESTS, TRACE]);
      const trace = make("a");
      trace.href = `${base}explanations/${number}/trace.json`;
      trace.download = `trace-${number}.json`;
      say(trace, "save");
      trace.setAttribute("aria-label", `Save the trace of request ${number}`);
      row.lastChild.append(trace);
      return row;
    };
    const update = (row, request) => {
      const head = row.firstChild;
      mark(row, "chosen", request.number === shown);
      head.firstChild.setAttribute("aria-pressed", request.number === shown);
      say(head.firstChild, `#${request.number}, ${ago(request.began_us_ago)}`);
      fillRow(row, REQUESTS, request);
    };
    fill(id("requests"), requests, ({ number }) => number, create, update);
    if (shown === undefined) id("waterfall").removeAttribute("src");
    else show("waterfall", `explanations/${shown}/waterfall.svg`, `When each node of ${name} was queued and when it ran, in request ${shown}; its trace below has the times`);
  };
  const show = (name, path, alt) => {
    const picture = id(name);
    // Equal numbers are of equal things as long as the same inspector answers.
    const address = `${base}${path}?start=${start}`;
    if (picture.getAttribute("src") === address) return;
    picture.src = address;
    picture.alt = alt;
    id(`${name}-alone`).href = address;
  };
  // Which side of a box there is more at.
  const look = (box) => {
    const hidden = box.scrollWidth - box.clientWidth;
    mark(box, "is-wide", hidden > 1);
    mark(box, "more-left", box.scrollLeft > 1);
    mark(box, "more-right", box.scrollLeft < hidden - 1);
  };
  const boxes = [...document.querySelectorAll(".scroll")];
  const resized = new ResizeObserver(() => boxes.forEach(look));
  for (const box of boxes) {
    resized.observe(box);
    if (box.firstElementChild) resized.observe(box.firstElementChild);
    box.addEventListener("scroll", () => look(box), { passive: true });
  }
  for (const picture of [id("graph"), id("waterfall")]) {
    picture.addEventListener("load", () => picture.style.setProperty("--natural", `${picture.naturalWidth}px`));
    // It is asked for again.
    picture.addEventListener("error", () => picture.removeAttribute("src"));
  }
  const forget = () => {
    picked = null;
    before = new Map();
    for (const body of [id("handlers"), id("nodes"), id("requests")]) {
      body.rowOf?.clear();
      body.replaceChildren();
    }
  };

  const showDetail = async (isCurrent) => {
    const handler = handlers.find((handler) => keyOf(handler) === chosenKey());
    const detail = id("detail");
    if (!handler) {
      detail.hidden = true;
      return;
    }
    const state = await ask(`handlers/${handler.number}/state.json`);
    if (!isCurrent()) return;
    say(id("detail-title"), state.name);
    say(id("detail-place"), `${state.path} in ${state.context}, ${state.place}`);
    show("graph", `handlers/${handler.number}/graph.svg`, `What ${state.name} needs; the same stands below as text`);
    say(id("tree"), state.tree);
    showNodes(state.nodes);
    requests = state.explanations;
    showRequests(state.name);
    detail.hidden = false;
  };

  const ask = async (path) => {
    const answer = await fetch(base + path, { cache: "no-store" });
    if (!answer.ok) throw new Error((await answer.text()).trim() || `status ${answer.status}`);
    return answer.json();
  };

  const refresh = async () => {
    // Who asked last is shown: an answer that was overtaken is not.
    const mine = ++round;
    const isCurrent = () => mine === round;
    const status = id("status");
    try {
      const state = await ask("state.json");
      if (!isCurrent()) return;
      if (start !== state.start) forget();
      start = state.start;
      handlers = state.handlers;
      showApp(state.app);
      showHandlers(performance.now());
      say(id("sampling"), state.one_in === 0 ? "Requests are counted, and none is written down."
        : `Requests are all counted. Times and outcomes are those of ${state.one_in === 1 ? "each request" : `one request in ${count(state.one_in)}`}.`);
      await showDetail(isCurrent);
      if (!isCurrent()) return;
      say(status, "live");
      mark(status, "lost", false);
    } catch (error) {
      if (!isCurrent()) return;
      say(status, `no answer: ${error.message}`);
      mark(status, "lost", true);
    }
  };

  head(id("handlers-head"), "Handler", HANDLERS);
  head(id("nodes-head"), "Node", NODES);
  head(id("requests-head"), "Request", [...REQUESTS, TRACE]);
  words(id("app-words"), TILES);
  words(id("handlers-words"), HANDLERS);
  words(id("nodes-words"), NODES);

  let timer = 0;
  const turn = async () => {
    clearTimeout(timer);
    if (!document.hidden) await refresh();
    clearTimeout(timer);
    timer = setTimeout(turn, EVERY_MILLIS);
  };
  addEventListener("hashchange", () => {
    picked = null;
    turn();
  });
  document.addEventListener("visibilitychange", turn);
  turn();
}
