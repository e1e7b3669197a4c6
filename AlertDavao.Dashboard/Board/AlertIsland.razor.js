// What arrived and was not seen yet; sound, count, title and the one line for screen readers. Runs on every signed-in page,
// on the board too, and keeps what it knows over a reload of the tab.
import { whenAppears } from '../appearing.js';

// Colleagues share machines, and a tab outlives a session: what is unseen belongs to one officer.
const memory = `alertdavao.unseen.${document.getElementById('alert-notice')?.dataset.officer ?? ''}`;
const wish = 'alertdavao.sound';
const remembered = 2000;
const ranks = ['low', 'medium', 'high', 'critical'];

const store = read();
const unseen = new Map(store.unseen);
const heard = new Set(store.heard);
const listeners = new Set();
let writing = 0;

export const isUnseen = id => unseen.has(id);
export const wasHeard = id => heard.has(id);

/** Calls back whenever something was seen. */
export function onSeen(listener) { listeners.add(listener); }

/** @param {{id: string, severity: string, word: string, title: string, place: string}[]} reports newest first */
export function arrived(reports, count = reports.length) {
    const fresh = reports.filter(report => !heard.has(report.id));
    if (!fresh.length) return;
    for (const { id, severity } of fresh) {
        heard.add(id);
        unseen.set(id, severity);
    }
    const foremost = fresh.reduce((a, b) => (ranks.indexOf(b.severity) > ranks.indexOf(a.severity) ? b : a));
    announce(foremost, Math.max(fresh.length, count));
    ring(foremost.severity);
    changed();
}

/** An officer has had it in view, in this tab, and was there. */
export function seen(ids) {
    let any = false;
    for (const id of ids) any = unseen.delete(id) || any;
    if (!any) return;
    changed();
    for (const listener of listeners) listener();
}

/** What is no longer on the board cannot be seen any more, and is not counted for ever. */
export function keep(onBoard) {
    seen([...unseen.keys()].filter(id => !onBoard.has(id)));
}

function changed() {
    showCount();
    // After the paint: what is written grows with the day.
    clearTimeout(writing);
    writing = setTimeout(write);
}

function write() {
    try {
        sessionStorage.setItem(memory, JSON.stringify({ unseen: [...unseen].slice(-remembered), heard: [...heard].slice(-remembered) }));
    } catch {
        // Without storage the marks last until the next page.
    }
}

function read() {
    try {
        return { unseen: [], heard: [], ...JSON.parse(sessionStorage.getItem(memory)) };
    } catch {
        return { unseen: [], heard: [] };
    }
}

// ---- Count and title ----

let plainTitle = document.title;

function showCount() {
    const cell = document.getElementById('unseen-count');
    if (cell) {
        cell.hidden = unseen.size === 0;
        cell.firstElementChild.textContent = unseen.size;
    }
    const bar = document.getElementById('bar-new');
    if (bar) {
        bar.hidden = unseen.size === 0;
        bar.textContent = bar.dataset.words.replace('{0}', unseen.size);
    }
    const title = unseen.size ? `(${unseen.size}) ${plainTitle}` : plainTitle;
    if (document.title !== title) document.title = title;
    if (unseen.size === 0) hideNotice();
}

whenAppears('#unseen-count', showCount);
whenAppears('#bar-new', showCount);

// An in-app navigation writes the next page's own title.
new MutationObserver(() => {
    if (/^\(\d+\) /.test(document.title)) return;
    plainTitle = document.title;
    showCount();
}).observe(document.head, { childList: true, subtree: true, characterData: true });

// ---- The notice on pages without a board ----

whenAppears('#alert-notice', notice => {
    hear(notice);
    new MutationObserver(() => hear(notice)).observe(notice, { attributeFilter: ['data-burst'] });
});

function hear(notice) {
    const { burst, count, severity, word, title, place } = notice.dataset;
    const ids = burst.split(' ').filter(id => id && !heard.has(id));
    if (!ids.length || document.getElementById('report-board')) return;
    // The burst's foremost report stands first; the others count with it.
    arrived(ids.map(id => ({ id, severity, word, title, place })), Number(count));
    notice.hidden = false;
}

function hideNotice() {
    const notice = document.getElementById('alert-notice');
    if (notice) notice.hidden = true;
}

// Where the list is, it says so itself.
whenAppears('#report-board', hideNotice);

document.addEventListener('click', event => {
    if (event.target.closest('[data-dismiss]')) hideNotice();
});

// ---- One polite line ----

function announce({ word, title, place }, count) {
    const line = document.getElementById('announcement');
    if (!line) return;
    const pattern = count > 1 ? line.dataset.many : line.dataset.one;
    const values = count > 1 ? [count, word, title] : [word, title, place];
    line.textContent = pattern.replace(/\{(\d)\}/g, (_, at) => values[at]);
}

// ---- Sound: one gesture arms it; until then the page says loudly that it is off ----

const tones = {
    critical: [[880, 0, .16], [660, .2, .16], [880, .4, .16], [660, .6, .24]],
    high: [[740, 0, .16], [740, .26, .24]],
    medium: [[587, 0, .22]],
    low: [[440, 0, .18]],
};

let audio = null;

function ring(severity) {
    if (audio?.state !== 'running') return;
    for (const [pitch, from, length] of tones[severity] ?? tones.low) beep(pitch, audio.currentTime + from, length);
}

function beep(pitch, start, length) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(.35, start + .01);
    volume.gain.setValueAtTime(.35, start + length - .04);
    volume.gain.linearRampToValueAtTime(0, start + length);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + length);
}

function showSound() {
    const button = document.getElementById('sound-state');
    if (button) button.dataset.state = audio?.state === 'running' ? 'armed' : 'off';
}

async function arm() {
    audio ??= Object.assign(new AudioContext(), { onstatechange: showSound });
    await audio.resume();
    showSound();
}

const wasArmed = () => {
    try {
        return localStorage.getItem(wish) === 'armed';
    } catch {
        return false;
    }
};

document.addEventListener('click', async event => {
    if (!event.target.closest('#sound-state') || audio?.state === 'running') return;
    await arm();
    ring('low');
    try {
        localStorage.setItem(wish, 'armed');
    } catch {
        // It is armed for this page.
    }
});

// Who armed it before need not find the button again: browsers ask for a gesture a page, any gesture is one.
if (wasArmed()) {
    const again = () => { if (audio?.state !== 'running') arm(); };
    document.addEventListener('pointerdown', again, { once: true });
    document.addEventListener('keydown', again, { once: true });
}

whenAppears('#sound-state', showSound);
