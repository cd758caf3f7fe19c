"use strict";
{
  const EVERY_MILLIS = 1000;
  // A router that is nested at `/inspect` has the page there, without a slash at the end.
  const base = location.pathname.replace(/\/$/, "") + "/";
  const id = (name) => document.getElementById(name);

  // What the page shows is in its address, so that it stays when the page or the app starts anew: the
  // numbers of handlers do not.
  const chosenKey = () => decodeURIComponent(location.hash.slice(1));
  const keyOf = (handler) => `${handler.path} ${handler.context}`;

  let handlers = [];
  let before = new Map();
  let beforeAt = 0;
  // The request whose waterfall is shown; the last one as long as none is picked.
  let picked = null;
  let round = 0;

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
  const rowOf = (head, cells) => {
    const row = make("tr");
    const th = make("th");
    th.scope = "row";
    th.append(...head);
    row.append(th);
    for (const className of cells) row.append(make("td", className));
    return row;
  };

  const count = (number) => (number ?? "–").toLocaleString("en");
  const time = (micros) => {
    if (micros == null) return "–";
    const [value, unit] = micros < 1e3 ? [micros, "µs"] : micros < 1e6 ? [micros / 1e3, "ms"] : [micros / 1e6, "s"];
    return `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
  };
  const ago = (micros) => (micros == null ? "" : micros < 1e6 ? "now" : micros < 6e7 ? `${Math.floor(micros / 1e6)} s ago`
    : micros < 3.6e9 ? `${Math.floor(micros / 6e7)} min ago` : `${Math.floor(micros / 3.6e9)} h ago`);

  const TILES = [
    ["Seats taken", (app) => app.seats, (app) => app.seats_at_most],
    ["Wait for a seat", (app) => app.waiting_for_seats, null, "warn"],
    ["Overloads", (app) => app.overloads, null, "bad"],
    ["Threads at work", (app) => app.working, (app) => app.threads],
    ["Hops that wait", (app) => app.waiting, null, "warn"],
    ["Hops so far", (app) => app.hops],
    ["Stalls", (app) => app.stalls, null, "bad"],
    ["Slots taken", (app) => app.slots],
    ["Wait for a slot", (app) => app.waiting_for_slots, null, "warn"],
    ["Past cancellation", (app) => app.past_cancellation, null, "warn"],
  ];
  const showApp = (app) => {
    const list = id("app");
    TILES.forEach(([name, value, most, alarm], position) => {
      let tile = list.children[position];
      if (!tile) {
        tile = make("div");
        tile.append(make("dt"), make("dd"));
        say(tile.firstChild, name);
        tile.lastChild.append(make("span"), make("small"));
        list.append(tile);
      }
      const number = tile.lastChild;
      say(number.firstChild, count(value(app)));
      say(number.lastChild, most ? ` of ${count(most(app))}` : "");
      if (alarm) mark(number, alarm, value(app) > 0);
    });
  };

  const showHandlers = (now) => {
    const several = new Set();
    const names = new Set();
    for (const { name } of handlers) names.has(name) ? several.add(name) : names.add(name);
    id("no-handler").hidden = handlers.length > 0;
    id("handlers-box").hidden = handlers.length === 0;
    const seconds = (now - beforeAt) / 1000;
    const create = (handler) => {
      const link = make("a");
      link.href = "#" + encodeURIComponent(keyOf(handler));
      say(link, handler.name);
      return rowOf([link, make("small", "context")], ["requests", "", "", "", "", "", "", ""]);
    };
    const update = (row, handler) => {
      const isChosen = keyOf(handler) === chosenKey();
      mark(row, "chosen", isChosen);
      const [head, ...cells] = row.children;
      head.firstChild.toggleAttribute("aria-current", isChosen);
      // Which of two that have one name.
      say(head.lastChild, several.has(handler.name) ? ` ${handler.path.split("::").slice(0, -1).join("::")}, ${handler.context}` : "");
      const { requests, present, explained, answered } = handler;
      const last = before.get(handler.number);
      const rate = last === undefined || seconds <= 0 ? 0 : (requests - last) / seconds;
      const bad = explained.failed + explained.cancelled + explained.panicked;
      const values = [
        count(requests), rate < 10 ? rate.toFixed(1) : count(Math.round(rate)), count(present.running),
        count(present.teardown + present.responding + present.after_response),
        time(answered.p50_us), time(answered.p99_us), count(bad), count(handler.slow_polls),
      ];
      values.forEach((value, position) => {
        const isNews = say(cells[position], value);
        if (position === 0) mark(cells[0], "moved", isNews && last !== undefined);
      });
      mark(cells[6], "bad", bad > 0);
      mark(cells[7], "warn", handler.slow_polls > 0);
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
      return rowOf([name], ["word", "", "", "", "", "", "", "", "", ""]);
    };
    const update = (row, { colour, queued, ran, made, failed, dropped, skipped, slow_polls: slow }) => {
      const cells = [...row.children].slice(1);
      const values = [
        colour, time(queued?.p50_us), time(queued?.p99_us), time(ran?.p50_us), time(ran?.p99_us), time(ran?.longest_us),
        count(made ?? 0), count(failed ?? 0), count((dropped ?? 0) + (skipped ?? 0)), count(slow),
      ];
      values.forEach((value, position) => say(cells[position], value));
      mark(cells[7], "bad", failed > 0);
      mark(cells[9], "warn", slow > 0);
    };
    fill(id("nodes"), nodes, (node, position) => `${position} ${node.name}`, create, update);
  };

  const showRequests = (requests) => {
    id("no-request").hidden = requests.length > 0;
    id("requests-box").hidden = requests.length === 0;
    if (!requests.some(({ number }) => number === picked)) picked = null;
    const shown = picked ?? requests[0]?.number;
    const create = ({ number }) => {
      const pick = make("button");
      pick.type = "button";
      pick.addEventListener("click", () => {
        picked = number;
        showRequests(requests);
      });
      const row = rowOf([pick], ["word", "", "", ""]);
      const trace = make("a");
      trace.href = `${base}explanations/${number}/trace.json`;
      trace.download = `trace-${number}.json`;
      say(trace, "save");
      trace.setAttribute("aria-label", `Save the trace of request ${number}`);
      row.lastChild.append(trace);
      return row;
    };
    const update = (row, request) => {
      const [head, outcome, answered, over] = row.children;
      mark(row, "chosen", request.number === shown);
      head.firstChild.setAttribute("aria-pressed", request.number === shown);
      say(head.firstChild, `#${request.number}, ${ago(request.began_us_ago)}`);
      say(outcome, request.outcome);
      mark(outcome, "bad", request.outcome !== "completed");
      say(answered, time(request.answered_us));
      say(over, time(request.over_us));
    };
    fill(id("requests"), requests, ({ number }) => number, create, update);
    const picture = id("waterfall");
    if (shown === undefined) picture.removeAttribute("src");
    else show(picture, `explanations/${shown}/waterfall.svg`, `Request ${shown}: when each node was queued and ran; the same times are above in the table of nodes`);
  };
  const show = (picture, path, alt) => {
    if (picture.getAttribute("src") === base + path) return;
    picture.src = base + path;
    picture.alt = alt;
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
    show(id("graph"), `handlers/${handler.number}/graph.svg`, `What ${state.name} needs; the same stands below as text`);
    say(id("tree"), state.tree);
    showNodes(state.nodes);
    showRequests(state.explanations);
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
