// What arrives while the circuit is down, or where no socket gets through at all: asked for over plain HTTP every 10 s, listed
// above the frozen board, with sound, and acknowledged from there. The same reader and the same scope as the circuit's.
import { arrived, arrivedBefore, wasHeard } from '../Board/AlertIsland.razor.js';
import { command } from './act.js';
import { whenAppears } from './appearing.js';
import { roughly } from './clock.js';
import { ask, isDown, lost, onConnection } from './connection.js';
import { openAgain, opensAgain } from './keep.js';
import { later } from './wake.js';

// A report that comes right after a question is on the page within 10 s of its commit.
const every = 9500;
const listed = 50;
const checkAfter = 3000;
const slack = 20000;

// By report: what is listed, the newest first.
const reports = new Map();
const listeners = new Set();

// The last number that was told, by log: they follow one another.
const numbers = new Map();

let cursor = '';
let begin = '';
let answeredAt = null;
let fails = false;
let holes = 0;
let beganAt = 0;
let cancel = null;
let time = null;

/** Calls back whenever there is something else to say of the polls. */
export function onPoll(listener) { listeners.add(listener); }

/** @returns {{answeredAt: number?, fails: boolean, position: string?}} unix ms of the last answer in this outage, and whether the last question had none */
export const polls = () => ({ answeredAt, fails, position: positionOf() });

const list = () => document.getElementById('lifeline');
const board = () => document.getElementById('complete-to');
const notice = () => document.getElementById('alert-notice');

/** Where the page stands: the board's own cursor, or that of the page it was drawn with. */
const cursorOfPage = () => (board() ?? notice())?.dataset.cursor ?? '';

onConnection(what => {
    if (what === 'down') begins();
    else if (what === 'live' || what === 'back') ends();
    if (what === 'back') later(checkAfter, check);
});

function begins() {
    begin = cursor = cursorOfPage();
    beganAt = roughly();
    numbers.clear();
    answeredAt = null;
    fails = false;
    poll();
}

function ends() {
    cancel?.();
    cancel = null;
    reports.clear();
    draw();
    changed();
}

const changed = () => { for (const listener of listeners) listener(); };

const page = async after => {
    const answer = await ask(`/api/board?after=${encodeURIComponent(after)}`);
    return answer?.ok ? answer.json().catch(() => null) : null;
};

async function poll() {
    cancel?.();
    cancel = later(every, poll);
    const from = cursor;
    const answer = await page(from);
    if (lost() === null || from !== cursor) return;
    fails = answer === null;
    if (answer) {
        answeredAt = roughly();
        take(answer);
        if (answer.more) poll();
    }
    changed();
}

function take({ cursor: next, reset, entries }) {
    // Other stations than before, or another database: nothing on this page holds any more.
    if (reset && (cursor !== '' || entries.length)) {
        openAgain();
        return;
    }
    if (!follows(entries)) {
        // A hole: everything since the page was last live is asked for once more, and where that does not mend it, the page.
        numbers.clear();
        cursor = begin;
        if (++holes > 1) openAgain();
        else later(0, poll);
        return;
    }
    holes = 0;
    cursor = next;
    const news = [];
    for (const entry of entries) {
        const known = reports.get(entry.report_id);
        // A report that left one log may have come into another in the same moment: entries of two logs have no order.
        if (entry.kind === 'left') {
            if (known?.station === entry.station) reports.delete(entry.report_id);
        } else if (known) Object.assign(known, { report: entry.report, station: entry.station });
        else if (entry.kind === 'arrived' && !isOnBoard(entry.report_id)) {
            reports.set(entry.report_id, { ...entry });
            if (!wasHeard(entry.report_id)) news.push(entry.report);
        }
    }
    draw();
    if (news.length) arrived(news.map(spoken).reverse());
}

function follows(entries) {
    for (const { station, number } of entries) {
        const before = numbers.get(station);
        if (before !== undefined && number > before + 1) return false;
        numbers.set(station, Math.max(number, before ?? 0));
    }
    return true;
}

const isOnBoard = id => document.querySelector(`#report-board > [data-report-id="${CSS.escape(id)}"]`) !== null;

const texts = () => list().dataset;
const severityOf = report => report.severity.toLowerCase();
const spoken = report => ({ id: report.id, severity: severityOf(report), word: texts()[severityOf(report)], title: report.title, place: report.barangay ?? texts().noPlace });

function positionOf() {
    const logs = [...numbers];
    return logs.length === 1 ? logs[0][1] : null;
}

// ---- The list ----

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Manila', timeStyle: 'medium' });

// Text alone: what a citizen wrote never becomes markup.
function draw() {
    const place = list();
    if (!place) return;
    const shown = [...reports.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, listed);
    shown.forEach((entry, at) => {
        const row = rowOf(entry);
        if (place.children[at] !== row) place.insertBefore(row, place.children[at] ?? null);
    });
    while (place.children.length > shown.length) place.lastElementChild.remove();
    place.hidden = shown.length === 0;
    const more = document.getElementById('lifeline-more');
    more.hidden = reports.size <= shown.length;
    more.textContent = texts().more.replace('{0}', reports.size - shown.length);
    ages();
}

// Whoever is at a row by keyboard stays there while others come: only what changed is made anew.
function rowOf(entry) {
    const { report, isSending, words } = entry;
    const key = JSON.stringify([report, isSending, words]);
    if (entry.key !== key) {
        const before = entry.row;
        entry.row = item(entry);
        entry.key = key;
        const isHere = before?.contains(document.activeElement);
        before?.replaceWith(entry.row);
        if (isHere) entry.row.querySelector(':is(button:not([hidden], [disabled]), .go a)').focus();
    }
    return entry.row;
}

function item(entry) {
    const { report, number, at } = entry;
    const row = document.getElementById('lifeline-row').firstElementChild.cloneNode(true);
    const fill = (name, words) => { row.querySelector(`[data-${name}]`).textContent = words; };
    row.classList.add(`sev-${severityOf(report)}`);
    row.dataset.reportId = report.id;
    row.querySelector('.mark').classList.add(`g-${severityOf(report)}`);
    fill('word', texts()[severityOf(report)]);
    fill('at', clock.format(new Date(at)));
    row.querySelector('[data-ago]').dataset.ago = Date.parse(at);
    fill('title', report.title);
    fill('what', [report.types?.join(', '), report.barangay ?? texts().noPlace].filter(Boolean).join(' · '));
    fill('number', texts().number.replace('{0}', number));
    for (const link of row.querySelectorAll('a')) link.href = `/reports/${report.id}`;
    const button = row.querySelector('button');
    button.hidden = report.status !== 'Received';
    button.disabled = entry.isSending === true;
    const state = row.querySelector('[data-state]');
    state.textContent = entry.words ?? (report.status === 'Acknowledged' ? texts().acknowledged.replace('{0}', report.who ?? '') : '');
    return row;
}

function ages() {
    for (const part of list()?.querySelectorAll('[data-ago]') ?? []) {
        const seconds = Math.max(0, Math.floor((roughly() - part.dataset.ago) / 1000));
        const words = seconds < 60 ? texts().seconds.replace('{0}', seconds) : texts().minutes.replace('{0}', Math.floor(seconds / 60));
        if (part.textContent !== words) part.textContent = words;
    }
}

// ---- Acknowledge without a circuit ----

document.addEventListener('click', event => {
    const id = event.target.closest('#lifeline [data-acknowledge]')?.closest('li').dataset.reportId;
    if (id && reports.has(id)) acknowledge(reports.get(id));
});

async function acknowledge(entry) {
    entry.isSending = true;
    entry.words = undefined;
    draw();
    const answer = await command(entry.report.id, 'acknowledge', entry.report.version);
    entry.isSending = false;
    if (answer.ok) entry.report = { ...entry.report, ...answer.data };
    else entry.words = answer.words || texts().failed;
    draw();
    // Somebody was faster: the next answer says how it stands now.
    if (answer.isStale) poll();
}

// ---- Whether a live page has everything ----

/** Asks whether something is missing on a page that looks live; what stays missing brings the page back in full. */
export async function check() {
    const at = cursorOfPage();
    if (isDown() || at === '') return;
    if (!isBehind(await page(at))) return;
    // What came this very moment may still be on its way through the circuit.
    later(checkAfter, async () => {
        if (!isDown() && cursorOfPage() === at && isBehind(await page(at)) && cursorOfPage() === at) openAgain();
    });
}

// Without a board the page's cursor stands where it was drawn: what it has told is heard.
const isBehind = answer => answer !== null
    && (answer.reset || answer.entries.some(entry => board() ? true : entry.kind === 'arrived' && !wasHeard(entry.report_id)));

// ---- A page that was left while something was missing on it ----

const memory = 'alertdavao.left';

// It may be opened again by itself, or by hand: what came since it was last live is new on the next one.
addEventListener('pagehide', () => {
    if (!isDown() && !opensAgain()) return;
    try {
        sessionStorage.setItem(memory, JSON.stringify({ after: (isDown() && begin) || cursorOfPage(), since: isDown() && beganAt ? beganAt : roughly() }));
    } catch {
        // Without storage the rows are there, and are not marked.
    }
});

function left() {
    try {
        const kept = JSON.parse(sessionStorage.getItem(memory));
        sessionStorage.removeItem(memory);
        return kept;
    } catch {
        return null;
    }
}

// After a crash the database may have another epoch: then the whole board is told, and the clock says what is new of it.
whenAppears('#alert-notice', async () => {
    const kept = left();
    let after = kept?.after;
    while (after) {
        const answer = await page(after);
        if (!answer) return;
        const news = answer.entries
            .filter(({ kind, at, report_id: id }) => kind === 'arrived' && Date.parse(at) > kept.since - slack && !wasHeard(id))
            .map(({ report }) => spoken(report));
        if (news.length) arrivedBefore(news);
        after = answer.more ? answer.cursor : null;
    }
});

function tick() {
    time?.();
    time = later(1000, tick);
    if (!document.hidden && reports.size) ages();
}

tick();
