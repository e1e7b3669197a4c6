import { circuit, handler } from './connection.js';

const webSockets = 1;

Blazor.start({
    circuit: {
        reconnectionHandler: handler,
        circuitHandlers: [circuit],
        // The server speaks every 5 s: a half-open connection is noticed in time to be said within 10 s. What the page says
        // meanwhile is only for what stands in between.
        configureSignalR: connection => connection
            .withUrl('_blazor', { transport: webSockets })
            .withServerTimeout(9000)
            .withKeepAliveInterval(15000),
    },
});
