// Once a session: what came while the officer was away, in one line above the list. Asked for by the page, not part of it, so
// that opening a board costs no more.
import { whenAppears } from './appearing.js';

const memory = 'alertdavao.since';
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Manila', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

const told = () => {
    try {
        return localStorage.getItem(memory);
    } catch {
        return null;
    }
};

function keep(session) {
    try {
        localStorage.setItem(memory, session);
    } catch {
        // It is said once more on the next page.
    }
}

// A locked session is answered nothing: it is asked once the officer is back.
const opened = () => new Promise(resolve => {
    const session = document.querySelector('#confirm');
    if (session?.dataset.state !== 'locked') return resolve();
    const watching = new MutationObserver(() => {
        if (session.dataset.state === 'locked') return;
        watching.disconnect();
        resolve();
    });
    watching.observe(session, { attributeFilter: ['data-state'] });
});

whenAppears('#since', async line => {
    await opened();
    const answer = await fetch('/api/since', { cache: 'no-store' }).catch(() => null);
    if (answer?.status !== 200) return;
    const said = await answer.json();
    if (told() === said.session_opened_at) return;
    const count = number => (number >= said.counted_up_to ? `${said.counted_up_to}+` : String(number));
    const { none, some } = line.dataset;
    line.querySelector('span').textContent = (said.arrived ? some : none)
        .replace('{0}', clock.format(new Date(said.since))).replace('{1}', count(said.arrived)).replace('{2}', count(said.unacknowledged));
    line.hidden = false;
    line.querySelector('button').addEventListener('click', () => { line.hidden = true; }, { once: true });
    keep(said.session_opened_at);
});
