// The server counted as many screens as one officer may have. Of a page that is opened in the place of another the other may
// still have been among them: only now it is known.
const { isFull } = await (await fetch('/api/session', { cache: 'no-store' })).json();
if (isFull) location.replace('/too-many-screens');
else location.reload();
