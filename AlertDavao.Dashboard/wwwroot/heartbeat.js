// A page can look alive and do nothing: its circuit failed, or the server knows it no more. Now and then, and when somebody
// comes to it, it asks its circuit for a sign of life the way a click does; without one it is opened again. A board that has just
// moved is such a sign, and complete up to there: nobody is asked then, which on a busy night is every screen.
import { whenAppears } from './appearing.js';
import { ask, isDown, onConnection } from './connection.js';
import { openAgain } from './keep.js';
import { check } from './lifeline.js';
import { later } from './wake.js';

const every = 60000;
const again = 15000;
const justMoved = 20000;
const answerWithin = 5000;

let provenAt = performance.now();
let movedAt = -Infinity;
let asked = null;

const sign = () => document.getElementById('heartbeat');

whenAppears('#heartbeat', element => new MutationObserver(() => {
    provenAt = performance.now();
    asked?.();
    asked = null;
}).observe(element, { attributeFilter: ['data-beat'] }));

whenAppears('#complete-to', board => new MutationObserver(() => { movedAt = performance.now(); }).observe(board, { attributeFilter: ['data-cursor'] }));

async function beat() {
    // Before its circuit has drawn it there is nobody to ask.
    if (asked || isDown() || sign()?.dataset.beat === undefined) return;
    const answered = new Promise(done => { asked = () => done(true); });
    sign().click();
    if (await Promise.race([answered, new Promise(done => later(answerWithin, () => done(false)))])) return;
    asked = null;
    // A server that does not answer at all is the connection's matter.
    if (isDown() || !(await ask('/api/session'))?.ok) return;
    openAgain();
}

function someoneIsHere() {
    if (performance.now() - provenAt > again) beat();
}

for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, someoneIsHere, { capture: true, passive: true });

document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    beat();
    check();
});

onConnection(what => { if (what === 'back') beat(); });

(function go() {
    later(every * (1 + Math.random() / 4), () => {
        if (performance.now() - movedAt > justMoved) {
            beat();
            check();
        }
        go();
    });
})();
