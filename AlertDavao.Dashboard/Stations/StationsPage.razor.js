// Routing a report by hand: the city desk gives it to a station.
import { command } from '../act.js';

async function route(form) {
    const item = form.closest('[data-unrouted]');
    const wrong = item.querySelector('.wrong');
    const button = form.querySelector('button');
    button.disabled = true;
    const answer = await command(item.dataset.unrouted, 'transfer', item.dataset.version, { to: form.elements.to.value });
    button.disabled = false;
    wrong.hidden = answer.ok;
    wrong.textContent = answer.ok ? '' : answer.words;
    // The list itself follows the log, and the line goes with its report.
    if (answer.ok) document.getElementById('routed').textContent = form.dataset.routes.replace('{0}', form.elements.to.value);
}

document.addEventListener('submit', event => {
    if (!event.target.matches('form[data-routes]')) return;
    event.preventDefault();
    route(event.target);
});
