// The board in the browser. The server draws rows; ages, "new" until seen, scrolling, the pill and the latency figure are
// the page's own, so that no delivery needs a call.
import { whenAppears } from '../appearing.js';
import { roughly, serverTime } from '../clock.js';
import { isTold, receipt, saw, shows } from '../receipts.js';
import { askAgain } from '../Reports/ReportPanel.razor.js';
import { arrived, isUnseen, keep, onSeen, seen, wasHeard } from './AlertIsland.razor.js';

const lookAgainAfter = 2000;
const idleAfter = 1000;
const everySecond = 1000;
const ranks = ['low', 'medium', 'high', 'critical'];
const onePulse = [{ level: 2, ms: 220 }, { level: 1, ms: 220 }, { level: 0, ms: 660 }];
const pulseSteps = [...onePulse, ...onePulse, ...onePulse];
const lessMotion = matchMedia('(prefers-reduced-motion: reduce)');
const latencies = [];

let list = null;
let lastInput = 0;
let anchor = null;

// When an arrival was last scrolled to, and where the script itself put the list: a reader who did not scroll since is still
// led by arrivals, wherever that took the list.
let ledAt = 0;
let placed = 0;

// Kept by the scroll event: asking the list itself while rows come in would lay the page out once more, before it is painted.
let scrolled = 0;

const rowListeners = new Set();

/** Calls back with rows that came into the list or were drawn anew; with those that are there already, at once. */
export function onRows(listener) {
    rowListeners.add(listener);
    if (list) listener([...list.children]);
}

const inView = new Map();
const viewer = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
        if (isIntersecting) inView.set(target, performance.now());
        else inView.delete(target);
    }
}, { threshold: .6 });

function attach(board) {
    list = board;
    anchor = null;
    scrolled = placed = 0;
    inView.clear();
    take([...board.children], false);
    keepListed();
    show();
    new MutationObserver(changes => {
        const moved = changes.filter(change => change.type === 'childList' && change.target === board);
        if (moved.some(change => change.removedNodes.length)) keepListed();
        if (moved.length) take(moved.flatMap(change => [...change.addedNodes]).filter(node => node.matches?.('li')), true);
        for (const { type, target } of changes) if (type === 'attributes' && target !== board) mark(target);
        if (changes.some(isOfOpen)) askAgain();
    }).observe(board, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });
    board.addEventListener('scroll', () => {
        tick(inSight());
        // Told of its own move a frame later, the script would take rows that came meanwhile for the reader's place.
        if (Math.abs(board.scrollTop - placed) <= 1) return;
        // From here on it is the reader's, also back where the script had put it.
        placed = NaN;
        lastInput = performance.now();
        scrolled = board.scrollTop;
        keepAnchor();
        showPill();
    }, { passive: true });
}

/** Rows that came into the list: arrivals are told, the rest only marked. */
function take(rows, live) {
    const news = rows.filter(row => row.matches('.fresh') && !wasHeard(row.dataset.reportId));
    if (live && news.length) {
        letArrive();
        pulse(news);
        measure(news);
    }
    for (const row of rows) mark(row);
    for (const listener of rowListeners) listener(rows);
    tick(rows);
    if (news.length) arrived(news.map(report));
    // Before the paint and after everything that changes the page, so that it is laid out once.
    if (live) requestAnimationFrame(() => keepPlace(news));
    else showPill();
}

const keepListed = () => keep(new Set([...list.children].map(row => row.dataset.reportId)));

const report = row => ({
    id: row.dataset.reportId,
    severity: severityOf(row),
    word: row.querySelector('.sevw').textContent,
    title: row.querySelector('.title').textContent,
    place: row.querySelector('.place').textContent,
});

const isElsewhere = () => scrolled > 8 && lastInput > ledAt;

function keepPlace(news) {
    if (isElsewhere()) holdStill();
    else if (news.length && performance.now() - lastInput > idleAfter) {
        const row = foremost(news);
        // The first row of a list at its top is in view; asking for it would lay the page out once more.
        if (scrolled > 0 || row !== list.firstElementChild) {
            row.scrollIntoView({ block: 'nearest' });
            placedAt(list.scrollTop);
        }
        ledAt = performance.now();
    }
    showPill();
}

function placedAt(top) {
    scrolled = top;
    placed = top;
    keepAnchor();
}

const severityOf = row => ranks.find(rank => row.classList.contains(`sev-${rank}`)) ?? 'low';
const foremost = rows => rows.reduce((a, b) => (ranks.indexOf(severityOf(b)) > ranks.indexOf(severityOf(a)) ? b : a));

// ---- "New" until seen ----

// The server says what arrived since the screen opened; what was seen meanwhile, and what a reload brought back, is known here.
function mark(row) {
    const id = row.dataset.reportId;
    const isNew = isUnseen(id) || (row.matches('.fresh') && !wasHeard(id));
    // Only what differs is written: a write would call this again.
    if (row.matches('.fresh') !== isNew) row.classList.toggle('fresh', isNew);
    row.toggleAttribute('data-seen', !isNew && wasHeard(id));
    row.toggleAttribute('data-open', location.pathname.endsWith(id));
    if (isNew || isLookedFor(row)) viewer.observe(row);
    else leave(row);
}

// What waits for somebody is looked for also where it is not new here: the server keeps who saw it first. A locked screen has
// nothing to open, and nobody it knows before it.
const isLookedFor = row => row.matches('.unack') && row.querySelector('a') !== null && !isTold(row.dataset.reportId);

function leave(row) {
    viewer.unobserve(row);
    inView.delete(row);
}

function remark() {
    if (list) for (const row of list.children) mark(row);
}

// Seen = in view in a visible, focused tab, with input since it came into view.
function look() {
    if (!list || document.hidden || !document.hasFocus()) return;
    const now = performance.now();
    const rows = [];
    for (const [row, since] of inView) {
        if (!row.isConnected) inView.delete(row);
        else if (now - since > lookAgainAfter) rows.push(row);
    }
    if (!rows.length) return;
    saw(rows.filter(row => row.querySelector('a')).map(row => row.dataset.reportId));
    seen(rows.map(row => row.dataset.reportId));
    rows.forEach(leave);
}

for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
    addEventListener(kind, event => { if (event.type !== 'pointermove') lastInput = performance.now(); look(); }, { passive: true });

onSeen(() => { remark(); showPill(); });

// ---- The report that is open beside the list ----

// Its row was drawn anew, or left the list.
const isOfOpen = ({ type, target, removedNodes }) => type === 'childList'
    && (target.matches('li[data-open]') || [...removedNodes].some(node => node.matches?.('li[data-open]')));

// The officer serves elsewhere from now on: the report may be none of theirs any more.
let scope = null;
function lookAtScope(board) {
    const before = scope;
    scope = board.dataset.scope;
    if (before !== null && before !== scope) askAgain(true);
}

whenAppears('.board', board => {
    lookAtScope(board);
    new MutationObserver(() => lookAtScope(board)).observe(board, { attributeFilter: ['data-scope'] });
});

// The bar beside an open report says what the counter does; it is drawn once, the counter at every arrival.
function tellBar() {
    const count = document.querySelector('#count-unacknowledged .n')?.textContent.trim();
    const bar = document.querySelector('.bar-waiting');
    if (count && bar) bar.textContent = bar.dataset.words.replace('{0}', count);
}

whenAppears('.bar-waiting', tellBar);
whenAppears('#count-unacknowledged', counter => {
    tellBar();
    new MutationObserver(tellBar).observe(counter, { childList: true, characterData: true, subtree: true });
});

// It stands in the address.
Blazor.addEventListener('enhancedload', remark);

// ---- The reader's place, and the pill ----

function keepAnchor() {
    const top = list.scrollTop;
    for (const row of list.children) {
        if (row.offsetTop + row.offsetHeight > top) {
            anchor = { row, id: row.dataset.reportId, top: row.offsetTop - top };
            return;
        }
    }
}

// The browsers' own anchoring is off: not all have it, and what it does cannot be told from the reader's scrolling.
function holdStill() {
    if (!anchor) return;
    // A report that changed has a row that was made anew.
    if (!anchor.row.isConnected) anchor.row = rowOf(anchor.id);
    if (!anchor.row) return;
    const moved = anchor.row.offsetTop - list.scrollTop - anchor.top;
    if (Math.abs(moved) >= 1) list.scrollTop += moved;
    placedAt(list.scrollTop);
}

const rowOf = id => list.querySelector(`:scope > [data-report-id="${CSS.escape(id)}"]`);

const above = () => [...list.querySelectorAll('.fresh')].filter(row => row.offsetTop < scrolled);

function showPill() {
    const pill = document.getElementById('new-reports-pill');
    if (!pill || !list) return;
    const rows = isElsewhere() ? above() : [];
    if (pill.hidden !== (rows.length === 0)) pill.hidden = rows.length === 0;
    if (!rows.length) return;
    const severity = severityOf(foremost(rows));
    pill.firstElementChild.className = `g mark g-${severity}`;
    const words = pill.dataset.words.replace('{0}', rows.length);
    if (pill.querySelector('b').textContent !== words) pill.querySelector('b').textContent = words;
}

document.addEventListener('click', event => {
    if (!event.target.closest('#new-reports-pill')) return;
    list.scrollTop = 0;
    placedAt(0);
    ledAt = performance.now();
    showPill();
});

// ---- Ages and timers tick by text ----

// Out of sight nothing is read: five hundred rows would be laid out every second. A few rows above and below are kept ready,
// and scrolling brings the next ones up to date.
function inSight() {
    const height = list?.clientHeight ?? 0;
    const ready = height / 4;
    const rows = [];
    for (const row of list?.children ?? []) {
        const from = row.offsetTop - list.scrollTop;
        if (from > height + ready) break;
        if (from + row.offsetHeight > -ready) rows.push(row);
    }
    return rows;
}

function tick(within = [...document.querySelectorAll('.counters'), ...inSight()]) {
    if (document.hidden) return;
    const now = roughly();
    for (const part of within) {
        for (const time of part.querySelectorAll('[data-age]')) write(time, age(now - time.dataset.age));
        for (const time of part.querySelectorAll('[data-since]')) write(time, timer(now - time.dataset.since));
    }
}

// The node stays the renderer's own; only its text changes.
function write(element, words) {
    if (element.firstChild && element.firstChild.data !== words) element.firstChild.data = words;
}

function age(ms) {
    const words = list && document.getElementById('said')?.dataset;
    if (!words) return '';
    const seconds = Math.max(0, Math.floor(ms / 1000));
    if (seconds < 1) return words.ageNow;
    if (seconds < 60) return words.ageSeconds.replace('{0}', seconds);
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return words.ageMinutes.replace('{0}', minutes);
    const hours = Math.floor(minutes / 60);
    if (hours < 48) return words.ageHours.replace('{0}', hours).replace('{1}', String(minutes % 60).padStart(2, '0'));
    return words.ageDays.replace('{0}', Math.floor(hours / 24));
}

function timer(ms) {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    const pad = part => String(part).padStart(2, '0');
    return seconds < 3600 ? `${Math.floor(seconds / 60)}:${pad(seconds % 60)}` : age(ms);
}

// Reports come in bursts, and a tick draws half the screen: it keeps clear of what arrives, by half a second at most.
let ticker = 0;
let ticked = 0;
function tickIn(ms) {
    clearTimeout(ticker);
    ticker = setTimeout(() => {
        ticked = performance.now();
        tick();
        tickIn(everySecond);
    }, ms);
}

const letArrive = () => { if (performance.now() - ticked < everySecond) tickIn(everySecond / 2); };

tickIn(everySecond);
document.addEventListener('visibilitychange', () => tick());

// ---- Arrivals pulse ----

// The highlight of an arrival: three times full, then fading. Steps instead of an animation, because while anything moves
// the next arrival waits for the screen's next frame.
function pulse(rows, at = 0) {
    if (lessMotion.matches || at === pulseSteps.length) return;
    const { level, ms } = pulseSteps[at];
    for (const row of rows) {
        if (level) row.dataset.pulse = level;
        else delete row.dataset.pulse;
    }
    setTimeout(pulse, ms, rows, at + 1);
}

/** Calls back when what the script has just changed is on the screen. */
function painted(then) {
    requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = then;
        port2.postMessage(null);
    });
}

// ---- From commit to painted, 95 of 100 on this screen ----

function measure(rows) {
    // A hidden tab paints when it is shown: that is no delivery.
    if (document.hidden) return;
    const committed = rows.map(row => Number(row.dataset.committed));
    const cursor = standing();
    painted(() => {
        shows(cursor);
        const now = serverTime();
        if (now === null) return;
        const took = committed.map(at => Math.max(0, now - at));
        receipt(took);
        latencies.push(...took);
        latencies.splice(0, latencies.length - 100);
        showLatency();
    });
}

const standing = () => document.getElementById('complete-to')?.dataset.cursor;

// What stood there when the board opened, or came while the tab was hidden, is on the screen from now on.
function show() {
    if (!list || document.hidden) return;
    const cursor = standing();
    painted(() => shows(cursor));
}

document.addEventListener('visibilitychange', show);

function showLatency() {
    const cell = document.getElementById('latency');
    if (!cell || !latencies.length) return;
    const p95 = latencies.toSorted((a, b) => a - b)[Math.ceil(latencies.length * .95) - 1];
    cell.dataset.p95 = p95.toFixed(1);
    cell.dataset.samples = latencies.length;
    cell.firstElementChild.textContent = `${Math.round(p95)} ms`;
}

whenAppears('#latency', showLatency);

// Last, because what is there already is taken at once.
whenAppears('#report-board', attach);
