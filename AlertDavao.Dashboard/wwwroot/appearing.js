const wanted = [];

// An element is told once, though it may be added with its parents and moved with them again.
const told = new WeakMap();

function tell({ init }, element) {
    const known = told.get(element) ?? told.set(element, new Set()).get(element);
    if (known.has(init)) return;
    known.add(init);
    init(element);
}

/**
 * Calls `init` for every element that matches, now and whenever one appears: pages come by in-app navigation, and an island's
 * first draw exchanges what the page was drawn with. One observer for all who ask.
 */
export function whenAppears(selector, init) {
    const asked = { selector, init };
    wanted.push(asked);
    for (const element of document.querySelectorAll(selector)) tell(asked, element);
}

new MutationObserver(changes => {
    for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
            if (node.nodeType !== Node.ELEMENT_NODE) continue;
            for (const asked of wanted) {
                if (node.matches(asked.selector)) tell(asked, node);
                else if (node.firstElementChild) node.querySelectorAll(asked.selector).forEach(element => tell(asked, element));
            }
        }
    }
}).observe(document.body, { childList: true, subtree: true });
