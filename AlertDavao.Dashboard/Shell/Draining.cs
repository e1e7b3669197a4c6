using System.Collections.Concurrent;
using System.Globalization;
using AlertDavao.Dashboard.Accounts;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// The program is told to stop (SIGTERM): screens are sent away at once and none is let in any more, what is being taken is
/// still answered, and the process is gone within five seconds. The framework closes each circuit's socket, but waits for the
/// browser to agree; one that sleeps never does, and one that comes back while the others go would keep the server up.
/// </summary>
internal sealed class Draining(IHostApplicationLifetime program, TimeProvider time) : IDisposable
{
    /// <summary>What may still be in work, an upload above all, has so long; with the rest it is less than five seconds.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>A browser that is there has answered long before.</summary>
    public static readonly TimeSpan ToAgree = TimeSpan.FromMilliseconds(500);

    private const int RetryAfterSeconds = 3;

    private readonly ConcurrentDictionary<HttpContext, bool> _held = new();
    private readonly CancellationToken _stopping = program.ApplicationStopping;
    private readonly Lock _lock = new();
    private ITimer? _abort;

    public static void Use(IApplicationBuilder app)
    {
        var draining = app.ApplicationServices.GetRequiredService<Draining>();
        app.UseWhen(http => http.Request.Path.StartsWithSegments(HubDoor.Path), hub => hub.Use(draining.Pass));
    }

    public void Dispose() => _abort?.Dispose();

    private Task Pass(HttpContext http, RequestDelegate next)
    {
        if (_stopping.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        }

        return http.Request.Headers.Upgrade.Count > 0 ? Hold(http, next) : next(http);
    }

    private async Task Hold(HttpContext http, RequestDelegate next)
    {
        _held[http] = true;
        // By each of them, because who registered last is told first: the framework's own waits for all it has closed.
        await using var told = _stopping.UnsafeRegister(static draining => ((Draining)draining!).Begin(), this);
        try
        {
            await next(http);
        }
        finally
        {
            _held.TryRemove(http, out _);
        }
    }

    private void Begin()
    {
        lock (_lock)
            _abort ??= time.CreateTimer(static draining => ((Draining)draining!).Abort(), this, ToAgree, ToAgree);
    }

    private void Abort()
    {
        foreach (var (http, _) in _held)
        {
            try
            {
                http.Abort();
            }
            catch (ObjectDisposedException) when (!_held.ContainsKey(http))
            {
                // It ended by itself in this moment.
            }
        }
    }
}
