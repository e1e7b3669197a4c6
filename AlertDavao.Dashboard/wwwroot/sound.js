// What is heard: an arrival once, what nobody acknowledges again and again, an escalation in a voice of its own. One gesture
// arms it; until then the page says loudly that it is off. One armed tab of the browser sounds for all.
import { whenAppears } from './appearing.js';
import { later } from './wake.js';

const notice = () => document.getElementById('alert-notice');
const memory = `alertdavao.sound.${notice()?.dataset.officer ?? ''}`;
const wishes = { armed: 'alertdavao.sound', volume: 'alertdavao.volume', desktop: 'alertdavao.desktop' };
const remembered = 2000;
const ranks = ['low', 'medium', 'high', 'critical'];
const loudest = .5;

const tones = {
    critical: [[880, 0, .16], [660, .2, .16], [880, .4, .16], [660, .6, .24]],
    high: [[740, 0, .16], [740, .26, .24]],
    medium: [[587, 0, .22]],
    low: [[440, 0, .18]],
    // Once more for the station; for its admins; for the city desk: rising, so that nobody takes one for another.
    station: [[523, 0, .12], [659, .14, .12], [784, .28, .2]],
    admins: [[523, 0, .12], [659, .14, .12], [784, .28, .12], [1047, .42, .3]],
    // A report that was given to this officer alone.
    assigned: [[659, 0, .1], [659, .14, .1], [988, .28, .1], [988, .42, .3]],
    desk: [[1047, 0, .12], [784, .14, .12], [1047, .28, .12], [784, .42, .12], [1047, .56, .36]],
};

function stored(key) {
    try {
        return localStorage.getItem(key);
    } catch {
        return null;
    }
}

function store(key, value) {
    try {
        localStorage.setItem(key, value);
    } catch {
        // It holds for this page.
    }
}

const wish = name => stored(wishes[name]);
const keep = (name, value) => store(wishes[name], value);

// ---- Who sounds ----

let audio = null;
let isElected = false;
let stepDown = null;

function stand() {
    if (stepDown) return;
    // Without a secure origin there is no election: every armed tab sounds.
    if (!navigator.locks) {
        isElected = true;
        return;
    }
    const held = new Promise(done => { stepDown = done; });
    navigator.locks.request(memory, () => {
        isElected = true;
        return held;
    });
}

function withdraw() {
    isElected = false;
    stepDown?.();
    stepDown = null;
}

// ---- An arrival ----

// What some tab of this browser has sounded.
const rung = new Set();

/** These were heard before this page was opened. */
export function markRung(ids) { for (const id of ids) rung.add(id); }

/** @param {{id: string, severity: string}[]} reports */
export function ringFor(reports) {
    const fresh = reports.filter(({ id }) => !rung.has(id));
    markRung(fresh.map(({ id }) => id));
    for (const id of rung) {
        if (rung.size <= remembered) break;
        rung.delete(id);
    }
    if (isElected && fresh.length) ring(ranks[Math.max(...fresh.map(({ severity }) => ranks.indexOf(severity)))]);
}

let rungAt = 0;

function ring(tone) {
    if (audio?.state !== 'running') return;
    rungAt = performance.now();
    for (const [pitch, from, length] of tones[tone] ?? tones.low) beep(pitch, audio.currentTime + from, length);
}

function beep(pitch, start, length) {
    const level = loudest * volume() / 100;
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(level, start + .01);
    gain.gain.setValueAtTime(level, start + length - .04);
    gain.gain.linearRampToValueAtTime(0, start + length);
    tone.connect(gain).connect(audio.destination);
    tone.start(start);
    tone.stop(start + length);
}

const volume = () => Math.min(100, Math.max(10, Number(wish('volume') ?? 70) || 70));

// ---- Until it is acknowledged ----

const levels = ['', 'station', 'admins', 'desk'];
const told = new Map();
let hasLooked = false;

/** What waits for whom this page is: on a board its rows, elsewhere what the notice carries. */
function waiting() {
    const { role, waits, escalated } = notice()?.dataset ?? {};
    const board = document.getElementById('report-board');
    if (!board) return waits ? [{ id: 'elsewhere', severity: waits, level: Number(escalated) }] : [];
    return [...board.querySelectorAll(':scope > .unack')]
        .map(row => ({ id: row.dataset.reportId, severity: ranks.findLast(rank => row.classList.contains(`sev-${rank}`)), level: Number(row.dataset.escalated ?? 0), station: row.dataset.station }))
        // The desk is not every station's officer: it hears what no station owns, and what a station did not take.
        .filter(one => role !== 'desk' || one.station === 'CITY' || one.level === 3);
}

// The highest level of those that concern this viewer.
function voice(level) {
    const role = notice()?.dataset.role;
    const most = role === 'desk' ? 3 : role === 'admin' ? 2 : 1;
    return levels[Math.min(level, most)];
}

function listen() {
    const all = waiting();
    const rises = all.filter(one => one.level > (told.get(one.id) ?? (hasLooked ? 0 : one.level)));
    for (const one of all) told.set(one.id, Math.max(one.level, told.get(one.id) ?? 0));
    for (const id of told.keys()) if (!all.some(one => one.id === id)) told.delete(id);
    hasLooked = true;
    const risen = rises.reduce((most, one) => Math.max(most, concerns(one.level)), 0);
    const foremost = all.reduce((most, one) => (most === null || ranks.indexOf(one.severity) > ranks.indexOf(most.severity) ? one : most), null);
    showSounding(foremost !== null && repeats(foremost.severity) > 0 && audio?.state === 'running');
    if (!isElected) return;
    if (risen) ring(voice(risen));
    else if (foremost && repeats(foremost.severity) && performance.now() - rungAt >= repeats(foremost.severity))
        ring(foremost.severity);
}

// A level that is told to others above is no news to those below.
function concerns(level) {
    const role = notice()?.dataset.role;
    if (level === 2 && role === 'officer') return 0;
    if (level === 3 && role !== 'desk') return 0;
    return level;
}

/** Milliseconds between two soundings of that severity; 0 for once. */
function repeats(severity) {
    const seconds = (notice()?.dataset.repeat ?? '').split(',').map(Number);
    return (seconds[ranks.indexOf(severity)] || 0) * 1000;
}

function showSounding(isSounding) {
    const button = document.getElementById('sound-state');
    if (button && button.hasAttribute('data-sounding') !== isSounding) button.toggleAttribute('data-sounding', isSounding);
}

function tick() {
    listen();
    if (performance.now() - heardAt >= askedAgainAfter) sayHeard();
    later(1000, tick);
}

// ---- Whether this browser would be heard: for a station of which no screen would be ----

const askedAgainAfter = 15000;
const heardMemory = 'alertdavao.heard';
let heardAs = null;
// Said in the first seconds, not with the first breath: ten thousand pages may open at once.
let heardAt = performance.now() - askedAgainAfter * Math.random();

/** Any armed tab of the browser sounds for all of it. */
async function isHeard() {
    if (audio?.state === 'running') return true;
    const { held = [] } = await navigator.locks?.query?.() ?? {};
    return held.some(lock => lock.name === memory);
}

async function sayHeard() {
    // A session that is about to end, or whose screen is locked, has nothing new to say.
    if (document.getElementById('connection-state')?.dataset.state !== 'live' || document.getElementById('session-state')?.dataset.state !== 'open') return;
    heardAt = performance.now();
    const state = await isHeard() ? 'armed' : 'off';
    if (state === heardAs) return;
    const isNews = state === 'armed' || stored(heardMemory) === 'armed';
    heardAs = state;
    // A browser that never sounded is taken for one that does not.
    if (!isNews) return;
    store(heardMemory, state);
    const answer = await fetch(`/api/screen/sound/${state}`, { method: 'POST', keepalive: true }).catch(() => null);
    // It is said again with the next look.
    if (!answer?.ok) heardAs = null;
}

// ---- A report that was given to this officer ----

const assignedMemory = 'alertdavao.assigned';
let toldOfAssignment = 0;

// Numbered upwards: what was heard once, on whichever page of this browser, is not heard again.
whenAppears('#notices [data-kind=Assigned]', ({ dataset: { notice: id } }) => {
    const heard = Number(stored(assignedMemory) ?? 0);
    if (Number(id) <= Math.max(heard, toldOfAssignment)) return;
    toldOfAssignment = Number(id);
    if (!isElected) return;
    store(assignedMemory, id);
    ring('assigned');
});

// ---- Arming ----

function showSound() {
    if (audio?.state === 'running') stand();
    else withdraw();
    const button = document.getElementById('sound-state');
    if (button) button.dataset.state = audio?.state === 'running' ? 'armed' : 'off';
    if (heardAs !== null || audio?.state === 'running') sayHeard();
}

async function arm() {
    audio ??= Object.assign(new AudioContext(), { onstatechange: showSound });
    await audio.resume();
    showSound();
}

document.addEventListener('click', async event => {
    if (!event.target.closest('#sound-state') || audio?.state === 'running') return;
    await arm();
    ring('low');
    keep('armed', 'armed');
});

// Who armed it before need not find the button again: browsers ask for a gesture a page, any gesture is one.
if (wish('armed') === 'armed') {
    const again = () => { if (audio?.state !== 'running') arm(); };
    document.addEventListener('pointerdown', again, { once: true });
    document.addEventListener('keydown', again, { once: true });
}

whenAppears('#sound-state', showSound);

// ---- A notice of the desktop, for a tab that is not looked at ----

/** One line of the system's own, where the officer asked for it; of several tabs the one that sounds says it. */
export function desktop({ word, title, place }, count) {
    if (!document.hidden || wish('desktop') !== 'on' || window.Notification?.permission !== 'granted' || (audio?.state === 'running' && !isElected)) return;
    const line = document.getElementById('announcement')?.dataset;
    const told = new Notification(count > 1 && line ? line.many.replace('{0}', count).replace('{1}', word).replace('{2}', title) : `${word}: ${title}`, { body: place, tag: memory });
    told.onclick = () => { window.focus(); told.close(); };
}

// ---- The card of the account page ----

whenAppears('[data-sound-card]', card => {
    const range = card.querySelector('[type=range]');
    const box = card.querySelector('[data-desktop]');
    const refused = card.querySelector('[data-refused]');
    range.value = volume();
    box.checked = wish('desktop') === 'on' && window.Notification?.permission === 'granted';
    range.addEventListener('change', async () => {
        keep('volume', range.value);
        await arm();
        ring('medium');
    });
    card.addEventListener('click', async event => {
        const button = event.target.closest('[data-test]');
        if (!button) return;
        await arm();
        ring(button.dataset.test);
    });
    box.addEventListener('change', async () => {
        const isAllowed = box.checked && window.Notification && await Notification.requestPermission() === 'granted';
        refused.hidden = !box.checked || isAllowed;
        box.checked = isAllowed;
        keep('desktop', isAllowed ? 'on' : 'off');
    });
});

tick();
