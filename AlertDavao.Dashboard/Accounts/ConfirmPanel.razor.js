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

function show({ dataset }) {
    const at = document.querySelector('#confirm [data-ends-at]');
    if (at && dataset.ends) at.textContent = at.dataset.words.replace('{0}', dataset.ends);
    if (dataset.state === 'open') goBack();
}

// Confirmed here or in another tab: the page that the lock led away from comes back.
function goBack() {
    const back = new URL(location.href).searchParams.get('back');
    if (location.pathname === '/' && back?.startsWith('/') && !back.startsWith('//')) location.replace(back);
}

document.addEventListener('submit', async event => {
    const panel = event.target.closest('#confirm');
    if (!panel) return;
    event.preventDefault();
    const [form, words, button] = [event.target, panel.querySelector('[role=alert]'), panel.querySelector('button')];
    words.textContent = '';
    button.disabled = true;
    const answer = await fetch(form.action, {
        method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { accept: 'application/json' }, redirect: 'manual',
    }).catch(() => null);
    button.disabled = false;
    form.elements.password.value = '';
    if (answer?.ok && (await answer.json()).isOpen) {
        said = performance.now();
        return;
    }
    words.textContent = answer ? words.dataset.refused : words.dataset.failed;
    form.elements.password.focus();
});
