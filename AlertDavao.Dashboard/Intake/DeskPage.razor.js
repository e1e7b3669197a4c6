// The form of the desk without a circuit: the place on the map, a title to start from, and a draft that outlives a crash.
import { whenAppears } from '../appearing.js';
import { mark, pick, show } from '../Map/CityMap.razor.js';

const aroundBarangay = 4000;

// On a shared desk's disk a reporter's name and number would lie open for the next at it; a tab's memory goes with the tab.
const personal = ['Input.ReporterName', 'Input.ReporterPhone'];
const ours = ['__RequestVerificationToken', '_handler'];

const keyOf = officer => `alertdavao.desk.${officer}`;

const fill = (words, ...values) => words.replace(/\{(\d)\}/g, (_, at) => values[at]);

whenAppears('form[data-desk]', form => {
    const named = name => form.elements.namedItem(`Input.${name}`);
    // Asked for anew each time: an answer of the server may have exchanged them.
    const place = {
        map: () => form.querySelector('.city-map'),
        said: () => form.querySelector('#place-said'),
        clear: () => form.querySelector('[data-clear-place]'),
    };
    let asking = null;
    let offered = '';

    function say(words, isPlace) {
        place.said().textContent = words;
        place.said().classList.toggle('none', !isPlace);
        place.clear().hidden = !isPlace;
    }

    function choose(point) {
        asking?.abort();
        named('Latitude').value = point ? point.latitude.toFixed(6) : '';
        named('Longitude').value = point ? point.longitude.toFixed(6) : '';
        mark(place.map(), point);
    }

    function chooseBarangay() {
        choose(null);
        const option = named('Barangay').selectedOptions[0];
        if (!option.value) return say(form.dataset.none, false);
        const { name, station, latitude, longitude } = option.dataset;
        say(fill(form.dataset.somewhere, name, station), true);
        show(place.map(), { latitude: +latitude, longitude: +longitude }, aroundBarangay);
        offerTitle();
    }

    async function choosePoint(point) {
        named('Barangay').value = '';
        choose(point);
        say(fill(form.dataset.point, named('Latitude').value, named('Longitude').value), true);
        const mine = asking = new AbortController();
        try {
            const answer = await fetch(`/api/barangays/by-coordinates?lat=${named('Latitude').value}&lon=${named('Longitude').value}`, { signal: mine.signal });
            if (!answer.ok || mine.signal.aborted) return;
            const found = barangayIn(await answer.json());
            if (mine.signal.aborted) return;
            say(found ? fill(form.dataset.in, found.name, found.station) : form.dataset.outside, true);
            offerTitle(found?.name);
        } catch {
            // The coordinates stand there; where they lie is the server's to say once the report is filed.
        }
    }

    // The answer names the barangay by its code; how it is called here stands in the list.
    function barangayIn({ data }) {
        const option = [...named('Barangay').options].find(one => one.value && one.value === data?.barangay_id);
        return option?.dataset;
    }

    // While nobody has typed a title of their own.
    function offerTitle(barangay = named('Barangay').selectedOptions[0]?.dataset.name) {
        const title = named('Title');
        const type = form.querySelector('[name="Input.Types"]:checked')?.value;
        if (!type || (title.value && title.value !== offered)) return;
        title.value = offered = barangay ? `${type}, ${barangay}` : type;
    }

    function anonymous() {
        const is = form.querySelector('[data-anonymous]').checked;
        for (const name of personal) form.elements.namedItem(name).disabled = is;
    }

    // Back to how the page came; a hidden field has no such memory.
    function discard() {
        forget(form.dataset.desk);
        form.reset();
        named('Id').value = unused;
        chooseBarangay();
        anonymous();
        form.querySelector('[data-draft]').hidden = true;
    }

    const draft = draftOf(form);
    const unused = named('Id').value;
    pick(place.map(), point => {
        choosePoint(point);
        draft.keep();
    });
    form.addEventListener('change', event => {
        if (event.target.name === 'Input.Barangay') chooseBarangay();
        if (event.target.name === 'Input.Types') offerTitle();
        if (event.target.matches('[data-anonymous]')) anonymous();
        draft.keep();
    });
    form.addEventListener('input', draft.keep);
    form.addEventListener('click', event => {
        if (event.target.closest('[data-clear-place]')) {
            named('Barangay').value = '';
            chooseBarangay();
            draft.keep();
        }
        if (event.target.closest('[data-draft] button')) discard();
    });

    // What came back from the server is newer than any draft.
    if (form.dataset.sent === undefined && draft.restore()) {
        const [latitude, longitude] = [named('Latitude').value, named('Longitude').value];
        if (latitude && longitude) {
            const point = { latitude: +latitude, longitude: +longitude };
            choosePoint(point);
            show(place.map(), point, aroundBarangay);
        } else {
            chooseBarangay();
        }
        anonymous();
    }
});

// The button stands below the fold, what is wrong above it.
Blazor.addEventListener('enhancedload', () => document.querySelector('form[data-desk] .note.bad')?.focus());

// Filed: what is kept would only be filed again.
whenAppears('[data-filed]', card => forget(card.dataset.filed));

function forget(officer) {
    const key = keyOf(officer);
    for (const storage of [() => localStorage, () => sessionStorage]) attempt(() => storage().removeItem(key));
}

// Storage may be off or full: then there is no draft.
function attempt(what) {
    try {
        return what();
    } catch {
        return null;
    }
}

function draftOf(form) {
    const key = keyOf(form.dataset.desk);
    const id = () => form.elements.namedItem('Input.Id').value;
    const line = () => form.querySelector('[data-draft]');

    function tell(at) {
        const time = new Date(at).toLocaleTimeString('en-GB', { timeZone: 'Asia/Manila', hour: '2-digit', minute: '2-digit' });
        line().querySelector('span').textContent = fill(line().dataset.draft, time);
        line().hidden = false;
    }

    return {
        // With the form's own id: a report that was stored though its answer got lost is not filed twice.
        keep() {
            const fields = [...new FormData(form)].filter(([name]) => !ours.includes(name));
            const write = (storage, kept) => attempt(() => storage().setItem(key, JSON.stringify({ at: Date.now(), id: id(), fields: kept })));
            write(() => localStorage, fields.filter(([name]) => !personal.includes(name)));
            write(() => sessionStorage, fields.filter(([name]) => personal.includes(name)));
            tell(Date.now());
        },

        restore() {
            const kept = attempt(() => JSON.parse(localStorage.getItem(key)));
            if (!kept) return false;
            const own = attempt(() => JSON.parse(sessionStorage.getItem(key)));
            // A name that this tab still holds of another report stays out of this one.
            const fields = [...kept.fields, ...(own?.id === kept.id ? own.fields : [])];
            for (const control of form.elements) {
                if (!control.name.startsWith('Input.')) continue;
                const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
                if (control.type === 'checkbox' || control.type === 'radio') control.checked = values.includes(control.value);
                else if (values.length > 0) control.value = values[0];
            }
            tell(kept.at);
            return true;
        },
    };
}
