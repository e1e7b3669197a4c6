// Runs outside the circuit: while it is down, nobody on the server can say so.
const changed = 'components-reconnect-state-changed';
const signal = () => document.getElementById('components-reconnect-modal');
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Manila', timeStyle: 'medium' });
const fill = (words, value) => words.replace('{0}', value);

let lostAt = null;
let probedAttempt = 0;

// The event does not bubble, but it passes here first; the element itself may be exchanged by an in-app navigation.
document.addEventListener(changed, event => {
    const { state, currentAttempt, secondsToNextAttempt } = event.detail;
    switch (state) {
        case 'show':
        case 'retrying':
            lost(currentAttempt ?? 1, secondsToNextAttempt ?? 0);
            break;
        case 'failed':
            lost(probedAttempt || 1, 0);
            break;
        case 'hide':
            live();
            break;
        case 'rejected':
        case 'resume-failed':
            // The server no longer knows this circuit: the same address gives a fresh one.
            say('[data-retry-words]', signal().dataset.anew);
            location.reload();
            break;
    }
}, true);

document.addEventListener('click', event => {
    if (event.target.closest('[data-try-now]')) tryNow();
});
addEventListener('online', () => { if (lostAt) tryNow(); });

function lost(attempt, seconds) {
    const words = signal().dataset;
    lostAt ??= new Date();
    say('[data-lost-words]', fill(words.lost, clock.format(lostAt)));
    say('[data-retry-words]', seconds > 0 ? fill(words.waiting, seconds) : words.trying);
    connection('reconnecting', fill(words.reconnecting, attempt));
    if (attempt !== probedAttempt) {
        probedAttempt = attempt;
        probeSession();
    }
}

function live() {
    lostAt = null;
    probedAttempt = 0;
    connection('live', signal().dataset.live);
}

async function tryNow() {
    say('[data-retry-words]', signal().dataset.trying);
    try {
        if (!await Blazor.reconnect() && !await Blazor.resumeCircuit()) location.reload();
    } catch {
        // Still unreachable: the running retries go on by themselves.
    }
}

// A refused negotiation looks to the framework like a lost network, and it would retry for ever.
async function probeSession() {
    const { session, signIn, signedOut } = signal().dataset;
    const answer = await fetch(session, { cache: 'no-store', redirect: 'manual' }).catch(() => null);
    if (answer?.status !== 401) return;
    say('[data-retry-words]', signedOut);
    location.assign(`${signIn}?ReturnUrl=${encodeURIComponent(location.pathname + location.search)}`);
}

// An unchanged text is not written again: a screen reader would say it every second.
function say(selector, words) {
    const place = document.querySelector(selector);
    if (place.textContent !== words) place.textContent = words;
}

function connection(state, words) {
    const cell = document.getElementById('connection-state');
    if (!cell) return;
    cell.dataset.state = state;
    const text = cell.querySelector('[data-words]').firstChild;
    // The node stays the renderer's own; only its text changes.
    if (text && text.data !== words) text.data = words;
}
