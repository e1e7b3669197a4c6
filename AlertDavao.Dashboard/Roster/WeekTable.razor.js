// A planned duty goes to another day or to another officer: dragged there, or moved by the arrow keys and put down with Enter.
// What will happen is said before it is saved; the server decides. Without script the duty's own form does the same.
import { whenAppears } from '../appearing.js';

const day = 24 * 60 * 60 * 1000;

// A hand that clicks trembles.
const tremble = 5;

const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

let moving = null;
let pressed = null;
let wasDragged = false;

const fill = (words, ...values) => words.replace(/\{(\d)\}/g, (_, at) => values[at]);
const movable = target => target.closest?.('#week a[data-change]');
const say = words => { document.getElementById('week-said').textContent = words; };

// Manila's clock, without an offset: as good as any to add days to.
const shifted = (at, days) => new Date(Date.parse(`${at}Z`) + days * day).toISOString().slice(0, 19);

function planAt(cell) {
    const { chip, home } = moving;
    const days = (Date.parse(cell.dataset.day) - Date.parse(home.dataset.day)) / day;
    return { officer: cell.parentElement.dataset.row, from: shifted(chip.dataset.from, days), until: shifted(chip.dataset.until, days) };
}

const isShut = cell => 'shut' in cell.parentElement.dataset || planAt(cell).from <= moving.box.dataset.now;

function begin(chip, isDrag) {
    const home = chip.closest('td');
    moving = { chip, home, isDrag, goal: home, box: chip.closest('#week') };
    chip.classList.add('lifted');
    moving.box.classList.toggle('drags', isDrag);
}

function aim(cell) {
    moving.goal.classList.remove('goal', 'shut');
    moving.goal = cell;
    const { box, home, isDrag } = moving;
    if (cell === home) return say(box.dataset.back);
    const closed = isShut(cell);
    cell.classList.add('goal');
    cell.classList.toggle('shut', closed);
    cell.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
    const { from, until } = planAt(cell);
    const words = closed ? box.dataset.closed : isDrag ? box.dataset.drop : box.dataset.there;
    say(fill(words, cell.parentElement.dataset.name, cell.dataset.label, `${from.slice(11, 16)}-${until.slice(11, 16)}`));
}

function leave() {
    if (!moving) return;
    moving.goal.classList.remove('goal', 'shut');
    moving.chip.classList.remove('lifted');
    moving.box.classList.remove('drags');
    moving = null;
    say('');
}

function putDown() {
    const { chip, home, goal } = moving;
    if (goal === home || isShut(goal)) return leave();
    const form = document.getElementById('week-change');
    for (const [name, value] of Object.entries(planAt(goal))) form.elements.namedItem(name).value = value;
    form.action = chip.dataset.change;
    form.submit();
}

// ---- Keyboard ----

function step([down, right]) {
    const { goal, box } = moving;
    const rows = [...box.querySelectorAll('tbody tr')];
    const row = rows[rows.indexOf(goal.parentElement) + down];
    const cells = [...goal.parentElement.querySelectorAll('td[data-day]')];
    const cell = row?.querySelectorAll('td[data-day]')[cells.indexOf(goal) + right];
    if (cell) aim(cell);
}

document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && moving) {
        event.preventDefault();
        return leave();
    }

    const chip = movable(event.target);
    if (!chip || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key in steps) {
        event.preventDefault();
        if (moving?.isDrag) return;
        if (moving?.chip !== chip) begin(chip, false);
        step(steps[event.key]);
    } else if (event.key === 'Enter' && moving?.chip === chip) {
        event.preventDefault();
        putDown();
    }
});

document.addEventListener('focusout', event => { if (moving && !moving.isDrag && event.target === moving.chip) leave(); });

// ---- Pointer: a finger scrolls the week, and has the forms ----

document.addEventListener('pointerdown', event => {
    wasDragged = false;
    const chip = movable(event.target);
    pressed = chip && event.button === 0 && event.pointerType !== 'touch' ? { chip, x: event.clientX, y: event.clientY } : null;
});

document.addEventListener('pointermove', event => {
    if (!pressed) return;
    if (!moving?.isDrag) {
        if (wasDragged || Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < tremble) return;
        leave();
        begin(pressed.chip, true);
        wasDragged = true;
    }

    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest('#week td[data-day]') ?? moving.home;
    if (cell !== moving.goal) aim(cell);
});

document.addEventListener('pointerup', () => {
    pressed = null;
    if (moving?.isDrag) putDown();
});

document.addEventListener('pointercancel', () => {
    pressed = null;
    leave();
});

// Before the page's own links: a chip leads to its forms, which may be folded away, and one that was dragged leads nowhere.
document.addEventListener('click', event => {
    const chip = event.target.closest('#week a.duty');
    if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const forms = wasDragged ? null : document.getElementById(new URL(chip.href).hash.slice(1));
    if (!forms) return;
    for (let folded = forms.closest('details'); folded; folded = folded.parentElement.closest('details')) folded.open = true;
    forms.querySelector('details')?.setAttribute('open', '');
    forms.scrollIntoView({ block: 'center' });
    forms.focus({ preventScroll: true });
}, true);

whenAppears('#week', box => {
    const today = box.querySelector('thead .today');
    if (today) box.scrollLeft = today.offsetLeft - box.querySelector('.who').offsetWidth;
});

Blazor.addEventListener('enhancedload', () => { moving = null; });
