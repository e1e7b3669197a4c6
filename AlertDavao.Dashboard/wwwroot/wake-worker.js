// Browsers slow down the timers of a hidden tab, of a worker they do not.
onmessage = ({ data: { id, ms } }) => setTimeout(() => postMessage(id), ms);
