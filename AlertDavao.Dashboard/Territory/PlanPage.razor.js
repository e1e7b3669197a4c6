// Stations and boundaries: the map chooses barangays, or draws a piece of ground. All of it stands in the forms, which can be filled without it.
import { whenAppears } from '../appearing.js';
import { pick } from '../Map/CityMap.razor.js';

whenAppears('[data-plan]', plan => {
    const map = plan.querySelector('.plan-map');
    const give = plan.querySelector('[data-give]');
    const corners = plan.querySelector('[data-ground] textarea');
    const piece = map.querySelector('.piece');
    const { west, north, eastMetres, northMetres } = map.dataset;
    let mode = corners.value ? 'draw' : 'choose';

    function choose(to) {
        mode = to;
        for (const button of plan.querySelectorAll('[data-mode]')) button.setAttribute('aria-pressed', button.dataset.mode === mode);
    }

    function drawChosen() {
        const chosen = [...give.querySelectorAll('input[type=checkbox]:checked')];
        for (const area of map.querySelectorAll('.area')) area.classList.toggle('chosen', chosen.some(box => box.value === area.dataset.psgc));
        const said = give.querySelector('[data-chosen]');
        said.textContent = chosen.length ? said.dataset.chosen.replace('{0}', chosen.length) : '';
    }

    function drawPiece() {
        const points = corners.value.split('\n').map(line => line.split(/[,\s]+/).filter(Boolean).map(Number)).filter(([latitude, longitude]) => Number.isFinite(latitude) && Number.isFinite(longitude));
        piece.setAttribute('points', points.map(([latitude, longitude]) => `${(longitude - west) * eastMetres},${(north - latitude) * northMetres}`).join(' '));
    }

    function areaAt({ latitude, longitude }) {
        const point = new DOMPoint((longitude - west) * eastMetres, (north - latitude) * northMetres);
        return [...map.querySelectorAll('.area')].find(area => area.isPointInFill(point));
    }

    pick(map, place => {
        if (mode === 'draw') {
            corners.value = `${corners.value.trim()}\n${place.latitude.toFixed(6)}, ${place.longitude.toFixed(6)}`.trim();
            return drawPiece();
        }
        const area = areaAt(place);
        const box = area && give.querySelector(`input[value="${area.dataset.psgc}"]`);
        if (!box) return;
        box.checked = !box.checked;
        drawChosen();
    });

    plan.addEventListener('click', event => {
        const button = event.target.closest('[data-mode], [data-back], [data-busy]');
        if (button?.dataset.mode) choose(button.dataset.mode);
        if (button?.matches('[data-back]')) {
            corners.value = corners.value.trim().split('\n').slice(0, -1).join('\n');
            drawPiece();
        }
        if (button?.dataset.busy) button.textContent = button.dataset.busy;
    });
    corners.addEventListener('input', drawPiece);
    give.addEventListener('change', drawChosen);
    give.querySelector('[data-find]').addEventListener('input', event => {
        const wanted = event.target.value.trim().toLowerCase();
        for (const item of give.querySelectorAll('.choices li')) item.hidden = !item.textContent.toLowerCase().includes(wanted);
    });

    choose(mode);
    drawChosen();
    drawPiece();
});
