// Timers that keep their time in a hidden tab.
const waiting = new Map();
let last = 0;
let worker = null;

function start() {
    worker = new Worker(new URL('./wake-worker.js', import.meta.url));
    worker.onmessage = ({ data }) => {
        const then = waiting.get(data);
        waiting.delete(data);
        then?.();
    };
}

/** Calls back after so many milliseconds. @returns {() => void} takes it back */
export function later(ms, then) {
    if (!worker) start();
    const id = ++last;
    waiting.set(id, then);
    worker.postMessage({ id, ms });
    return () => waiting.delete(id);
}
