// A report's pictures, large: a dialog of the browser's own, so that focus, Esc and what lies behind are its business. Arrivals
// redraw the board beside it and never touch it.
let at = 0;
let before = null;

const pictures = dialog => [...dialog.closest('.evidence').querySelectorAll('a[data-picture]:not([hidden])')];
const shown = () => document.querySelector('.evidence dialog[open]');

function show(dialog, wanted) {
    const links = pictures(dialog);
    if (!links.length) return;
    at = (wanted + links.length) % links.length;
    const { href, dataset } = links[at];
    const large = dialog.querySelector('img');
    large.src = href;
    large.alt = dataset.picture;
    dialog.querySelector('[data-called]').textContent = dataset.picture;
    dialog.querySelector('[data-at]').textContent = dialog.dataset.of.replace('{0}', at + 1).replace('{1}', links.length);
    for (const button of dialog.querySelectorAll('[data-step]')) button.hidden = links.length < 2;
}

function open(link) {
    const dialog = link.closest('.evidence').querySelector('dialog');
    before = location.pathname;
    show(dialog, pictures(dialog).indexOf(link));
    dialog.showModal();
}

document.addEventListener('click', event => {
    const link = event.target.closest('a[data-picture]');
    if (link && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        open(link);
        return;
    }
    const dialog = shown();
    if (!dialog?.contains(event.target)) return;
    const step = event.target.closest('[data-step]');
    if (step) show(dialog, at + Number(step.dataset.step));
    // The dialog itself is what lies around its content.
    else if (event.target.closest('[data-close]')) dialog.close();
});

document.addEventListener('keydown', event => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const dialog = shown();
    if (!step || !dialog) return;
    event.preventDefault();
    show(dialog, at + step);
});

// ---- As it is now ----

let isStale = false;

/**
 * The page drew the report once; the board beside it tells that it changed, and the page is asked for anew in its place. A
 * picture or a number that is open stays until it is closed, unless the officer was moved: then it may not be theirs to see.
 */
export function askAgain(isMoved = false) {
    const detail = document.querySelector('.main > .detail');
    if (!detail) return;
    isStale = !isMoved && detail.querySelector('dialog[open], .opened') !== null;
    if (isStale) return;
    detail.querySelector('dialog[open]')?.close();
    Blazor.navigateTo(location.href, { replaceHistoryEntry: true });
}

document.addEventListener('close', event => {
    if (isStale && event.target.matches('.evidence dialog')) askAgain();
}, true);

// A file that cannot be drawn (signed out meanwhile, a film this browser does not know) says so in words.
function fails(frame) {
    frame.hidden = true;
    frame.parentElement.querySelector('.fails').hidden = false;
}

function lookForFailed() {
    for (const image of document.querySelectorAll('.evidence .frame img')) if (image.complete && image.currentSrc && !image.naturalWidth) fails(image.parentElement);
    for (const film of document.querySelectorAll('.evidence video.frame')) if (film.error) fails(film);
}

document.addEventListener('error', event => {
    const frame = event.target.closest?.('.evidence .frame');
    if (frame) fails(frame);
}, true);

Blazor.addEventListener('enhancedload', () => {
    lookForFailed();
    // Another page came in by Back while the dialog was open: the framework takes its attribute away, and the page would stay inert.
    const dialog = document.querySelector('.evidence dialog:modal');
    if (!dialog || location.pathname === before) return;
    dialog.setAttribute('open', '');
    dialog.close();
});

lookForFailed();
