// Working the list: the buttons on its rows, and the keys. The row under j and k is the one that has the focus, so that a
// screen reader is where the eye is.
import { perform, say } from './act.js';
import { whenAppears } from './appearing.js';
import { toggleMap } from '../Map/BoardMap.razor.js';
import { onRows } from '../Board/ReportBoard.razor.js';
import { openWork } from '../Reports/WorkBar.razor.js';

const list = () => document.getElementById('report-board');
const detail = () => document.querySelector('.main > .detail');
const texts = () => document.getElementById('said').dataset;
const me = () => document.getElementById('alert-notice')?.dataset.officer;
const rowOf = id => list()?.querySelector(`:scope > [data-report-id="${CSS.escape(id)}"]`);

/** The report that is open beside the list; null for none. */
const openReport = () => detail()?.querySelector('[data-work-of]')?.dataset.workOf ?? null;

// ---- Buttons ----

const sending = new Set();

document.addEventListener('click', event => {
    const button = event.target.closest('#report-board [data-act]');
    if (button) act(button.closest('li'), button.dataset.act);
});

/** @param {string} what acknowledge, claim or take-over */
async function act(row, what) {
    const { reportId: id, version } = row.dataset;
    // Once for what is in view: a row that was drawn anew before its answer came takes the next act.
    const once = `${id} ${version}`;
    if (sending.has(once)) return;
    sending.add(once);
    const button = row.querySelector(`[data-act="${what}"]`);
    busy(button, true);
    const answer = await perform(id, what, version);
    sending.delete(once);
    // What was done is drawn by the board itself.
    if (!answer.ok) {
        busy(button, false);
        say(answer.words);
    }
}

function busy(button, isBusy) {
    if (!button) return;
    button.disabled = isBusy;
    if (isBusy) {
        button.dataset.words = button.textContent;
        button.textContent = texts().sending;
    } else if (button.dataset.words) button.textContent = button.dataset.words;
}

// ---- Which row the keys mean ----

let current = null;

function mark(row) {
    const isCurrent = row.dataset.reportId === current;
    row.classList.toggle('cursor', isCurrent);
    if (isCurrent) row.setAttribute('aria-current', 'true');
    else row.removeAttribute('aria-current');
}

function choose(row) {
    if (!row) return;
    const before = current && rowOf(current);
    current = row.dataset.reportId;
    if (before) mark(before);
    mark(row);
    row.querySelector('a.title')?.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
}

function move(step) {
    const from = current && rowOf(current);
    if (from) choose(step > 0 ? from.nextElementSibling : from.previousElementSibling);
    else choose(list()?.firstElementChild);
}

document.addEventListener('focusin', event => {
    const row = event.target.closest('#report-board > li');
    if (!row || row.dataset.reportId === current) return;
    const before = current && rowOf(current);
    current = row.dataset.reportId;
    if (before) mark(before);
    mark(row);
});

// A row that changed is made anew: who was on it stays on it, and its own words are written again.
let wasOn = null;
document.addEventListener('focusout', event => {
    wasOn = event.target.closest?.('#report-board > li')?.dataset.reportId ?? null;
});

onRows(rows => {
    for (const row of rows) {
        if (row.dataset.reportId === current) {
            mark(row);
            if (wasOn === current && (document.activeElement === document.body || document.activeElement === null))
                row.querySelector('a.title')?.focus({ preventScroll: true });
        }
        const holder = row.querySelector('[data-holder]');
        if (holder && holder.dataset.holder === me()) holder.textContent = texts().mine;
    }
});

// ---- Who looks at which report: comes with the board's draws ----

let viewing = new Map();

function showViewing(row) {
    const count = viewing.get(row.dataset.reportId) ?? 0;
    let part = row.querySelector('.seen-by');
    if (!count) return part?.remove();
    if (!part) {
        part = document.createElement('span');
        part.className = 'seen-by t2';
        part.append(Object.assign(document.createElement('i'), { className: 'g g-eye' }), document.createElement('span'), Object.assign(document.createElement('span'), { className: 'vh' }));
        row.querySelector('.state .l1')?.append(part);
    }
    part.children[1].textContent = count;
    part.children[2].textContent = texts().viewingWords.replace('{0}', '').trimStart();
    part.title = texts().viewingWords.replace('{0}', count);
}

function showViewers() {
    const words = document.querySelector('.detail [data-viewers]');
    if (!words) return;
    const count = viewing.get(openReport()) ?? 1;
    words.textContent = count > 1 ? texts().viewingWords.replace('{0}', count) : texts().viewingAlone;
}

function lookAround(board) {
    viewing = new Map((board.dataset.viewing ?? '').split(' ').filter(Boolean).map(one => one.split(':')).map(([id, count]) => [id, Number(count)]));
    for (const row of list()?.children ?? []) showViewing(row);
    showViewers();
}

whenAppears('.board', board => {
    lookAround(board);
    new MutationObserver(() => lookAround(board)).observe(board, { attributeFilter: ['data-viewing'] });
});
onRows(rows => { if (viewing.size) rows.forEach(showViewing); });
Blazor.addEventListener('enhancedload', showViewers);

// ---- Keys ----

const memory = 'alertdavao.keys';

const areOff = () => {
    try {
        return localStorage.getItem(memory) === 'off';
    } catch {
        return false;
    }
};

const help = () => document.getElementById('keys-help');

function showHelp() {
    const dialog = help();
    if (!dialog || dialog.open) return;
    dialog.querySelector('[data-keys-on]').checked = !areOff();
    dialog.showModal();
}

document.addEventListener('change', event => {
    if (!event.target.matches('[data-keys-on]')) return;
    try {
        localStorage.setItem(memory, event.target.checked ? 'on' : 'off');
    } catch {
        // For this page alone it cannot be kept.
    }
});

document.addEventListener('click', event => {
    if (event.target === help() || event.target.closest('#keys-help [data-close]')) help().close();
});

// A wall is looked at: nothing on it acts.
const isWall = () => document.querySelector('.leave-wall') !== null;
const isTyping = target => target.closest?.('input, textarea, select, [contenteditable]') !== null;

function press(button) {
    if (button && !button.disabled) button.click();
}

// The open report is meant, else the row.
function pressFor(onReport, onRow) {
    if (openReport()) return press(detail().querySelector(onReport));
    const row = current && rowOf(current);
    if (row) press(row.querySelector(onRow));
    else say(texts().choose);
}

const acknowledge = () => pressFor('[data-do="acknowledge"]', '[data-act="acknowledge"]');
const claim = () => pressFor('[data-do="claim"], [data-do="take-over"]', '[data-act="claim"], [data-act="take-over"]');

const words = () => document.querySelector('#report-filters input[type=search]');
let isSearching = false;

function search() {
    isSearching = words() === null;
    if (isSearching) Blazor.navigateTo('/reports');
    else words().focus();
}

Blazor.addEventListener('enhancedload', () => {
    if (!isSearching || !words()) return;
    isSearching = false;
    words().focus();
});

const keys = {
    j: () => move(1),
    k: () => move(-1),
    a: acknowledge,
    c: claim,
    s: () => openWork('status'),
    n: () => openWork('note'),
    v: () => openWork('severity'),
    m: toggleMap,
    w: () => Blazor.navigateTo(isWall() ? '/' : '/?wall'),
    '/': search,
    '?': showHelp,
};

document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector('dialog[open]') || (!list() && event.key !== '/')) return;
    // The help is how the keys are turned on again.
    if (areOff() && event.key !== '?') return;
    if (isWall() && event.key !== 'w') return;
    const known = keys[event.key];
    if (known) {
        event.preventDefault();
        known();
    } else if (event.key === 'Enter' && event.target === document.body && current) rowOf(current)?.querySelector('a.title')?.click();
    else if (event.key === 'Escape' && detail()) detail().querySelector('.dline a.btn.icon')?.click();
});
