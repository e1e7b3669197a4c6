import { whenAppears } from './appearing.js';

// A page that has to be opened again comes back as it was left: the place of the reader and what was being written. The address
// holds the rest (page, filters, open report). What a person wrote stays in this tab alone, and only until the page is there.
const memory = 'alertdavao.kept';
const longest = 20000;
const scrolling = ['#report-board', '.page', '.main'];
const written = 'textarea[name], select[name], input[name]:not([type=hidden], [type=password], [type=file])';

const forms = () => [...document.querySelectorAll('.main form:not([data-work])')];

let isOpening = false;

/** Whether the page is going because it is opened again. */
export const opensAgain = () => isOpening;

/** Opens this very page again. */
export function openAgain() {
    isOpening = true;
    try {
        sessionStorage.setItem(memory, JSON.stringify({ at: location.pathname + location.search, places: places(), drafts: drafts() }));
    } catch {
        // Without storage it comes back at its top.
    }
    location.reload();
}

function places() {
    const kept = {};
    for (const selector of scrolling) {
        const element = document.querySelector(selector);
        if (element?.scrollTop > 0) kept[selector] = element.scrollTop;
    }
    const board = document.querySelector('#report-board');
    const row = kept['#report-board'] ? [...board.children].find(one => one.offsetTop + one.offsetHeight > board.scrollTop) : null;
    // Rows come in above while the page is opened: the row is the place.
    if (row) kept.row = { id: row.dataset.reportId, from: row.offsetTop - board.scrollTop };
    return kept;
}

function drafts() {
    return forms().map(form => [...form.querySelectorAll(written)].filter(isChanged).map(field => ({
        name: field.name, option: field.matches('[type=checkbox], [type=radio]') ? field.value : null, value: valueOf(field),
    })));
}

const isChoice = field => field.matches('[type=checkbox], [type=radio]');
const valueOf = field => (isChoice(field) ? field.checked : field.value.slice(0, longest));

function isChanged(field) {
    if (isChoice(field)) return field.checked !== field.defaultChecked;
    if (field.matches('select')) return [...field.options].some(option => option.selected !== option.defaultSelected);
    return field.value !== field.defaultValue;
}

function take() {
    try {
        const kept = JSON.parse(sessionStorage.getItem(memory));
        sessionStorage.removeItem(memory);
        return kept?.at === location.pathname + location.search ? kept : null;
    } catch {
        return null;
    }
}

// ---- Bringing it back ----

let kept = take();

function fillIn(all) {
    for (const [index, form] of forms().entries()) {
        for (const { name, option, value } of all[index] ?? []) {
            const field = [...form.querySelectorAll(written)].find(one => one.name === name && (option === null || one.value === option));
            if (!field) continue;
            if (isChoice(field)) field.checked = value;
            else field.value = value;
            for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
        }
    }
}

function scrollBack(selector, element) {
    const { [selector]: top, row } = kept?.places ?? {};
    if (!top) return;
    const reader = row && element.querySelector(`:scope > [data-report-id="${CSS.escape(row.id)}"]`);
    element.scrollTop = reader ? reader.offsetTop - row.from : top;
}

if (kept) {
    fillIn(kept.drafts);
    // The board is drawn once into the page and once more by its circuit. Who has scrolled since is somewhere else already.
    for (const selector of scrolling) whenAppears(selector, element => scrollBack(selector, element));
    for (const input of ['pointerdown', 'wheel', 'keydown', 'touchstart']) addEventListener(input, () => { kept = null; }, { once: true, passive: true });
}
