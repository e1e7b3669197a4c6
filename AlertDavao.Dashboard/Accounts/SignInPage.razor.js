// One listener on the document: an in-app navigation exchanges the page's elements, but runs a module only once.
document.addEventListener('click', event => {
    const button = event.target.closest('[data-shows]');
    if (!button) return;
    const input = document.getElementById(button.dataset.shows);
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.querySelector('[data-word]').textContent = shown ? button.dataset.hide : button.dataset.show;
});
