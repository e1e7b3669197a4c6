using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Dashboard.Meters;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// Takes rings off the bus, moves the log's tail on once and wakes its screens. Two sweeps heal what a ring missed: every
/// two seconds the logs' numbers, every five the officers' scopes.
/// </summary>
internal sealed partial class FanOut(
    LiveBus bus, StationTails tails, ScopeDirectory scopes, ProductMeter meter, TimeProvider time, ILogger<FanOut> log) : BackgroundService
{
    public static readonly TimeSpan LogSweep = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan ScopeSweep = TimeSpan.FromSeconds(5);

    /// <summary>
    /// In a flood of arrivals a log that no screen and no feed listens to is read so often; who begins to listen has it read at once, and
    /// so has a change: what has left a board is on no page a moment later.
    /// </summary>
    public static readonly TimeSpan Unheard = TimeSpan.FromSeconds(0.5);

    /// <summary>Reads of such a log that are no flood yet.</summary>
    public const int UnheardAtOnce = 8;

    // Under a flood most of the processor belongs to those who send; every ring that comes in a rest is folded into one read.
    private const int RestPerWork = 3;

    /// <summary>Work whose rest is not taken yet: rings of a calm hour never wait, also when some logs ring at once.</summary>
    private static readonly TimeSpan RestLater = TimeSpan.FromMilliseconds(30);

    /// <summary>As often as a screen draws in a flood anyway.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestWork = TimeSpan.FromMilliseconds(3);

    // Of logs that nobody listens to: when each was read, and how often without a pause.
    private readonly Dictionary<string, (long At, int Often)> _unheard = [];
    private TimeSpan _owed;
    private long _workedUntil;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meter.Watch(ProductMeter.FeedLag, "{entry}", "Committed entries of the log that is furthest behind, not yet taken in by the fan-out.", tails.Lag);
        return Task.WhenAll(
            Follow(stoppingToken),
            Every(LogSweep, SweepLogs, stoppingToken),
            Every(ScopeSweep, SweepScopes, stoppingToken));
    }

    private async Task Follow(CancellationToken stop)
    {
        try
        {
            await foreach (var (rung, mayWait) in bus.Rung(stop))
            {
                if (mayWait && Waits(rung))
                    continue;
                Advance(rung);
                if (_owed > RestLater)
                    await Task.Delay(_owed < LongestRest ? _owed : LongestRest, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    // Whatever is rung no more meanwhile the sweep rings.
    private bool Waits(string rung)
    {
        if (!bus.Listeners(rung).IsEmpty)
        {
            _unheard.Remove(rung);
            return false;
        }

        var now = time.GetTimestamp();
        var (at, often) = _unheard.GetValueOrDefault(rung);
        var since = time.GetElapsedTime(at, now);
        if (since > 2 * Unheard)
            often = 0;
        else if (often >= UnheardAtOnce && since < Unheard)
            return true;
        _unheard[rung] = (now, often + 1);
        return false;
    }

    // A read that fails leaves the log behind; the sweep rings again.
    private void Advance(string rung)
    {
        try
        {
            var (before, began) = (tails.NumberOf(rung), time.GetTimestamp());
            var moved = tails.Advance(rung);
            Owe(began);
            if (!moved)
                return;
            // Not waited for: another log's screens are woken in between.
            _ = bus.WakeInTurns(rung);
            Measure(rung, before);
        }
        catch (Exception e)
        {
            ReadFailed(e, rung);
        }
    }

    private void Measure(string log, long before)
    {
        var now = time.GetUtcNow();
        foreach (var committed in tails.CommittedAfter(log, before))
            meter.FannedOut(now > committed ? now - committed : TimeSpan.Zero);
    }

    // The read's own time; a pause in the middle of one is not its work, and waking screens is what it is for.
    private void Owe(long began)
    {
        var idle = time.GetElapsedTime(_workedUntil, began);
        _workedUntil = time.GetTimestamp();
        var work = time.GetElapsedTime(began, _workedUntil);
        _owed = (_owed > idle ? _owed - idle : TimeSpan.Zero) + (RestPerWork * (work < LongestWork ? work : LongestWork));
    }

    private void SweepLogs()
    {
        foreach (var behind in tails.Behind())
            bus.Ring(behind);
    }

    private void SweepScopes()
    {
        foreach (var officer in scopes.Sweep())
            bus.Ring(officer);
    }

    private async Task Every(TimeSpan period, Action sweep, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                Try(sweep);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private void Try(Action sweep)
    {
        try
        {
            sweep();
        }
        catch (Exception e)
        {
            SweepFailed(e);
        }
    }

    [LoggerMessage(LogLevel.Error, "The log {Code} could not be read; the next sweep tries again.")]
    private partial void ReadFailed(Exception exception, string code);

    [LoggerMessage(LogLevel.Error, "A sweep failed; the next one tries again.")]
    private partial void SweepFailed(Exception exception);
}
