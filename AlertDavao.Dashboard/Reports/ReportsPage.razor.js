// The list does not move by itself. What came since it was drawn is asked for after an arrival, and said in one line.
import { whenAppears } from '../appearing.js';

const atMostEvery = 2000;

// An arrival may be told while the page that was drawn before it is still on its way here.
const stillOnItsWay = 10000;

let asked = -Infinity;
let told = -Infinity;
let waiting = 0;

whenAppears('#alert-notice', notice => {
    const hear = () => {
        if (!notice.dataset.burst) return;
        told = performance.now();
        askSoon();
    };
    hear();
    new MutationObserver(hear).observe(notice, { attributeFilter: ['data-burst'] });
});

const askForThisPage = () => { if (performance.now() - told < stillOnItsWay) askSoon(); };

whenAppears('#report-news', askForThisPage);
Blazor.addEventListener('enhancedload', askForThisPage);

function askSoon() {
    if (waiting || !document.getElementById('report-news')) return;
    waiting = setTimeout(ask, Math.max(0, asked + atMostEvery - performance.now()));
}

async function ask() {
    waiting = 0;
    const line = document.getElementById('report-news');
    if (!line) return;
    asked = performance.now();
    const { address } = line.dataset;
    // Signed out, or no server: other parts of the page say so.
    const answer = await fetch(address, { cache: 'no-store', redirect: 'manual' }).catch(() => null);
    const news = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!news || !line.isConnected || line.dataset.address !== address) return;
    for (const part of line.children) say(part, news[part.dataset.news], Number(line.dataset.most));
}

function say(part, count, most) {
    const { one, many, over } = part.dataset;
    const words = count === 1 ? one : (count < most ? many : over).replace('{0}', count);
    const said = part.querySelector('b');
    if (count > 0 && said.textContent !== words) said.textContent = words;
    part.hidden = !(count > 0);
}

// ---- The form ----

const isOurs = element => element.closest?.('#report-filters');

// Empty fields ask for nothing, and would only fill the address.
document.addEventListener('formdata', ({ target, formData }) => {
    if (!isOurs(target)) return;
    for (const [name, value] of [...formData]) if (value === '') formData.delete(name);
});

// A preset or days of one's own, not both.
document.addEventListener('change', ({ target }) => {
    const form = isOurs(target);
    if (!form || !target.value) return;
    if (target.matches('[data-preset]')) for (const day of form.querySelectorAll('[data-day]')) day.value = '';
    if (target.matches('[data-day]')) form.querySelector('[data-preset]').value = '';
});

const openMenu = () => document.querySelector('#report-filters .menu[open]');

document.addEventListener('click', event => {
    const menu = openMenu();
    if (menu && !menu.contains(event.target)) menu.open = false;
});

document.addEventListener('keydown', event => {
    const menu = event.key === 'Escape' ? openMenu() : null;
    if (!menu) return;
    menu.open = false;
    menu.querySelector('summary').focus();
});
