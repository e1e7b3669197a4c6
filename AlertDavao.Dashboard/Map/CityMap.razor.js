// What a map can do for a page that lets its reader mark a place. All it knows stands in the map's attributes: a form that
// comes back from the server puts them as they were.

const smallest = 600;
const letter = 6.2;
const line = 14;

const ground = map => map.querySelector('.ground');
const pin = map => map.querySelector('.pin');

function windowOf(map) {
    const [x, y, width, height] = ground(map).getAttribute('viewBox').split(' ').map(Number);
    return { x, y, width, height };
}

function project(map, { latitude, longitude }) {
    const { west, north, eastMetres, northMetres } = map.dataset;
    return { x: (longitude - west) * eastMetres, y: (north - latitude) * northMetres };
}

function unproject(map, { x, y }) {
    const { west, north, eastMetres, northMetres } = map.dataset;
    return { latitude: north - y / northMetres, longitude: +west + x / eastMetres };
}

/** Where a point of the window (as of a pointer's event) lies, in degrees. */
export function placeAt(map, { clientX, clientY }) {
    const box = map.getBoundingClientRect();
    const view = windowOf(map);
    return unproject(map, {
        x: view.x + (clientX - box.left) / box.width * view.width,
        y: view.y + (clientY - box.top) / box.height * view.height,
    });
}

function put(map, element, { x, y }) {
    const view = windowOf(map);
    element.setAttribute('x', `${(100 * (x - view.x) / view.width).toFixed(3)}%`);
    element.setAttribute('y', `${(100 * (y - view.y) / view.height).toFixed(3)}%`);
}

/** Moves the pin there; without a place there is none. */
export function mark(map, place) {
    const marker = pin(map);
    marker.toggleAttribute('hidden', !place);
    if (!place) {
        delete marker.dataset.x;
        delete marker.dataset.y;
        return;
    }
    const { x, y } = project(map, place);
    Object.assign(marker.dataset, { x, y });
    put(map, marker, { x, y });
}

/** Shows that many metres around the place. */
export function show(map, place, metres) {
    const { x, y } = project(map, place);
    look(map, { x, y, width: metres });
}

function look(map, { x, y, width }) {
    const whole = map.dataset.whole.split(' ').map(Number);
    const wide = Math.min(Math.max(width, smallest), whole[2]);
    const height = wide * whole[3] / whole[2];
    // The middle stays over the city's sheet.
    const middle = { x: Math.min(Math.max(x, whole[0]), whole[0] + whole[2]), y: Math.min(Math.max(y, whole[1]), whole[1] + whole[3]) };
    if (wide === whole[2]) Object.assign(middle, { x: whole[0] + whole[2] / 2, y: whole[1] + whole[3] / 2 });
    ground(map).setAttribute('viewBox', [middle.x - wide / 2, middle.y - height / 2, wide, height].map(Math.round).join(' '));
    const marker = pin(map);
    if (marker.dataset.x) put(map, marker, { x: +marker.dataset.x, y: +marker.dataset.y });
    label(map);
}

// The roomiest names first; each fits into its area and hides no other. Stations from afar, barangays from near.
function label(map) {
    const view = windowOf(map);
    const metres = view.width / map.clientWidth;
    const far = view.width > 25000;
    const taken = [];
    const names = [...map.querySelectorAll('.names text')].sort((a, b) => b.dataset.room - a.dataset.room);
    for (const name of names) {
        const { x, y, room } = name.dataset;
        const half = name.textContent.length * letter * metres / 2;
        const up = line * metres / 2;
        const box = { left: x - half, right: +x + half, top: y - up, bottom: +y + up };
        const fits = name.classList.contains('station') === far && 2 * half <= room
            && box.left > view.x && box.right < view.x + view.width && box.top > view.y && box.bottom < view.y + view.height
            && !taken.some(other => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top);
        name.toggleAttribute('hidden', !fits);
        if (!fits) continue;
        taken.push(box);
        put(map, name, { x: +x, y: +y });
    }
}

const middleOf = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });

function zoom(map, by, at) {
    const view = windowOf(map);
    const middle = middleOf(view);
    const fixed = at ? project(map, at) : middle;
    const width = view.width * by;
    look(map, { x: fixed.x + (middle.x - fixed.x) * by, y: fixed.y + (middle.y - fixed.y) * by, width });
}

/** Lets the reader move the map by drag, wheel and buttons, and calls `picked` with the place of a click. */
export function pick(map, picked) {
    let grip = null;
    const surface = map.querySelector('.sheet');
    map.querySelector('.tools').hidden = false;
    const marker = pin(map);
    if (!marker.hasAttribute('hidden') && !marker.dataset.x) {
        const at = middleOf(windowOf(map));
        Object.assign(marker.dataset, at);
    }
    label(map);

    surface.addEventListener('pointerdown', event => {
        if (event.button !== 0) return;
        grip = { event, view: windowOf(map), moved: false };
        surface.setPointerCapture(event.pointerId);
    });
    surface.addEventListener('pointermove', event => {
        if (!grip || event.pointerId !== grip.event.pointerId) return;
        const [across, down] = [event.clientX - grip.event.clientX, event.clientY - grip.event.clientY];
        grip.moved ||= Math.hypot(across, down) > 5;
        if (!grip.moved) return;
        const metres = grip.view.width / map.clientWidth;
        const middle = middleOf(grip.view);
        look(map, { x: middle.x - across * metres, y: middle.y - down * metres, width: grip.view.width });
    });
    surface.addEventListener('pointerup', event => {
        if (!grip || event.pointerId !== grip.event.pointerId) return;
        if (!grip.moved) picked(placeAt(map, event));
        grip = null;
    });
    surface.addEventListener('pointercancel', () => { grip = null; });
    surface.addEventListener('wheel', event => {
        // With a modifier only: a page that is scrolled past a map must not stop in it.
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        zoom(map, event.deltaY > 0 ? 1.3 : 1 / 1.3, placeAt(map, event));
    }, { passive: false });
    map.addEventListener('click', event => {
        const to = event.target.closest('[data-zoom]')?.dataset.zoom;
        if (to === 'all') look(map, { x: 0, y: 0, width: Infinity });
        else if (to) zoom(map, to === 'in' ? .5 : 2);
    });
}
