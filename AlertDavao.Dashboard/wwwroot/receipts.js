// What this screen painted, and how long after its commit, said to the server now and then: the page carries the rules, and the
// contract stands in Operations/Receipts.cs. Nothing depends on it: what is not taken is not said again.
const rules = () => document.getElementById('receipts')?.dataset;

let counts = null;
let timer = 0;

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
    if (!timer) later(words);
}

// Not all at once: what arrives on every screen in the same moment is said spread over seconds.
function later({ every }) {
    timer = setTimeout(send, every * (1 + Math.random() / 2));
}

function send() {
    timer = 0;
    const words = rules();
    const painted = document.getElementById('complete-to')?.dataset.cursor;
    if (!words || !painted) {
        // Another page is shown; what was counted here belongs to no board any more.
        counts = null;
    } else if (document.getElementById('connection-state')?.dataset.state !== 'live') {
        later(words);
    } else {
        const body = JSON.stringify({ painted, latencies: counts });
        counts = null;
        fetch(words.to, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, keepalive: true }).catch(() => null);
    }
}
