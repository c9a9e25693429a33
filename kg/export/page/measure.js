// How large an actor is: facts only, and only those that pass the filters.
function sizesOf(view) {
  if (view.size === "linked" && !isBounded(view) && view.least === 1 && view.outlets === 1 && !view.off.length) {
    return new Map([...shown.actors].map((actor) => [actor, ACTORS[actor].degree])); // as the whole store counts
  }
  if (view.size === "between") return betweenness();
  return new Map([...shown.actors].map((actor) => [actor, sizeOf(actor, view.size)]));
}

function sizeOf(actor, by) {
  const found = new Set();
  let reported = 0;
  for (const line of linesOf[actor]) {
    const { documents } = shown.facts.get(line.number) || { documents: 0 };
    if (!documents) continue;
    reported += documents;
    const aimed = by === "linked" || line.target === actor || line.symmetric;
    const wanted = { linked: true, backed: line.family === "backing", opposed: HOSTILE.includes(line.family) }[by];
    if (aimed && wanted) found.add(otherEnd(line, actor));
  }
  return by === "reported" ? reported : found.size;
}

// Brandes (2001) on the facts drawn, undirected and unweighted: how often an actor lies between two others.
function betweenness() {
  const beside = new Map([...shown.actors].map((actor) => [actor, new Set()]));
  for (const number of shown.lines) {
    if (!shown.facts.has(number)) continue;
    beside.get(LINES[number].source).add(LINES[number].target);
    beside.get(LINES[number].target).add(LINES[number].source);
  }
  const total = new Map([...shown.actors].map((actor) => [actor, 0]));
  for (const start of shown.actors) {
    const distance = new Map([[start, 0]]);
    const ways = new Map([[start, 1]]);
    const before = new Map();
    const order = [];
    const queue = [start];
    while (order.length < queue.length) {
      const actor = queue[order.length];
      order.push(actor);
      for (const next of beside.get(actor)) {
        if (!distance.has(next)) { distance.set(next, distance.get(actor) + 1); queue.push(next); before.set(next, []); ways.set(next, 0); }
        if (distance.get(next) === distance.get(actor) + 1) {
          ways.set(next, ways.get(next) + ways.get(actor));
          before.get(next).push(actor);
        }
      }
    }
    const owed = new Map();
    for (const actor of order.reverse()) {
      const share = 1 + (owed.get(actor) || 0);
      for (const previous of before.get(actor) || []) {
        owed.set(previous, (owed.get(previous) || 0) + (ways.get(previous) / ways.get(actor)) * share);
      }
      if (actor !== start) total.set(actor, total.get(actor) + share - 1);
    }
  }
  return total;
}
