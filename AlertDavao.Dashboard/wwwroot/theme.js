(() => {
    const root = document.documentElement;
    const key = 'alertdavao.theme';
    const stored = () => {
        try {
            return localStorage.getItem(key);
        } catch {
            return null; // Storage is off: the system decides.
        }
    };
    const isDark = () => root.dataset.theme
        ? root.dataset.theme === 'dark'
        : matchMedia('(prefers-color-scheme: dark)').matches;
    const apply = () => {
        const theme = stored();
        if (theme === 'dark' || theme === 'light') root.dataset.theme = theme;
    };

    apply();
    // An in-app navigation takes over the server's attributes of the root, which know nothing of the choice.
    new MutationObserver(() => { if (!root.dataset.theme) apply(); }).observe(root, { attributeFilter: ['data-theme'] });

    document.addEventListener('click', event => {
        if (!event.target.closest('[data-theme-switch]')) return;
        const theme = isDark() ? 'light' : 'dark';
        try {
            localStorage.setItem(key, theme);
        } catch {
            // The choice then lasts until the next page.
        }
        root.dataset.theme = theme;
    });
})();
