// The one place that knows whether this page is connected. It runs outside the circuit: while that is down, nobody on the
// server can say so. Every 3 s it tries to come back, for ever; what the page says of it is others' (ReconnectModal.razor.js,
// lifeline.js).
import { whenAppears } from './appearing.js';
import { openAgain } from './keep.js';
import { later } from './wake.js';

const retryFrom = 2500;
const retrySpread = 1000;
// A thousand screens that lost their server in one moment do not come back in one.
const firstSpread = 800;
// A moment's loss that is made good at once is no news.
const grace = 2000;
const startWithin = 5000;
// A server that has much to do starts a circuit late; a page that gave up on it would only have it do more.
const startsNoMore = 15000 + Math.random() * 10000;
const answerWithin = 8000;
const backWithin = 10000;

const listeners = new Set();

let downSince = null;
let isTold = false;
let wasLive = false;
let attempt = 0;
let dueAt = 0;
let isConnecting = false;
let cancelTry = null;

/** Calls back when the connection is said to be lost (`down`), at every try (`trying`), and when it is back (`live`). */
export function onConnection(listener) { listeners.add(listener); }

/** What is to be said of the connection; null while there is nothing to say. */
export const lost = () => (isTold ? { since: downSince, attempt, dueAt } : null);

export const isDown = () => downSince !== null;

const tell = what => { for (const listener of listeners) listener(what); };

/** @param {boolean} silent it was silent for so long already that it is said at once */
export function down(silent = false) {
    if (downSince !== null) return;
    downSince = Date.now();
    attempt = 0;
    cancelTry = planned(Math.random() * firstSpread);
    later(silent ? 0 : grace, say(downSince));
}

const say = since => () => {
    if (downSince !== since) return;
    isTold = true;
    tell('down');
};

export function live() {
    wasLive = true;
    cancelTry?.();
    downSince = null;
    const wasTold = isTold;
    isTold = false;
    tell(wasTold ? 'back' : 'live');
}

/** Now instead of at its time. */
export function tryNow() {
    if (downSince === null) return;
    cancelTry?.();
    attemptNow();
}

function planned(ms) {
    dueAt = Date.now() + ms;
    return later(ms, attemptNow);
}

function attemptNow() {
    if (downSince === null) return;
    attempt++;
    cancelTry = planned(retryFrom + Math.random() * retrySpread);
    if (isTold) tell('trying');
    reach();
}

// The page is asked for over plain HTTP first: a server that cannot be reached costs no half-made socket, and a session that
// has ended looks to the framework like a lost network; it would retry for ever.
async function reach() {
    const answer = await ask('/api/session');
    if (!answer?.ok || downSince === null || isConnecting) return;
    isConnecting = true;
    try {
        await Promise.race([comeBack(), new Promise(done => later(backWithin, done))]);
    } catch {
        // No socket, though there is HTTP: the next try is planned, and lifeline.js asks meanwhile.
    } finally {
        isConnecting = false;
    }
}

async function comeBack() {
    if (!wasLive) {
        if (performance.now() < startsNoMore) return;
        await socketOpens();
    } else if (await Blazor.reconnect()) return;
    // This circuit is no longer known, or there never was one: the same address gives a fresh one.
    tell('anew');
    openAgain();
}

// A page whose circuit could never start cannot start it later.
function socketOpens() {
    return new Promise((opened, failed) => {
        const socket = new WebSocket(new URL('_blazor', document.baseURI.replace(/^http/, 'ws')));
        socket.onopen = () => { socket.close(); opened(); };
        socket.onerror = failed;
    });
}

/** What the server answers; null when it does not. Who is no longer signed in goes to the sign-in page. */
export async function ask(address) {
    const answer = await fetch(address, { cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(answerWithin) }).catch(() => null);
    if (answer?.status === 401) {
        tell('out');
        const { signIn } = document.getElementById('components-reconnect-modal').dataset;
        location.assign(`${signIn}?ReturnUrl=${encodeURIComponent(location.pathname + location.search)}`);
        return null;
    }
    return answer;
}

/** For Blazor.start: it says what happened, and everything else is here. */
export const handler = {
    onConnectionDown: (_, error) => down(/timeout/i.test(error?.message ?? '')),
    onConnectionUp: live,
};

export const circuit = { onCircuitOpened: live };

// Only pages of somebody who is signed in have a circuit.
whenAppears('#connection-state', () => later(startWithin, () => { if (!wasLive) down(true); }));
addEventListener('online', tryNow);
addEventListener('pageshow', event => { if (event.persisted) tryNow(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden) tryNow(); });
