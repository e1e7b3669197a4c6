// What the page says of its connection. What is true of it is connection.js'; what came meanwhile is lifeline.js'.
import { whenAppears } from '../appearing.js';
import { roughly } from '../clock.js';
import { lost, onConnection, tryNow } from '../connection.js';
import { onPoll, polls } from '../lifeline.js';
import { later } from '../wake.js';

const backFor = 6000;
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Manila', timeStyle: 'medium' });
const words = () => document.getElementById('components-reconnect-modal').dataset;
const fill = (pattern, ...values) => pattern.replace(/\{(\d)\}/g, (_, at) => values[at]);
const at = ms => clock.format(new Date(ms));

let since = 0;
let complete = null;
let hide = null;

onConnection(what => {
    if (what === 'down') since = roughly() - (Date.now() - lost().since);
    if (what === 'anew') say('[data-retry-words]', words().anew);
    else if (what === 'out') say('[data-retry-words]', words().signedOut);
    else if (what === 'back') back();
    // Live for the first time, or after a moment that nobody was told of: the page's own circuit draws that.
    else if (what !== 'live') show();
});

onPoll(show);

// Seconds are counted down where somebody may be reading them.
(function count() {
    later(1000, () => {
        if (lost() && !document.hidden) show();
        count();
    });
})();

document.addEventListener('click', event => {
    if (event.target.closest('[data-try-now]')) tryNow();
});

// An in-app navigation, and the island's first draw, bring a page that knows nothing of it.
Blazor.addEventListener('enhancedload', show);
whenAppears('#connection-state', show);

function show() {
    const down = lost();
    if (!down) return;
    const { answeredAt, fails, position } = polls();
    hide?.();
    section().hidden = false;
    document.documentElement.dataset.connection = 'lost';
    const seconds = Math.ceil((down.dueAt - Date.now()) / 1000);
    say('[data-lost-words]', fails ? fill(words().staleSince, at(answeredAt ?? since)) : fill(words().lost, at(since)));
    say('[data-retry-words]', seconds > 0 ? fill(words().waiting, seconds) : words().trying);
    say('[data-poll-words]', fails ? words().staleThen : answeredAt ? fill(isArmed() ? words().polled : words().polledSilently, at(answeredAt)) : '');
    freeze(position, answeredAt);
    if (fails) connection('stale', fill(words().stale, at(answeredAt ?? since)));
    else if (answeredAt) connection('polling', fill(words().polling, down.attempt));
    else connection('reconnecting', fill(words().reconnecting, down.attempt || 1));
}

function back() {
    melt();
    connection('live', words().live);
    delete document.documentElement.dataset.connection;
    // The board draws what it missed in this moment: it says itself up to where that is.
    hide = later(backFor, () => { section().hidden = true; });
    say('[data-lost-words]', words().back);
    say('[data-retry-words]', '');
    say('[data-poll-words]', '');
    section().hidden = false;
    section().dataset.state = 'back';
}

const isArmed = () => document.getElementById('sound-state')?.dataset.state === 'armed';
const section = () => document.getElementById('lost');

// ---- The frozen board ----

function freeze(position, answeredAt) {
    section().dataset.state = 'lost';
    const place = document.getElementById('complete-to');
    section().querySelector('[data-frozen-bar]').hidden = place === null;
    if (!place) return;
    complete ??= [...place.querySelectorAll('span')].map(part => ({ part, text: part.firstChild.data, written: part.firstChild.data }));
    say('[data-frozen-bar] b', fill(words().frozen, at(since), complete[0].text));
    if (!answeredAt) return;
    const polled = [position ? fill(words().polledTo, position.toLocaleString('en-US'), at(answeredAt)) : fill(words().polledAll, at(answeredAt)), at(answeredAt)];
    complete.forEach((cell, which) => write(cell.part, cell.written = polled[which]));
}

// Where the board has drawn meanwhile, its own words stand there.
function melt() {
    for (const { part, text, written } of complete ?? []) if (part.firstChild?.data === written) write(part, text);
    complete = null;
    section().querySelector('[data-frozen-bar]').hidden = true;
}

// An unchanged text is not written again: a screen reader would say it every second.
function say(selector, text) {
    const place = section().querySelector(selector);
    if (place.textContent !== text) place.textContent = text;
}

function connection(state, text) {
    const cell = document.getElementById('connection-state');
    if (!cell) return;
    cell.dataset.state = state;
    write(cell.querySelector('[data-words]'), text);
}

// The node stays the renderer's own; only its text changes.
function write(element, text) {
    if (element?.firstChild && element.firstChild.data !== text) element.firstChild.data = text;
}
