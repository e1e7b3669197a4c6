// A form that names a question (data-passkey="create" or "get") is answered by a passkey before it is sent. One listener on
// the document: an in-app navigation exchanges the page's elements, but runs a module only once.
const ceremonies = {
    create: async options => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
    get: async options => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

document.addEventListener('submit', event => {
    const form = event.target.closest('form[data-passkey]');
    if (!form) return;
    event.preventDefault();
    answer(form);
});

async function answer(form) {
    const button = form.querySelector('button');
    say(form, '');
    button.disabled = true;
    try {
        const fault = await ask(form);
        if (fault) say(form, form.dataset[fault]);
        // A page may send it beside itself.
        else if (form.dispatchEvent(new CustomEvent('passkey', { bubbles: true, cancelable: true }))) form.submit();
    } catch (error) {
        // Cancelled, timed out, or no passkey for this site: the browser has said which.
        if (!(error instanceof DOMException) && !(error instanceof TypeError)) throw error;
        say(form, form.dataset.failed);
    } finally {
        button.disabled = false;
    }
}

async function ask(form) {
    if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) return 'unsupported';

    const question = await fetch(form.dataset.question, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'error' });
    if (question.status === 429) return 'limited';
    if (question.status === 403) return 'wrong';
    if (!question.ok) return 'failed';

    const credential = await ceremonies[form.dataset.passkey](await question.json());
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    // It has done its part: it is not sent twice.
    form.querySelector('[type=password]')?.setAttribute('disabled', '');
    return '';
}

function say(form, words) {
    const place = form.querySelector('[data-says]');
    place.setAttribute('role', 'alert');
    place.textContent = words ?? '';
    place.hidden = !words;
}
