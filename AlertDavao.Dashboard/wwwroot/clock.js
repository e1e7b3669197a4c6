import { whenAppears } from './appearing.js';

// The server's clock, never the PC's: the offset comes from round trips. How wrong one can be is half of its trip and what two
// clocks have drifted apart since: the least of that is taken.
const every = 120000;
const lookEvery = 5000;
const drift = 50e-6;
const jumped = 1000;
let samples = [];
let gap = 0;

async function sample() {
    const sent = performance.now();
    const answer = await fetch('/api/session', { cache: 'no-store' }).catch(() => null);
    const received = performance.now();
    if (!answer?.ok) return;
    const { now } = await answer.json();
    const [from, to] = onTheWire(answer.url, sent) ?? [sent, received];
    samples.push({ at: to, trip: to - from, offset: now - (from + to) / 2 });
    if (samples.length > 8) samples.shift();
}

// When the question left and the answer came, as the network saw it: a script that is busy looks late.
function onTheWire(address, since) {
    const entry = performance.getEntriesByName(address, 'resource').findLast(one => one.startTime >= since);
    return entry?.responseStart > 0 ? [entry.requestStart, entry.responseStart] : null;
}

// The browser keeps a few hundred and then no more: a board stands open for hours.
performance.addEventListener('resourcetimingbufferfull', () => performance.clearResourceTimings());

const error = (one, now) => one.trip / 2 + (now - one.at) * drift;

function best() {
    const now = performance.now();
    return samples.reduce((a, b) => (error(b, now) < error(a, now) ? b : a));
}

// A machine that slept: the page's own clock stood still, or the PC's was set. What was known before is worth nothing.
function look() {
    const was = gap;
    gap = Date.now() - performance.now();
    if (Math.abs(gap - was) < jumped) return;
    samples = [];
    sample();
}

/** Unix milliseconds of the server at a moment of performance.now(); null before the first round trip. */
export function serverTime(at = performance.now()) {
    return samples.length ? at + best().offset : null;
}

/** The same, with the PC's clock until the first round trip: for ages, where a wrong minute beats no minute. */
export const roughly = () => serverTime() ?? Date.now();

let started = false;

// Pages of somebody who is signed in show the state of the connection; the others have no session to ask for.
whenAppears('#connection-state', async () => {
    if (started) return;
    started = true;
    gap = Date.now() - performance.now();
    for (let i = 0; i < 3; i++) await sample();
    setInterval(() => { if (!document.hidden) sample(); }, every);
    setInterval(look, lookEvery);
});
