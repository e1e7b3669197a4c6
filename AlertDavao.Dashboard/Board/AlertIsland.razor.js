// What arrived and was not seen yet; sound, count, title and the one line for screen readers. Runs on every signed-in page,
// on the board too. What a tab has told it keeps over a reload; what is unseen, and what has sounded, all tabs share.
import { whenAppears } from '../appearing.js';
import { desktop, markRung, ringFor } from '../sound.js';

// Colleagues share machines, and a tab outlives a session: what is unseen belongs to one officer.
const memory = `alertdavao.unseen.${document.getElementById('alert-notice')?.dataset.officer ?? ''}`;
const tabs = new BroadcastChannel(memory);
const remembered = 2000;
const ranks = ['low', 'medium', 'high', 'critical'];

const unseen = new Map(read(localStorage, []));
const heard = new Set(read(sessionStorage, []));
markRung(heard);
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
    desktop(foremost, Math.max(fresh.length, count));
    const told = fresh.map(({ id, severity }) => ({ id, severity }));
    ringFor(told);
    tabs.postMessage({ arrived: told });
    changed();
}

// Another tab was told, and this one may be the one that sounds; or it was seen there.
tabs.onmessage = ({ data }) => {
    for (const { id, severity } of data.arrived ?? []) if (!heard.has(id)) unseen.set(id, severity);
    ringFor(data.arrived ?? []);
    for (const id of data.seen ?? []) unseen.delete(id);
    changed();
    if (data.seen) for (const listener of listeners) listener();
};

/** The same for reports that this page did not draw as arrivals: their rows, where there are any, are marked now. */
export function arrivedBefore(reports) {
    arrived(reports);
    for (const listener of listeners) listener();
}

/** An officer has had it in view, in this tab, and was there. */
export function seen(ids) {
    let any = false;
    for (const id of ids) any = unseen.delete(id) || any;
    if (!any) return;
    tabs.postMessage({ seen: ids });
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
    keepIn(localStorage, [...unseen]);
    keepIn(sessionStorage, [...heard]);
}

addEventListener('pagehide', write);

function keepIn(storage, all) {
    try {
        storage.setItem(memory, JSON.stringify(all.slice(-remembered)));
    } catch {
        // Without storage the marks last until the next page.
    }
}

function read(storage, nothing) {
    try {
        const kept = JSON.parse(storage.getItem(memory));
        return Array.isArray(kept) ? kept : nothing;
    } catch {
        return nothing;
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
    showIcon(unseen.size);
    if (unseen.size === 0) hideNotice();
}

const plainIcon = document.querySelector('link[rel=icon]')?.getAttribute('href');
let iconOf = 0;

// The count on the icon, for whom a row of tabs shows no titles.
function showIcon(count) {
    const icon = document.querySelector('link[rel=icon]');
    if (!icon || iconOf === count) return;
    iconOf = count;
    const words = count > 99 ? '99+' : String(count);
    const badge = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#C21D2C"/><text x="16" y="23" font-family="Arial,sans-serif" font-size="${words.length > 2 ? 14 : 20}" font-weight="700" text-anchor="middle" fill="#FFF">${words}</text></svg>`;
    icon.href = count ? `data:image/svg+xml,${encodeURIComponent(badge)}` : plainIcon;
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
