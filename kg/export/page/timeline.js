// When it was reported: a histogram of what passes the other filters, two handles for the period, and play.
const DAY = 86400000;
const dayNumber = (iso) => Date.parse(iso) / DAY;
const isoDay = (number) => new Date(number * DAY).toISOString().slice(0, 10);
// A year or a month lies in the bin of its first day.
const wholeDay = (day) => (day.length >= 10 ? day.slice(0, 10) : day.length >= 7 ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`);
const BINS = makeBins();
let playing = null;

// The steps of the time line: days, months, quarters or years, so that there are about sixty at most. Each is [first, last] day.
function makeBins() {
  const days = LINES.flatMap((line) => line.reports).map((report) => report.day).filter((day) => /^\d{4}/.test(day) && !Number.isNaN(dayNumber(wholeDay(day))));
  if (!days.length) return [];
  const numbers = days.map((day) => dayNumber(wholeDay(day))).sort((a, b) => a - b);
  const to = numbers[numbers.length - 1];
  let [from] = numbers;
  // A war of 1947 that one article looks back on must not squeeze all the rest into one bar: what is far earlier than nearly all has one bar.
  const main = numbers[Math.floor(numbers.length / 20)];
  const earlier = to - from > 3 * (to - main) && to > main ? isoDay(from) : null;
  if (earlier) from = main;
  const months = to - from <= 60 ? 0 : to - from <= 365.25 * 5 ? 1 : to - from <= 365.25 * 16 ? 3 : to - from <= 365.25 * 60 ? 12 : 120;
  const bins = [];
  let date = new Date(from * DAY);
  if (months) date = new Date(Date.UTC(date.getUTCFullYear(), months >= 12 ? 0 : Math.floor(date.getUTCMonth() / months) * months, 1));
  while (date.getTime() / DAY <= to && bins.length < 400) {
    const next = months ? new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)) : new Date(date.getTime() + DAY);
    bins.push([isoDay(date.getTime() / DAY), isoDay(next.getTime() / DAY - 1)]);
    date = next;
  }
  if (earlier) bins.unshift([earlier, isoDay(dayNumber(bins[0][0]) - 1)]);
  return bins;
}

function binOf(day) {
  const whole = wholeDay(day);
  let [low, high] = [0, BINS.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (BINS[middle][0] <= whole) low = middle; else high = middle - 1;
  }
  return low;
}

const binName = (bin) => {
  const [first, last] = BINS[bin];
  if (first === last) return first;
  if (bin === 0 && dayNumber(last) - dayNumber(first) > dayNumber(BINS[BINS.length - 1][1]) - dayNumber(BINS[1][0])) return `before ${BINS[1][0].slice(0, 7)}`;
  if (first.slice(0, 4) !== last.slice(0, 4)) return `${first.slice(0, 4)}–${last.slice(0, 4)}`;
  return first.slice(5, 7) === last.slice(5, 7) ? first.slice(0, 7) : first.slice(5) === "01-01" && last.slice(5) === "12-31" ? first.slice(0, 4)
    : `${first.slice(0, 4)} ${["Q1", "Q2", "Q3", "Q4"][(Number(first.slice(5, 7)) - 1) / 3]}`;
};

// Facts in each bin by family: all filters hold but the dates.
function histogram() {
  const bins = BINS.map(() => Object.fromEntries(DATA.families.map((family) => [family, 0])));
  const open = { ...state, since: "", until: "" };
  for (const line of RANKED) {
    if (state.off.includes(line.family)) continue;
    for (const report of line.reports) {
      if (report.group === "actual" && report.day && passes(report, open)) bins[binOf(report.day)][line.family] += 1;
    }
  }
  return bins;
}

function spanNow() {
  const last = BINS.length - 1;
  return [state.since ? binOf(state.since) : 0, state.until ? Math.max(binOf(state.until), state.since ? binOf(state.since) : 0) : last];
}

function setSpan(from, to, keep) {
  const whole = from <= 0 && to >= BINS.length - 1;
  keep({ since: whole || from <= 0 ? "" : BINS[from][0], until: whole || to >= BINS.length - 1 ? "" : BINS[to][1] });
}

function startTimeline() {
  byId("timeline").hidden = BINS.length < 2;
  if (BINS.length < 2) return;
  const sliding = steady();
  for (const [id, other] of [["span-from", "span-to"], ["span-to", "span-from"]]) {
    const handle = byId(id);
    handle.max = String(BINS.length - 1);
    handle.addEventListener("input", () => {
      stopPlaying();
      if (id === "span-from") handle.value = String(Math.min(Number(handle.value), Number(byId(other).value)));
      else handle.value = String(Math.max(Number(handle.value), Number(byId(other).value)));
      setSpan(Number(byId("span-from").value), Number(byId("span-to").value), sliding);
    });
  }
  byId("play").addEventListener("click", () => (playing ? stopPlaying() : play()));
}

// A window of time moves to the end. The whole play is one step to undo.
function play() {
  let [from, to] = spanNow();
  const width = from === 0 && to === BINS.length - 1 ? Math.max(0, Math.floor(BINS.length / 8)) : to - from;
  if (to === BINS.length - 1) [from, to] = [-1, width - 1];
  const moving = steady(0);
  const step = () => {
    if (to + 1 > BINS.length - 1) { stopPlaying(); return; }
    [from, to] = [from + 1, to + 1];
    // The first bin has no lower bound otherwise, and what has no date would flicker in.
    moving({ since: BINS[Math.max(from, 0)][0], until: BINS[to][1] });
  };
  byId("summary").setAttribute("aria-live", "off");
  playing = setInterval(step, 700);
  step();
  showTimeline();
}

function stopPlaying() {
  if (!playing) return;
  clearInterval(playing);
  playing = null;
  byId("summary").setAttribute("aria-live", "polite");
  showTimeline();
}

function showTimeline() {
  if (BINS.length < 2) return;
  const [from, to] = spanNow();
  byId("span-from").value = String(from);
  byId("span-to").value = String(to);
  byId("span-from").setAttribute("aria-valuetext", binName(from));
  byId("span-to").setAttribute("aria-valuetext", binName(to));
  byId("span-note").textContent = from === to ? binName(from) : `${binName(from)} to ${binName(to)}`;
  byId("play").setAttribute("aria-pressed", String(Boolean(playing)));
  byId("play").setAttribute("aria-label", playing ? "Stop" : "Play through time");
  drawBars(from, to);
}

function drawBars(from, to) {
  const bins = histogram();
  const sum = (bin) => DATA.families.reduce((total, family) => total + bin[family], 0);
  const most = Math.max(1, ...bins.map(sum));
  const bars = byId("bars");
  bars.setAttribute("viewBox", `0 0 ${bins.length} 100`);
  bars.setAttribute("preserveAspectRatio", "none");
  bars.replaceChildren(...bins.flatMap((bin, place) => {
    let top = 100;
    return DATA.families.filter((family) => bin[family]).map((family) => {
      const height = (bin[family] / most) * 96;
      top -= height;
      return svg("rect", { x: place + 0.08, width: 0.84, y: top, height, class: family, fill: "currentColor", opacity: place >= from && place <= to ? 1 : 0.25 });
    });
  }));
}
