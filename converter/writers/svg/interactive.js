// What a call graph's picture does where scripts run; without, it is complete
// but still. The text of the profile is in the drawing's attributes only, and
// gets into the page as text only.
(() => {
'use strict';

const svg = document.currentScript.closest('svg');
const graph = svg.querySelector('.graph');
const isAlone = svg === document.documentElement;
const events = JSON.parse(svg.dataset.events);  // [[name, total, scale], …]
const size = {width: +svg.dataset.width, height: +svg.dataset.height};
const all = (selector, root = svg) => [...root.querySelectorAll(selector)];

// A view of a node: [heat, share, self, share, total, share, [line, …]],
// of an edge: [heat, share, cost, share, per call, of caller, of callee,
//              [line, …], width].
const part = (element) => ({
  element, views: JSON.parse(element.dataset.views), isHidden: false,
});
const nodes = all('.node').map((element) => ({
  ...part(element), callers: [], callees: [], name: element.dataset.name,
}));
const edges = all('.edge').map((element) => ({
  ...part(element), isEdge: true,
  caller: nodes[element.dataset.caller], callee: nodes[element.dataset.callee],
}));
for (const edge of edges) {
  edge.caller.callees.push(edge);
  edge.callee.callers.push(edge);
}
const parts = [...nodes, ...edges];
const partOf = new Map(parts.map((p) => [p.element, p]));
const partAt = (target) =>
    target.closest && partOf.get(target.closest('.node, .edge'));
let view = 0;      // which of the events
let chosen = null;  // the part that was clicked

// HTML, also where the document is none.
function make(tag, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/1999/xhtml', tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// ---- Where the graph is on the screen.

const at = {x: 0, y: 0, scale: 1, isFitted: true};

function place() {
  graph.setAttribute('transform',
                     `translate(${at.x} ${at.y}) scale(${at.scale})`);
}

// The part of the picture that the bar leaves.
function room() {
  const box = svg.getBoundingClientRect();
  const top = bar.offsetHeight;
  return {top, width: box.width, height: Math.max(box.height - top, 50)};
}

const margin = 16;

function fit() {
  const {top, width, height} = room();
  at.scale = Math.min((width - 2 * margin) / size.width,
                      (height - 2 * margin) / size.height, 1.5);
  at.x = (width - size.width * at.scale) / 2;
  at.y = top + Math.max((height - size.height * at.scale) / 2, margin);
  at.isFitted = true;
  place();
}

// All, or where that would be too small to read the heaviest node and what is
// below it.
function fitReadably() {
  fit();
  const least = .55;
  if (at.scale >= least || nodes.length === 0) return;
  zoom(least / at.scale);
  const share = (node) => node.views[view][1] || 0;
  const heaviest = nodes.reduce((a, b) => share(b) > share(a) ? b : a);
  const m = middle(heaviest.element);
  const {top, width} = room();
  pan(width / 2 - m.x, top + margin + m.height / 2 - m.y);
  at.isFitted = true;
}

// Keeps the point (x, y) of the screen where it is.
function zoom(factor, x = room().width / 2,
              y = room().top + room().height / 2) {
  const scale = Math.min(Math.max(at.scale * factor, .02), 8);
  at.x = x - (x - at.x) * scale / at.scale;
  at.y = y - (y - at.y) * scale / at.scale;
  at.scale = scale;
  at.isFitted = false;
  place();
}

function pan(x, y) {
  at.x += x;
  at.y += y;
  at.isFitted = false;
  place();
}

// The middle of a part, on the screen and from the picture's corner.
function middle(element) {
  const box = element.getBoundingClientRect();
  const from = svg.getBoundingClientRect();
  return {x: box.x + box.width / 2 - from.x, y: box.y + box.height / 2 - from.y,
          width: box.width, height: box.height};
}

// Moves the graph so that the part can be seen, no more than that takes.
function reveal(element, least = 0) {
  if (at.scale < least) zoom(least / at.scale);
  const {top, width, height} = room();
  const m = middle(element);
  const lack = (c, half, low, high) =>
      Math.max(low + half - c, 0) || Math.min(high - half - c, 0);
  pan(lack(m.x, Math.min(m.width, width) / 2 + 20, 0, width),
      lack(m.y, Math.min(m.height, height) / 2 + 20, top, top + height));
}

const touches = new Map();  // pointer: where it was
let down = null;            // what the first was on, until it has moved

svg.addEventListener('pointerdown', (event) => {
  if (event.button !== 0 || ui.contains(event.target)) return;
  touches.set(event.pointerId, {x: event.clientX, y: event.clientY});
  down = touches.size === 1
      ? {x: event.clientX, y: event.clientY, part: partAt(event.target)}
      : null;
});

svg.addEventListener('pointermove', (event) => {
  const last = touches.get(event.pointerId);
  if (!last) return;
  if (down && Math.hypot(event.clientX - down.x, event.clientY - down.y) < 4) {
    return;
  }
  if (down) svg.setPointerCapture(event.pointerId);
  down = null;
  svg.classList.add('panning');
  const now = {x: event.clientX, y: event.clientY};
  const other = [...touches].find(([id]) => id !== event.pointerId);
  if (other) {
    const box = svg.getBoundingClientRect();
    const span = (p) => Math.hypot(p.x - other[1].x, p.y - other[1].y) || 1;
    zoom(span(now) / span(last), (now.x + other[1].x) / 2 - box.x,
         (now.y + other[1].y) / 2 - box.y);
  }
  const count = touches.size;
  pan((now.x - last.x) / count, (now.y - last.y) / count);
  touches.set(event.pointerId, now);
});

function lift(event) {
  if (!touches.delete(event.pointerId)) return;
  if (touches.size === 0) svg.classList.remove('panning');
  if (down && event.type === 'pointerup') {
    if (!event.ctrlKey && !event.metaKey) choose(down.part || null);
  }
  down = null;
}
svg.addEventListener('pointerup', lift);
svg.addEventListener('pointercancel', lift);

// Links open with a modifier key only: a click is for the paths. A click
// without a pointer is a screen reader's.
svg.addEventListener('click', (event) => {
  const clicked = partAt(event.target);
  if (!clicked || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (event.detail === 0) choose(clicked);
});
svg.addEventListener('dragstart', (event) => event.preventDefault());

// Inside a page the wheel scrolls the page, unless it means zooming.
svg.addEventListener('wheel', (event) => {
  if (ui.contains(event.target) || (!isAlone && !event.ctrlKey)) return;
  event.preventDefault();
  const box = svg.getBoundingClientRect();
  const pixels = event.deltaY * (event.deltaMode === 1 ? 18 : 1);
  zoom(Math.exp(-pixels * (event.ctrlKey ? .01 : .0016)),
       event.clientX - box.x, event.clientY - box.y);
}, {passive: false});

// ---- What is known of a node or an edge.

const panel = make('section', {class: 'panel', 'aria-label': 'Details',
                               hidden: ''});

function row(tag, texts) {
  return make('tr', {}, ...texts.map(
      (text, i) => make(i === 0 ? 'th' : tag, {}, text)));
}

function table(heads, rows) {
  const made = make('table', {}, row('th', heads));
  rows.forEach((texts, i) => {
    const line = row('td', texts);
    if (i === view) line.setAttribute('class', 'now');
    made.append(line);
  });
  return made;
}

function line(text) {
  return text ? [make('div', {}, text)] : [];
}

function describeNode({element, views}) {
  const {dataset} = element;
  const link = element.getAttribute('href');
  return [
    make('strong', {}, dataset.name),
    ...line(dataset.file),
    ...line(dataset.object),
    ...line(dataset.trend),
    ...line(dataset.calls && `${dataset.calls} calls`),
    table(['', 'total', '', 'self', ''],
          views.map(([, , self, selfShare, total, totalShare], i) =>
              [events[i][0], total, totalShare, self, selfShare])),
    ...(link ? [make('a', {href: link, target: '_blank', rel: 'noopener'},
                     'source')] : []),
  ];
}

function describeEdge({element: {dataset}, caller, callee, views}) {
  return [
    make('strong', {}, `${caller.name} → ${callee.name}`),
    ...line(dataset.calls && `${dataset.calls} calls`),
    table(['', 'cost', '', 'per call', 'of caller', 'of callee'],
          views.map(([, , cost, share, perCall, ofCaller, ofCallee], i) =>
              [events[i][0], cost, share, perCall, ofCaller, ofCallee])),
  ];
}

function show(shown) {
  panel.hidden = !shown;
  if (!shown) return;
  panel.replaceChildren(
      ...(shown.isEdge ? describeEdge(shown) : describeNode(shown)));
}

svg.addEventListener('pointerover', (event) => {
  if (ui.contains(event.target)) return;
  show(partAt(event.target) || chosen);
});
svg.addEventListener('focusin', (event) => {
  const focused = partAt(event.target);
  if (!focused) return;
  show(focused);
  if (!down) reveal(focused.element);
});

// ---- Callers and callees of what was clicked.

// All nodes from `start` on along `edgesOf`, with the edges that lead there.
function follow(start, edgesOf, end) {
  const seen = new Set([start]);
  // Sets give what is added while they are walked; edges lead no further.
  for (const p of seen) {
    for (const edge of p[edgesOf] || []) {
      if (!edge.isHidden) seen.add(edge).add(edge[end]);
    }
  }
  return seen;
}

function choose(next) {
  chosen = next === chosen ? null : next;
  svg.classList.toggle('lit', Boolean(chosen));
  const path = new Set();
  const near = new Set();
  if (chosen) {
    const upper = chosen.isEdge ? chosen.caller : chosen;
    const lower = chosen.isEdge ? chosen.callee : chosen;
    for (const p of follow(upper, 'callers', 'caller')) path.add(p);
    for (const p of follow(lower, 'callees', 'callee')) path.add(p);
    if (chosen.isEdge) near.add(upper).add(lower);
    else {
      for (const edge of chosen.callers) near.add(edge).add(edge.caller);
      for (const edge of chosen.callees) near.add(edge).add(edge.callee);
    }
  }
  for (const p of parts) {
    p.element.classList.toggle('path', path.has(p));
    p.element.classList.toggle('near', near.has(p));
    p.element.classList.toggle('chosen', p === chosen);
    p.element.setAttribute('aria-pressed', String(p === chosen));
  }
  show(chosen);
}

// ---- Search.

const search = make('input', {
  type: 'search', placeholder: 'Search  /', 'aria-label':
  'Search functions; a regular expression between slashes',
  spellcheck: 'false', input: () => find(),
});
const found = make('span', {class: 'status', role: 'status'});
let matches = [];
let current = -1;

function matcher(text) {
  const expression = /^\/(.+)\/(i?)$/.exec(text);
  if (expression) {
    const pattern = new RegExp(expression[1], expression[2]);
    return (candidate) => pattern.test(candidate);
  }
  const plain = text.toLowerCase();
  return (candidate) => candidate.toLowerCase().includes(plain);
}

function find() {
  let matches_ = () => false;
  search.classList.remove('bad');
  try {
    if (search.value) matches_ = matcher(search.value);
  } catch (_) {
    search.classList.add('bad');  // an expression that is not finished
  }
  matches = nodes.filter(({element: {dataset}, isHidden}) => !isHidden &&
      [dataset.name, dataset.file, dataset.object].some(
          (text) => text && matches_(text)));
  for (const node of nodes) {
    node.element.classList.toggle('found', matches.includes(node));
  }
  svg.classList.toggle('searching', matches.length > 0);
  current = -1;
  if (matches.length > 0) jump(1);
  else {
    markCurrent();
    found.textContent = search.value ? 'none' : '';
  }
}

function markCurrent() {
  for (const node of nodes) {
    node.element.classList.toggle('current', node === matches[current]);
  }
}

function jump(step) {
  if (matches.length === 0) return;
  current = (current + step + matches.length) % matches.length;
  markCurrent();
  found.textContent = `${current + 1} of ${matches.length}`;
  show(matches[current]);
  reveal(matches[current].element, .7);
}

// ---- Events, and what is too small.

function relabel(text, lines) {
  if (!text) return;
  text.removeAttribute('textLength');
  text.replaceChildren(...lines.map((line, i) => {
    const span = document.createElementNS(svg.namespaceURI, 'tspan');
    span.setAttribute('x', text.getAttribute('x') || 0);
    if (i > 0) span.setAttribute('dy', '1.25em');
    span.textContent = line;
    return span;
  }));
}

// Where none of the picture's fonts is there, others may be wider than a box.
function squeeze(node) {
  const room = node.element.querySelector('rect').width.baseVal.value - 8;
  for (const text of all('text', node.element)) {
    const lines = all('tspan', text);
    for (const line of lines.length > 0 ? lines : [text]) {
      if (line.getComputedTextLength() <= room) continue;
      line.setAttribute('textLength', room);
      line.setAttribute('lengthAdjust', 'spacingAndGlyphs');
    }
  }
}

function recolor(element, heat) {
  element.setAttribute('class',
      element.getAttribute('class').replace(/\bh\d+/, `h${heat}`));
}

function switchTo(index) {
  view = index;
  for (const {element, views, isEdge} of parts) {
    const v = views[view];
    recolor(element, v[0]);
    relabel(element.querySelector('.figures'), isEdge ? v[7] : v[6]);
    if (isEdge) {
      element.querySelector('path').setAttribute('stroke-width', v[8]);
    }
  }
  nodes.forEach(squeeze);
  const [name, sum, scale] = events[view];
  total.textContent = `${name}: ${sum} in total`;
  for (const shown of all('.legend')) {
    all('text', shown).forEach((text, i) => { text.textContent = scale[i]; });
  }
  hideBelow();
  show(chosen);
}

const total = make('div');
const choice = make('select', {
  'aria-label': 'Event', change: () => switchTo(choice.selectedIndex),
}, ...events.map(([name]) => make('option', {}, name)));

const slider = make('input', {
  type: 'range', min: '0', max: '100', value: '0',
  'aria-label': 'Hide functions below', input: () => hideBelow(),
});
const hidden = make('span', {class: 'status', role: 'status'});

// Most functions are small: the slider is finer there. At its start all are
// shown.
function hideBelow() {
  const share = (slider.value / 100) ** 3;
  let count = 0;
  for (const node of nodes) {
    const own = node.views[view][1];
    node.isHidden = share > 0 && own !== null && own < share;
    count += node.isHidden;
  }
  for (const edge of edges) {
    edge.isHidden = edge.caller.isHidden || edge.callee.isHidden;
  }
  for (const {element, isHidden} of parts) {
    element.style.display = isHidden ? 'none' : '';
  }
  const percent = Number((100 * share).toPrecision(2));
  hidden.textContent = share > 0 ? `< ${percent} %: ${count} hidden` : '';
  slider.setAttribute('aria-valuetext', `${percent} %`);
  if (chosen && chosen.isHidden) choose(chosen);
  if (search.value) find();
}

// ---- Controls.

const button = (label, title, click) =>
    make('button', {type: 'button', title, 'aria-label': title, click}, label);

const keys = [
  ['/', 'search; a regular expression between slashes'],
  ['Enter n', 'next found'], ['⇧Enter N', 'the one before'],
  ['Tab', 'next function or call'],
  ['↑ ↓ ← →', 'to callers, callees and neighbours; else move the picture'],
  ['Enter Space', 'light up callers and callees'],
  ['o', 'open the source'],
  ['+ − 0', 'zoom in, out, all'], ['Esc', 'clear'],
];
const help = make('section', {class: 'help', 'aria-label': 'Keys', hidden: ''},
    make('table', {}, ...keys.map(([names, what]) => make('tr', {},
        make('td', {}, ...names.split(' ').map((k) => make('kbd', {}, k))),
        make('td', {}, what)))));

// The reader's setting, then the other one, then back.
function changeGround() {
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  svg.style.colorScheme =
      svg.style.colorScheme ? '' : isDark ? 'light only' : 'dark only';
}

const legend = svg.querySelector('.legend');
const bar = make('header', {class: 'bar'},
  make('div', {class: 'about'},
       make('strong', {}, svg.getAttribute('aria-label')), total,
       ...all('.note').map((note) => make('div', {title: note.textContent},
                                          note.textContent))),
  ...(legend ? [legend.cloneNode(true)] : []),
  ...(events.length > 1 ? [make('label', {}, choice)] : []),
  make('label', {}, search, found,
       button('‹', 'Previous found', () => jump(-1)),
       button('›', 'Next found', () => jump(1))),
  make('label', {}, 'Hide', slider, hidden),
  make('div', {class: 'group'},
       button('−', 'Zoom out', () => zoom(1 / 1.4)),
       button('+', 'Zoom in', () => zoom(1.4)),
       button('⤢', 'Whole picture', () => fit()),
       button('◐', 'Light or dark', changeGround),
       button('?', 'Keys', () => { help.hidden = !help.hidden; })));

const ui = document.createElementNS(svg.namespaceURI, 'foreignObject');
ui.setAttribute('width', '100%');
ui.setAttribute('height', '100%');
ui.append(make('div', {class: 'ui'}, bar, panel, help));

// ---- Keys.

// The nearest on the same rank, or over the heaviest edge.
function neighbor(node, key) {
  const share = (edge) => edge.views[view][1] || 0;
  const heaviest = (edges_, end) => edges_
      .filter((edge) => !edge.isHidden && edge[end] !== node)
      .sort((a, b) => share(b) - share(a)).map((edge) => edge[end])[0];
  if (key === 'ArrowUp') return heaviest(node.callers, 'caller');
  if (key === 'ArrowDown') return heaviest(node.callees, 'callee');
  const sign = key === 'ArrowRight' ? 1 : -1;
  const here = middle(node.element);
  return nodes
      .filter(({isHidden}) => !isHidden)
      .map((other) => ({other, m: middle(other.element)}))
      .map(({other, m}) => ({other, x: sign * (m.x - here.x), y: m.y}))
      .filter(({x, y}) => x > 1 && Math.abs(y - here.y) < here.height / 2)
      .sort((a, b) => a.x - b.x).map(({other}) => other)[0];
}

const arrows = {ArrowUp: [0, 60], ArrowDown: [0, -60], ArrowLeft: [60, 0],
                ArrowRight: [-60, 0]};

function clear() {
  search.value = '';
  find();
  help.hidden = true;
  if (chosen) choose(chosen);
  show(null);
}

function onKey(event) {
  const {key} = event;
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) {
    if (key !== 'f') return false;
    search.focus();
    search.select();
    return true;
  }
  if (key === 'Escape') {
    clear();
    if (event.target === search) search.blur();
    return true;
  }
  if (event.target === search) {
    if (key !== 'Enter') return false;
    jump(event.shiftKey ? -1 : 1);
    return true;
  }
  const isControl = ui.contains(event.target);
  const focused = partAt(event.target);
  if (key === '/') { search.focus(); return true; }
  if (key === 'n' || key === 'N') { jump(key === 'n' ? 1 : -1); return true; }
  if (key === '?') { help.hidden = !help.hidden; return true; }
  if (key === '+' || key === '=') { zoom(1.25); return true; }
  if (key === '-') { zoom(1 / 1.25); return true; }
  if (key === '0') { fit(); return true; }
  if (isControl) return false;
  if (arrows[key]) {
    const next = focused && !event.shiftKey && (focused.isEdge
        ? {ArrowUp: focused.caller, ArrowDown: focused.callee}[key]
        : neighbor(focused, key));
    if (next) next.element.focus();
    else if (!focused || event.shiftKey) pan(...arrows[key]);
    return true;
  }
  if (focused && (key === 'Enter' || key === ' ')) {
    choose(focused);
    return true;
  }
  const link = focused && focused.element.getAttribute('href');
  if (key === 'o' && link) {
    window.open(link, '_blank', 'noopener');
    return true;
  }
  return false;
}

(isAlone ? document : svg).addEventListener('keydown', (event) => {
  if (onKey(event)) event.preventDefault();
});

// ---- Starting, and printing, for which the picture is as without a script.

const still = {viewBox: svg.getAttribute('viewBox'),
               width: svg.getAttribute('width'),
               height: svg.getAttribute('height'),
               transform: graph.getAttribute('transform')};

function start() {
  svg.removeAttribute('viewBox');
  svg.setAttribute('width', '100%');
  svg.setAttribute('height', isAlone ? '100%' :
      Math.max(Math.min(+still.height + 60, innerHeight * .9), 420));
  place();
}

for (const {element} of parts) {
  const title = element.querySelector('title');
  element.setAttribute('aria-label', title.textContent);
  element.setAttribute('role', 'button');
  title.remove();
}
for (const {element} of edges) {
  const hit = element.querySelector('path').cloneNode();
  hit.setAttribute('class', 'hit');
  element.append(hit);
}
svg.classList.add('live', isAlone ? 'alone' : 'inside');
svg.setAttribute('role', 'application');
svg.append(ui);
start();
switchTo(0);
fitReadably();
addEventListener('beforeprint', () => {
  for (const name of ['viewBox', 'width', 'height']) {
    svg.setAttribute(name, still[name]);
  }
  graph.setAttribute('transform', still.transform);
});
addEventListener('afterprint', start);
addEventListener('resize', () => {
  if (at.isFitted) fitReadably();
});
})();
