const wanted = [];

/**
 * Calls `init` for every element that matches, now and whenever one appears: pages come by in-app navigation, and an island's
 * first draw exchanges what the page was drawn with. One observer for all who ask.
 */
export function whenAppears(selector, init) {
    wanted.push({ selector, init });
    for (const element of document.querySelectorAll(selector)) init(element);
}

new MutationObserver(changes => {
    for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
            if (node.nodeType !== Node.ELEMENT_NODE) continue;
            for (const { selector, init } of wanted) {
                if (node.matches(selector)) init(node);
                else if (node.firstElementChild) node.querySelectorAll(selector).forEach(init);
            }
        }
    }
}).observe(document.body, { childList: true, subtree: true });
