// The open report's commands. What is being written stays in this tab: over arrivals, over a colleague's change of the same
// report, over a reload. A form says the version it was opened on, so that who was slower is told before anything is changed.
import { command, commandForm, perform, say } from '../act.js';
import { askAgain } from './ReportPanel.razor.js';

const memory = 'alertdavao.work.';
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Manila', timeStyle: 'medium' });

const bar = () => document.querySelector('[data-work-of]');
const forms = () => [...document.querySelectorAll('form[data-work]')];
const formOf = name => document.querySelector(`form[data-work="${name}"]`);

// What is kept of the report that is open: { open, version, wrong, drafts: { form: { field: value } }, at }
let kept = null;
let shown = null;

const key = () => memory + bar().dataset.workOf;

function read() {
    try {
        return JSON.parse(sessionStorage.getItem(key())) ?? { drafts: {} };
    } catch {
        return { drafts: {} };
    }
}

function write() {
    try {
        if (kept.open || Object.keys(kept.drafts).length) sessionStorage.setItem(key(), JSON.stringify(kept));
        else sessionStorage.removeItem(key());
    } catch {
        // Without storage it lasts as long as the page.
    }
}

// ---- As it was left: the page is drawn anew whenever the report changes ----

function restore() {
    if (!bar()) {
        shown = null;
        return;
    }
    if (shown !== key()) {
        shown = key();
        kept = read();
    }
    for (const form of forms()) {
        const isOpen = form.dataset.work === kept.open;
        form.hidden = !isOpen;
        document.querySelector(`[data-opens="${form.dataset.work}"]`)?.setAttribute('aria-expanded', String(isOpen));
        for (const [name, value] of Object.entries(kept.drafts[form.dataset.work] ?? {})) fill(form, name, value);
        follow(form);
        wrong(form, isOpen ? kept.wrong : null);
        form.querySelector('[data-kept-words]').textContent = kept.drafts[form.dataset.work] && kept.at
            ? bar().dataset.kept.replace('{0}', clock.format(new Date(kept.at))) : '';
    }
    // Its form has gone with the step that somebody else took: what was typed waits for the next one.
    if (kept.open && !formOf(kept.open)) kept.open = null;
}

function fill(form, name, value) {
    const fields = form.elements[name];
    if (!fields) return;
    if (fields instanceof RadioNodeList || fields.type === 'radio') {
        for (const radio of fields instanceof RadioNodeList ? fields : [fields]) radio.checked = radio.value === value;
    } else if (fields.value !== value) fields.value = value;
}

// What the chosen step asks for.
function follow(form) {
    const chosen = form.querySelector('input[type=radio]:checked') ?? form.querySelector('input[type=radio]');
    if (!chosen) return;
    chosen.checked = true;
    for (const part of form.querySelectorAll('[data-shown]')) part.hidden = part.dataset.shown !== chosen.dataset.shows;
    const how = form.querySelector('[data-required]');
    if (how) how.textContent = chosen.dataset.needsReason === undefined ? how.dataset.optional : how.dataset.required;
    form.querySelector('[type=submit]').textContent = chosen.dataset.set;
}

function wrong(form, words) {
    const line = form.querySelector('[data-wrong]');
    line.hidden = !words;
    line.textContent = words ?? '';
}

Blazor.addEventListener('enhancedload', restore);
restore();

// ---- Opening and closing ----

/** Opens a form of the open report, by its name. */
export function openWork(name) {
    const form = formOf(name);
    if (!form) return;
    if (kept.open !== name) {
        kept.open = name;
        kept.version = bar().dataset.version;
        kept.wrong = null;
    }
    write();
    restore();
    form.scrollIntoView({ block: 'nearest' });
    [...form.querySelectorAll('input[type=radio]:checked, select, input:not([type=hidden], [type=radio]), textarea')].find(field => !field.closest('[hidden]'))?.focus();
}

function close(isDone) {
    const { open } = kept;
    if (isDone) delete kept.drafts[open];
    kept.open = null;
    kept.wrong = null;
    write();
    restore();
    document.querySelector(`[data-opens="${open}"]`)?.focus();
}

document.addEventListener('click', event => {
    const opener = event.target.closest('[data-opens]');
    if (opener) {
        if (kept.open === opener.dataset.opens) close(false);
        else openWork(opener.dataset.opens);
        return;
    }
    if (event.target.closest('form[data-work] [data-cancel]')) {
        delete kept.drafts[kept.open];
        formOf(kept.open).reset();
        close(true);
        return;
    }
    if (event.target.closest('[data-work-of] [data-print]')) window.print();
    const same = event.target.closest('[data-duplicate-of]');
    if (same) {
        kept.drafts.status = { ...kept.drafts.status, to: 'Duplicate', duplicate_of: same.dataset.duplicateOf };
        openWork('status');
        return;
    }
    const link = event.target.closest('[data-link], [data-unlink]');
    if (link) {
        tie(link);
        return;
    }
    const button = event.target.closest('[data-work-of] [data-do]');
    if (button) act(button);
});

// In a text of several lines Enter is a line; with Ctrl it sends.
document.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.target.closest?.('form[data-work]')?.requestSubmit();
});

document.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !kept?.open || document.querySelector('dialog[open]') || !bar()) return;
    event.preventDefault();
    close(false);
});

// ---- Drafts ----

for (const kind of ['input', 'change']) {
    document.addEventListener(kind, event => {
        const form = event.target.closest('form[data-work]');
        if (!form) return;
        kept.drafts[form.dataset.work] = valuesOf(form);
        kept.at = Date.now();
        write();
        follow(form);
        form.querySelector('[data-kept-words]').textContent = bar().dataset.kept.replace('{0}', clock.format(new Date(kept.at)));
    });
}

const valuesOf = form => Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === 'string'));

// ---- Sending ----

const act = button => run(button, (report, version) => perform(report, button.dataset.do, version));

// Two reports that belong together, or do not after all.
const tie = button => run(button, (report, version) => {
    const { link, unlink } = button.dataset;
    return command(report, link ? 'link' : 'unlink', version, { to: link ?? unlink });
});

async function run(button, send) {
    const { workOf, version } = bar().dataset;
    button.disabled = true;
    const answer = await send(workOf, version);
    button.disabled = false;
    if (!answer.ok) say(answer.words);
    askAgain();
}

document.addEventListener('submit', async event => {
    const form = event.target.closest('form[data-work]');
    if (!form) return;
    event.preventDefault();
    const submit = form.querySelector('[type=submit]');
    if (submit.disabled) return;
    submit.disabled = true;
    const { workOf } = bar().dataset;
    const body = { ...valuesOf(form) };
    if (body.take_over) body.take_over = true;
    if (form.querySelector('[data-shown="duplicate_of"]')?.hidden) delete body.duplicate_of;
    const files = form.elements.media?.files;
    const answer = files?.length
        ? await commandForm(workOf, form.dataset.command, kept.version, new FormData(form))
        : await command(workOf, form.dataset.command, kept.version, body);
    submit.disabled = false;
    if (bar()?.dataset.workOf !== workOf) return;
    if (answer.ok) {
        form.reset();
        close(true);
    } else {
        kept.wrong = answer.words;
        wrong(form, answer.words);
    }
    // Whoever was told so has seen it: the next press is on what it is now.
    if (answer.isStale) isToBeRead = true;
    askAgain();
});

let isToBeRead = false;
Blazor.addEventListener('enhancedload', () => {
    if (!isToBeRead || !bar()) return;
    isToBeRead = false;
    kept.version = bar().dataset.version;
    write();
});
