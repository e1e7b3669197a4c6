// Says to the server that somebody is here, and sends the question "who is there" beside the page, so that nothing is lost.
import { whenAppears } from '../appearing.js';

const saidEvery = 20000;
const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];
let said = -Infinity;

function touch(event) {
    if (!event.isTrusted || performance.now() - said < saidEvery || stateOf() === 'locked') return;
    said = performance.now();
    fetch('/api/session/input', { method: 'POST', keepalive: true }).catch(() => { said = -Infinity; });
}

const state = () => document.getElementById('session-state');
const stateOf = () => state()?.dataset.state;

whenAppears('#session-state', element => {
    for (const input of inputs) addEventListener(input, touch, { capture: true, passive: true });
    show(element);
    new MutationObserver(() => show(element)).observe(element, { attributes: true });
});

// An in-app navigation brings a panel that was drawn a moment ago.
whenAppears('#confirm', () => { if (state()) show(state()); });

function show({ dataset }) {
    const panel = document.getElementById('confirm');
    if (panel) panel.dataset.state = dataset.state;
    const at = document.querySelector('#confirm [data-ends-at]');
    if (at && dataset.ends) at.textContent = at.dataset.words.replace('{0}', dataset.ends);
    if (dataset.state === 'open') goBack();
}

// Confirmed here or in another tab: the page that the lock led away from comes back.
function goBack() {
    const back = new URL(location.href).searchParams.get('back');
    if (location.pathname === '/' && back?.startsWith('/') && !back.startsWith('//')) location.replace(back);
}

document.addEventListener('submit', event => {
    const form = event.target.closest('#confirm form:not([data-passkey])');
    if (!form) return;
    event.preventDefault();
    confirm(form, form.elements.password);
});

// passkey.js has asked the device, and leaves the sending to the page.
document.addEventListener('passkey', event => {
    const form = event.target.closest('#confirm form');
    if (!form) return;
    event.preventDefault();
    confirm(form, form.elements.credential);
});

async function confirm(form, secret) {
    const words = document.querySelector('#confirm .refused');
    // Only now: the panel is on every page, and most have nothing to alert of.
    words.setAttribute('role', 'alert');
    const button = form.querySelector('button');
    words.textContent = '';
    button.disabled = true;
    const answer = await fetch(form.action, {
        method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { accept: 'application/json' }, redirect: 'manual',
    }).catch(() => null);
    button.disabled = false;
    secret.value = '';
    if (answer?.ok && (await answer.json()).isOpen) {
        said = performance.now();
        return;
    }
    words.textContent = answer ? words.dataset.refused : words.dataset.failed;
    if (secret.type === 'password') secret.focus();
}
