// The side: tabs beside the map; on a phone a sheet over it, and what stands round the map on a wide screen moves into it.
const TABS = ["panel", "table", "filters"];
const HALF = 0.52;
const SHEETS = ["peek", "half", "full"];
const FOOTER = byId("footer");
const sheetNow = () => document.body.dataset.sheet;

// How much of the map the sheet covers beyond what it always does, in pixels.
function covered() {
  if (!isNarrow() || sheetNow() !== "half") return 0;
  // As the style sheet has it, not as measured: the sheet may still be moving.
  const { clientHeight: all } = document.querySelector("main");
  return Math.max(0, HALF * all - (all - byId("network").clientHeight));
}

function showSheet(name) {
  if (!isNarrow() || sheetNow() === name) return;
  document.body.dataset.sheet = name;
  byId("side").style.height = "";
  const open = name !== "peek";
  byId("grip").setAttribute("aria-expanded", String(open));
  byId("grip").setAttribute("aria-label", { peek: "Open the panel", half: "Open the panel wholly", full: "Close the panel" }[name]);
}

function showTab(name) {
  for (const each of TABS) {
    byId(each).hidden = each !== name;
    byId(`${each}-tab`).setAttribute("aria-selected", String(each === name));
    byId(`${each}-tab`).tabIndex = each === name ? 0 : -1;
  }
}

function placeParts() {
  const narrow = isNarrow();
  const inside = byId("filters-top");
  const move = (part, home, before = null) => { if (part.parentElement !== home) home.insertBefore(part, before); };
  const map = document.querySelector(".map");
  if (narrow) {
    for (const id of ["toolbar", "timeline", "legend"]) move(byId(id), inside);
    byId("panel").append(FOOTER);
  } else {
    move(byId("toolbar"), map, map.firstChild);
    for (const id of ["timeline", "legend"]) move(byId(id), map);
    move(FOOTER, document.body, byId("help"));
  }
  byId("legend").open = true;
}

function startSheet() {
  for (const name of TABS) {
    const tab = byId(`${name}-tab`);
    tab.addEventListener("click", () => {
      // On a phone a tab opens the sheet, and the tab that lies open closes it.
      if (isNarrow()) showSheet(sheetNow() !== "peek" && state.tab === name ? "peek" : sheetNow() === "peek" ? "half" : sheetNow());
      change({ tab: name }, { quiet: true });
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      const other = TABS[(TABS.indexOf(name) + step + TABS.length) % TABS.length];
      change({ tab: other }, { quiet: true });
      byId(`${other}-tab`).focus();
    });
  }
  byId("filters-open").addEventListener("click", () => openTab("filters"));
  byId("panel").addEventListener("keydown", (event) => {
    // Back from the quotes to the row they came from.
    if (event.key !== "Escape" || !state.chosen || state.chosen.kind !== "line") return;
    event.stopPropagation();
    const { number } = state.chosen;
    change({ tab: "table" }, { quiet: true });
    const row = byId("table").querySelector(`tr[data-line="${number}"] button`);
    (row || byId("table-tab")).focus();
  });
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); openTab("table"); });
  byId("grip").addEventListener("click", () => showSheet(SHEETS[(SHEETS.indexOf(sheetNow()) + 1) % SHEETS.length]));
  startGrip();
  placeParts();
  window.matchMedia("screen and (max-width: 820px)").addEventListener("change", () => { showSheet("peek"); placeParts(); });
}

// Dragging the grip sizes the sheet; it comes to rest at the nearest of its three heights.
function startGrip() {
  const grip = byId("grip");
  const side = byId("side");
  let from = null;
  grip.addEventListener("pointerdown", (event) => { from = { y: event.clientY, height: side.offsetHeight, moved: false }; grip.setPointerCapture(event.pointerId); });
  grip.addEventListener("pointermove", (event) => {
    if (!from || (!from.moved && Math.abs(event.clientY - from.y) < 6)) return;
    from.moved = true;
    side.style.height = `${Math.max(90, Math.min(window.innerHeight * 0.9, from.height + from.y - event.clientY))}px`;
  });
  grip.addEventListener("pointerup", () => {
    if (from && from.moved) {
      const part = side.offsetHeight / window.innerHeight;
      const name = part < 0.28 ? "peek" : part < 0.7 ? "half" : "full";
      side.style.height = "";
      showSheet(name);
      grip.addEventListener("click", (event) => event.stopImmediatePropagation(), { capture: true, once: true });
      setTimeout(() => document.activeElement && document.activeElement.blur(), 0);
    }
    from = null;
  });
  grip.addEventListener("pointercancel", () => { from = null; side.style.height = ""; });
}
