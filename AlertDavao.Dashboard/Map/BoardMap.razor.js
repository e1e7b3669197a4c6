// The live list as places. A marker is a row of the list and goes with it: what the list does not show has none, and what has no
// place is counted beside the map. The base are the barangays' borders, which need no other server; pictures of one by setting.
import { whenAppears } from '../appearing.js';

const memory = 'alertdavao.map';
const still = matchMedia('(prefers-reduced-motion: reduce)');
const ranks = ['low', 'medium', 'high', 'critical'];
const closest = 17;
const namesOfBarangaysFrom = 14;
const letterWidth = 6.2;

const section = () => document.getElementById('board-map');
const list = () => document.getElementById('report-board');

/** What is drawn on the section that stands now; null while none is. */
let drawn = null;

const wanted = () => {
    try {
        return localStorage.getItem(memory) === 'on';
    } catch {
        return false;
    }
};

function remember(on) {
    try {
        localStorage.setItem(memory, on ? 'on' : 'off');
    } catch {
        // It is as it is on this page alone.
    }
}

/** Shows the map beside the list or takes it away again, and keeps that for this browser. */
export function toggleMap() {
    const map = section();
    if (!map) return;
    remember(map.hidden);
    if (map.hidden) open(map);
    else close(map);
}

function press() {
    const on = section()?.hidden === false;
    for (const button of document.querySelectorAll('[data-map-toggle]')) button.setAttribute('aria-pressed', String(on));
}

async function open(map) {
    map.hidden = false;
    press();
    if (drawn?.on === map) return follow();
    drawn = null;
    try {
        await draw(map);
    } catch {
        // The list is there as before; what the map needs could not be fetched.
        map.querySelector('.map-counts').textContent = map.dataset.failed;
    }
}

function close(map) {
    map.hidden = true;
    press();
}

// ---- The ground ----

let libraries = null;

const library = map => libraries ??= (async () => {
    const { look, leaflet, clusters } = map.dataset;
    const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: look });
    const styled = new Promise((loaded, failed) => Object.assign(sheet, { onload: loaded, onerror: failed }));
    document.head.append(sheet);
    await import(new URL(leaflet, document.baseURI));
    await Promise.all([styled, import(new URL(clusters, document.baseURI))]);
    return window.L;
})().catch(error => {
    libraries = null;
    throw error;
});

// The library takes an attribution for markup; ours is words.
const asText = words => words.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);

const fetched = async (address, as) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    return answer[as]();
};

/** The lines of a path of the sheet: steps in whole metres, each line from a place of its own. */
function linesOf(path, placeOf) {
    return path.split('M').filter(Boolean).map(line => {
        const isRing = line.endsWith('z');
        const numbers = line.replace('l', ' ').replace('z', '').split(' ').map(Number);
        const points = [];
        let [x, y] = [0, 0];
        for (let at = 0; at < numbers.length; at += 2) {
            x += numbers[at];
            y += numbers[at + 1];
            points.push(placeOf(x, y));
        }
        if (isRing) points.push(points[0]);
        return points;
    });
}

async function draw(map) {
    const [L, sheet, names] = await Promise.all([library(map), fetched(map.dataset.sheet, 'text'), fetched(map.dataset.names, 'json')]);
    if (section() !== map || drawn) return;
    const { west, north, eastMetres, northMetres, own, tiles, tilesBy, zoomIn, zoomOut } = map.dataset;
    const placeOf = (x, y) => [north - y / northMetres, Number(west) + x / eastMetres];
    const canvas = map.querySelector('.map-canvas');
    const leaflet = L.map(canvas, {
        zoomControl: false, attributionControl: Boolean(tiles), maxZoom: closest,
        fadeAnimation: !still.matches, zoomAnimation: !still.matches, markerZoomAnimation: !still.matches,
    });
    L.control.zoom({ position: 'topright', zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(leaflet);
    if (tiles) {
        leaflet.attributionControl.setPrefix(false);
        L.tileLayer(tiles, { maxZoom: closest, attribution: asText(tilesBy ?? '') }).addTo(leaflet);
        map.classList.add('has-tiles');
    }

    const paths = new Map([...new DOMParser().parseFromString(sheet, 'image/svg+xml').querySelectorAll('path')]
        .map(path => [path.id, linesOf(path.getAttribute('d'), placeOf)]));
    const shape = (kind, id, css) => L[kind](paths.get(id), { className: css, interactive: false, stroke: kind === 'polyline' }).addTo(leaflet);
    const land = shape('polygon', 'land', 'land');
    const stations = (own ? own.split(' ') : []).filter(code => paths.has(code)).map(code => shape('polygon', code, 'own'));
    for (const line of ['inner', 'borders', 'coast']) shape('polyline', line, line);
    const home = stations.length ? stations.map(one => one.getBounds()).reduce((all, one) => all.extend(one)) : land.getBounds();
    const goHome = () => leaflet.fitBounds(home, { padding: [16, 16], animate: !still.matches });
    goHome();
    leaflet.setMinZoom(Math.min(leaflet.getBoundsZoom(land.getBounds()), leaflet.getZoom()) - 1);

    const label = ([text, x, y], css) => {
        const html = Object.assign(document.createElement('span'), { textContent: text });
        return L.marker(placeOf(x, y), { icon: L.divIcon({ className: `map-name ${css}`, html, iconSize: [0, 0] }), interactive: false, keyboard: false });
    };
    const labels = [...names.stations.map(one => ({ one, css: 'of-station' })), ...names.barangays.map(one => ({ one, css: '' }))]
        .map(({ one, css }) => ({ isStation: css !== '', width: one[0].length * letterWidth, room: one[3], marker: label(one, css) }));
    // A name stands where its area has room for it, so that none hides another.
    const name = () => {
        const isClose = leaflet.getZoom() >= namesOfBarangaysFrom;
        const metres = L.CRS.Earth.distance(leaflet.containerPointToLatLng([0, 0]), leaflet.containerPointToLatLng([100, 0])) / 100;
        for (const { isStation, width, room, marker } of labels)
            leaflet[isStation !== isClose && width * metres <= room ? 'addLayer' : 'removeLayer'](marker);
    };
    leaflet.on('zoomend', name);
    name();

    const markers = L.markerClusterGroup({
        maxClusterRadius: 44, showCoverageOnHover: false, animate: !still.matches, iconCreateFunction: cluster => clusterIcon(L, map, cluster),
    }).addTo(leaflet);
    drawn = { on: map, L, leaflet, markers, known: new Map(), goHome };
    new ResizeObserver(() => leaflet.invalidateSize({ pan: false })).observe(canvas);
    follow();
}

// ---- The reports ----

const rankOf = row => ranks.findIndex(rank => row.classList.contains(`sev-${rank}`));

/** What a marker shows of its row; another text needs another marker. */
const keyOf = row => `${row.dataset.version} ${row.dataset.at} ${row.classList.contains('fresh')}`;

function markerOf(L, row) {
    const [latitude, longitude] = row.dataset.at.split(',').map(Number);
    const isFresh = row.classList.contains('fresh');
    const rank = rankOf(row);
    const css = ['spot', `sev-${ranks[rank]}`, ...['unack', 'closed', 'fresh'].filter(one => row.classList.contains(one))].join(' ');
    const html = Object.assign(document.createElement('i'), { className: `g mark g-${ranks[rank]}` });
    const words = [row.querySelector('.sevw'), row.querySelector('.title'), row.querySelector('.place')].map(one => one?.textContent.trim()).filter(Boolean).join(' · ');
    const marker = L.marker([latitude, longitude], { icon: L.divIcon({ className: css, html, iconSize: [28, 28] }), title: words, alt: words, riseOnHover: true, zIndexOffset: rank * 100 + (isFresh ? 1000 : 0) });
    marker.report = { id: row.dataset.reportId, rank, isFresh, isUnacknowledged: row.classList.contains('unack') };
    return marker.on('click keypress', ({ originalEvent: { key } }) => {
        if (!key || key === 'Enter') list()?.querySelector(`:scope > [data-report-id="${CSS.escape(row.dataset.reportId)}"] a.title`)?.click();
    });
}

function clusterIcon(L, map, cluster) {
    const reports = cluster.getAllChildMarkers().map(marker => marker.report);
    // The one that waits for somebody counts, else none does.
    const waiting = reports.filter(report => report.isUnacknowledged);
    const html = Object.assign(document.createElement('span'), { textContent: reports.length });
    html.append(Object.assign(document.createElement('span'), { className: 'vh', textContent: map.dataset.several.replace('{0}', '') }));
    const css = ['spots', waiting.length && `unack sev-${ranks[Math.max(...waiting.map(report => report.rank))]}`, reports.some(report => report.isFresh) && 'fresh'];
    return L.divIcon({ className: css.filter(Boolean).join(' '), html, iconSize: [36, 36] });
}

let asked = false;

/** Rows came, went or changed: once a frame the markers follow them. */
function follow() {
    if (asked || !drawn || drawn.on.hidden) return;
    asked = true;
    requestAnimationFrame(() => {
        asked = false;
        if (drawn && drawn.on === section() && !drawn.on.hidden) place(drawn);
    });
}

function place({ on, L, markers, known }) {
    const rows = [...list()?.children ?? []];
    const gone = new Set(known.keys());
    const [out, into] = [[], []];
    for (const row of rows) {
        if (!row.dataset.at) continue;
        const id = row.dataset.reportId;
        const before = known.get(id);
        const key = keyOf(row);
        gone.delete(id);
        if (before?.key === key) continue;
        if (before) out.push(before.marker);
        const marker = markerOf(L, row);
        known.set(id, { key, marker });
        into.push(marker);
    }
    for (const id of gone) {
        out.push(known.get(id).marker);
        known.delete(id);
    }
    if (out.length) markers.removeLayers(out);
    if (into.length) markers.addLayers(into);
    const { counts, placeless } = on.dataset;
    const without = rows.length - known.size;
    const words = counts.replace('{0}', known.size) + (without ? ` · ${placeless.replace('{0}', without)}` : '');
    const head = on.querySelector('.map-counts');
    if (head.textContent !== words) head.textContent = words;
}

// ---- The page ----

whenAppears('#report-board', board => {
    follow();
    new MutationObserver(follow).observe(board, { childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'data-at'] });
});

// Another page was shown in between: its map went with it.
whenAppears('#board-map', map => {
    drawn?.leaflet.remove();
    drawn = null;
    if (wanted()) open(map);
});
whenAppears('[data-map-toggle]', press);
// An in-app navigation keeps the map, and takes its attributes for the new page's.
Blazor.addEventListener('enhancedload', () => {
    const map = section();
    if (map?.hidden && wanted()) open(map);
});

document.addEventListener('click', event => {
    if (event.target.closest('[data-map-toggle], [data-map-close]')) toggleMap();
    else if (event.target.closest('[data-map-home]')) drawn?.goHome();
});
