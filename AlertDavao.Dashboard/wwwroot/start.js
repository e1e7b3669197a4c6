const webSockets = 1;

Blazor.start({
    circuit: {
        // Every 3 s for ever; the jitter keeps a thousand screens from knocking in step after a restart.
        reconnectionOptions: {
            maxRetries: Infinity,
            retryIntervalMilliseconds: () => 2500 + Math.random() * 1000,
        },
        // A half-open connection is noticed within 10 s instead of 30 s; the server's own times are set to match.
        configureSignalR: connection => connection
            .withUrl('_blazor', { transport: webSockets })
            .withServerTimeout(10000)
            .withKeepAliveInterval(5000),
    },
});
