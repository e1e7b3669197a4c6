// What this screen painted, how long after its commit, and which reports its officer has seen, said to the server now and then:
// the page carries the rules, and the contract stands in Operations/Receipts.cs. Nothing on the page depends on it: what is not
// taken is not said again.
const rules = () => document.getElementById('receipts')?.dataset;

// The cursor that was last told, kept over a reload of the tab: a thousand pages that come back at once have nothing to say.
const memory = 'alertdavao.painted';
const remembered = 2000;

let counts = null;
let shown = null;
let timer = 0;
let dueAt = 0;
let sentAt = -Infinity;
// Not all pages at once: what arrives on every screen in the same moment is said spread over seconds.
const spread = 1 + Math.random() / 2;

const looked = new Set();
const told = new Set();
let lookedAt = 0;

/** Arrivals that are on the screen now, each with its milliseconds since the commit. */
export function receipt(latencies) {
    const words = rules();
    if (!words) return;
    const bounds = words.bounds.split(',').map(Number);
    counts ??= new Array(bounds.length + 1).fill(0);
    for (const ms of latencies) {
        if (counts.reduce((a, b) => a + b) >= words.most) break;
        const at = bounds.findIndex(bound => ms <= bound);
        counts[at < 0 ? bounds.length : at]++;
    }
    later(words);
}

/** The board stands on the screen as it is up to that cursor. */
export function shows(cursor) {
    const words = rules();
    if (!words || !cursor || cursor === recall()) return;
    shown = { cursor, at: performance.now() };
    later(words);
}

/** Reports that were in view of an officer who was there. */
export function saw(ids) {
    const words = rules();
    const news = ids.filter(id => !told.has(id));
    if (!words || !news.length) return;
    for (const id of news) {
        looked.add(id);
        told.add(id);
    }
    for (const id of told) {
        if (told.size <= remembered) break;
        told.delete(id);
    }
    lookedAt = performance.now();
    later(words);
}

/** Whether the report need not be said to be seen any more. */
export const isTold = id => told.has(id);

// Where reports keep coming, what was painted is said more seldom. What an officer has seen does not wait for that.
function later({ every, apart }) {
    const now = performance.now();
    const due = Math.max(now + every * spread, looked.size ? 0 : sentAt + apart * spread);
    if (timer && dueAt <= due) return;
    clearTimeout(timer);
    dueAt = due;
    timer = setTimeout(send, due - now);
}

function send() {
    timer = 0;
    const words = rules();
    const painted = document.getElementById('complete-to')?.dataset.cursor;
    if (!words || !painted) {
        // Another page is shown; what was counted here belongs to no board any more. What was seen is said by the next one.
        counts = shown = null;
    } else if (document.getElementById('connection-state')?.dataset.state !== 'live') {
        later(words);
    } else {
        post(words, painted);
        if (looked.size) later(words);
    }
}

function post(words, painted) {
    const seen = [...looked].slice(0, words.seen);
    for (const id of seen) looked.delete(id);
    const ago = at => Math.min(Math.max(0, Math.round(performance.now() - at)), words.oldest);
    const body = {
        painted: shown?.cursor ?? recall() ?? painted,
        latencies: counts ?? new Array(words.bounds.split(',').length + 1).fill(0),
        ...(shown && { painted_ms_ago: ago(shown.at) }),
        ...(seen.length && { seen, seen_ms_ago: ago(lookedAt) }),
    };
    if (shown) keep(shown.cursor);
    counts = shown = null;
    sentAt = performance.now();
    fetch(words.to, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), keepalive: true }).catch(() => null);
}

function recall() {
    try {
        return sessionStorage.getItem(memory);
    } catch {
        return null;
    }
}

function keep(cursor) {
    try {
        sessionStorage.setItem(memory, cursor);
    } catch {
        // Without storage it is said once more after a reload.
    }
}
