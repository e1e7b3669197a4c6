using System.Threading.RateLimiting;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Limits;

namespace AlertDavao.Dashboard.Intake;

/// <summary>
/// What one client and one address may ask of the intake: how often, how much at once and for how long. Asked before
/// anything of the body is read. The demo's key has none of the first two.
/// </summary>
internal sealed partial class IntakeLimits(LimitOptions options, IntakeKeys keys, TimeProvider time, ILogger<IntakeLimits> log) : IEndpointFilter, IDisposable
{
    /// <summary>Requests of one key under way; a sixteenth of the writer's queue, so that no client fills it for the others.</summary>
    public const int AtOncePerKey = Writer.QueueLimit / 16;

    private const int SoonSeconds = 2;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly AddressLimiter _addresses = new(options.IntakePerAddress);

    // Known clients alone have a place here, and there are few.
    private readonly PartitionedRateLimiter<IntakeClient> _keys = PartitionedRateLimiter.Create<IntakeClient, Guid>(client => (client.PerMinute ?? options.IntakePerKey) is > 0 and var most
        ? RateLimitPartition.GetSlidingWindowLimiter(client.Id, _ => AddressLimiter.Sliding(most, Minute))
        : RateLimitPartition.GetNoLimiter(client.Id));

    private readonly PartitionedRateLimiter<Guid> _atOnce = PartitionedRateLimiter.Create<Guid, Guid>(client =>
        RateLimitPartition.GetConcurrencyLimiter(client, _ => new ConcurrencyLimiterOptions { PermitLimit = AtOncePerKey, QueueLimit = 0 }));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!TryFind(http, out var client))
            return IntakeProblem.Of(StatusCodes.Status503ServiceUnavailable, IntakeTexts.Failed, retryAfter: SoonSeconds);
        if (client is { IsDemo: true })
            return await InTime(context, next);
        // Guessing at keys is counted too.
        if (_addresses.Refuses(http.Connection.RemoteIpAddress) is { } wait)
            return TooMany(IntakeTexts.TooManyFromAddress, wait);
        if (client is null)
            return await InTime(context, next);

        using var allowed = _keys.AttemptAcquire(client);
        if (!allowed.IsAcquired)
            return TooMany(IntakeTexts.TooManyOfKey, Minute / 6);
        using var place = _atOnce.AttemptAcquire(client.Id);
        return place.IsAcquired ? await InTime(context, next) : TooMany(IntakeTexts.TooManyAtOnce, TimeSpan.FromSeconds(SoonSeconds));
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _keys.Dispose();
        _atOnce.Dispose();
    }

    private static IResult TooMany(string why, TimeSpan wait)
        => IntakeProblem.Of(StatusCodes.Status429TooManyRequests, why, retryAfter: (int)Math.Ceiling(wait.TotalSeconds));

    // A body that trickles just fast enough still ends. What is with the writer by then is stored and answered.
    private async ValueTask<object?> InTime(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var aborted = http.RequestAborted;
        using var end = new CancellationTokenSource(options.Intake, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, end.Token);
        http.RequestAborted = either.Token;
        try
        {
            return await next(context);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            http.Response.Headers.Connection = "close";
            return IntakeProblem.Of(StatusCodes.Status408RequestTimeout, IntakeTexts.TooSlow);
        }
        finally
        {
            http.RequestAborted = aborted;
        }
    }

    private bool TryFind(HttpContext http, out IntakeClient? client)
    {
        client = null;
        try
        {
            client = keys.Find(http.Request.Headers.Authorization);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            KeysNotRead(log, e.GetType().Name, e.InnerException?.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The intake's keys could not be read: {Failure} {Cause}.")]
    private static partial void KeysNotRead(ILogger logger, string failure, string? cause);
}
