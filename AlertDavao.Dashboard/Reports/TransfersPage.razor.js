// Deciding a transfer: accepted or refused by the station that was asked.
import { decide } from '../act.js';

const live = () => document.querySelector('.transfers') !== null;
const again = () => Blazor.navigateTo(location.href, { replaceHistoryEntry: true });

async function send(form, decision) {
    for (const button of form.querySelectorAll('button')) button.disabled = true;
    const answer = await decide(form.dataset.decides, decision, form.elements.reason.value);
    for (const button of form.querySelectorAll('button')) button.disabled = false;
    const wrong = form.parentElement.querySelector('.wrong');
    wrong.hidden = answer.ok;
    wrong.textContent = answer.ok ? '' : answer.words;
    if (answer.ok) {
        form.reset();
        again();
    } else if (answer.field) form.elements.reason.focus();
}

document.addEventListener('click', event => {
    const button = event.target.closest('[data-decision]');
    if (button) send(button.form, button.dataset.decision);
});

// Enter in the reason is no decision.
document.addEventListener('submit', event => { if (event.target.matches('form[data-decides]')) event.preventDefault(); });

// Somebody asked, or decided: the list is as old as the page. What is being written stays, and is told by the notice.
document.addEventListener('alertdavao:notices', () => {
    if (live() && ![...document.querySelectorAll('form[data-decides] input')].some(field => field.value)) again();
});
