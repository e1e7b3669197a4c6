// An officer's command on a report, over plain HTTP: rows, keys and the open report all send it this way, with a circuit or
// without one.
import { whenAppears } from './appearing.js';

const answerWithin = 8000;
const filesWithin = 10 * 60 * 1000;

const said = () => document.getElementById('said');
const token = () => document.querySelector('#lifeline-token input')?.value ?? '';

let hiding = 0;

/** One line about what somebody has just done, for everybody who looks or listens. */
export function say(words) {
    const line = said();
    if (!line) return;
    line.hidden = !words;
    line.firstElementChild.textContent = words ?? '';
    clearTimeout(hiding);
    if (words) hiding = setTimeout(say, 8000, '');
}

/**
 * @param {string|number} version of the report as it is in view
 * @returns {Promise<{ok: boolean, isStale: boolean, words: string, field: string?, data: object?}>} what the server says
 */
export const command = (report, name, version, body = {}) => send(`/api/reports/${report}/${name}`, body, { 'If-Match': `"${version}"` });

/** The same as a form with files, which takes as long as they take. */
export const commandForm = (report, name, version, form) => post(`/api/reports/${report}/${name}`, form, { 'If-Match': `"${version}"` }, filesWithin);

/** What a button does that needs no more words: a command by its name, or take-over. */
export const perform = (report, what, version) => (what === 'take-over'
    ? command(report, 'claim', version, { take_over: true })
    : command(report, what, version));

/** @param {string} decision accept or refuse */
export const decide = (transfer, decision, reason) => send(`/api/transfers/${transfer}/${decision}`, { reason });

const send = (address, body, headers = {}) => post(address, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers }, answerWithin);

async function post(address, body, headers, within) {
    const answer = await fetch(address, {
        method: 'POST',
        headers: { RequestVerificationToken: token(), ...headers },
        body,
        signal: AbortSignal.timeout(within),
    }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    return {
        ok: answer?.ok === true,
        isStale: answer?.status === 412,
        words: told?.message ?? (answer ? said()?.dataset.failed : said()?.dataset.unreached) ?? '',
        field: Object.keys(told?.errors ?? {})[0] ?? null,
        data: told?.data ?? null,
    };
}

document.addEventListener('click', event => {
    if (event.target.closest('#said button')) say('');
    const moved = event.target.closest('#moved button')?.closest('#moved');
    if (moved) moved.hidden = true;
    const notice = event.target.closest('#notices [data-read]')?.closest('[data-notice]');
    if (notice) send(`/api/notices/${notice.dataset.notice}/read`, {});
});

// What the officer is told in person: pages that list it are as old as the last one.
let listed = null;
const look = () => {
    const now = [...document.querySelectorAll('#notices [data-notice]')].map(notice => notice.dataset.notice).join();
    if (listed !== null && listed !== now) document.dispatchEvent(new Event('alertdavao:notices'));
    listed = now;
};
whenAppears('.alerts', alerts => {
    look();
    new MutationObserver(look).observe(alerts.parentElement, { childList: true, subtree: true });
});
