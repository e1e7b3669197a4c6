using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Limits;
using AlertDavao.Dashboard.Live;
using AlertDavao.Dashboard.Meters;

namespace AlertDavao.Dashboard.Board;

/// <summary>The feeds that are open, what they share, and the one clock that looks after them all.</summary>
internal sealed partial class Feeds(
    LiveBus bus, BoardFrames frames, ScopeDirectory scopes, Callers callers, LiveSessions live, LimitOptions limits,
    ProductMeter meter, TimeProvider time, ILogger<Feeds> log) : BackgroundService
{
    /// <summary>A feed is never quiet for longer, so that both sides and what is between them know that it is there.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>A reader that takes nothing for so long is dropped; it comes back with its cursor.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A long page over a bad line is slow, not stuck.
    private const double BytesPerSecond = 65_536;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<FeedStream, bool> _open = new();

    // Screens and feeds do not take each other's places.
    private readonly Screens _seats = new(limits with { CircuitsPerUser = limits.CircuitsPerUser * 2 });

    private volatile bool _isStopping;

    public LiveBus Bus => bus;

    public BoardFrames Frames => frames;

    public ScopeDirectory Scopes => scopes;

    public Callers Callers => callers;

    public Deliveries Deliveries => meter.Deliveries;

    public TimeProvider Time => time;

    /// <summary>Feeds open now, for leak tests and meters.</summary>
    public int Open => _open.Count;

    /// <summary>How long a write of so many bytes may take.</summary>
    public static TimeSpan PatienceFor(int bytes) => Patience + TimeSpan.FromSeconds(bytes / BytesPerSecond);

    /// <summary>Takes a place for one more feed of the officer, unless there are too many; <see cref="Follow"/> gives it back.</summary>
    public bool TryEnter(Guid officer) => _seats.TryOpen(officer);

    /// <summary>Gives the place of a feed back that was never followed.</summary>
    public void Leave(Guid officer) => _seats.Close(officer);

    /// <summary>Writes the feed until it is over. The caller has entered.</summary>
    public async Task Follow(HttpContext http, Guid officer, Guid caller, string? at)
    {
        using var stream = new FeedStream(this, http, officer, caller, at);
        _open[stream] = true;
        // Whoever ends the session or the token ends what hangs on it, in the same call.
        var hold = live.Hold(caller, _ => stream.Stop());
        var presence = live.Present.Enter(officer);
        try
        {
            if (!_isStopping)
                await stream.Run();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // It ends; its reader comes back and is told what is the matter.
            Failed(e);
        }
        finally
        {
            hold.Dispose();
            presence.Dispose();
            _open.TryRemove(stream, out _);
            _seats.Close(officer);
        }
    }

    /// <summary>The program stops: its server waits for connections, and these would never end.</summary>
    public void End()
    {
        _isStopping = true;
        foreach (var (stream, _) in _open)
            stream.Stop();
    }

    private IEnumerable<Measurement<int>> Subscribers()
    {
        // Two counts, a moment apart; and a feed that moves to another scope is for a moment no subscriber.
        var feeds = Open;
        return [Of(ProductMeter.Screen, Math.Max(0, bus.Subscribers - feeds)), Of(ProductMeter.Feed, feeds)];

        static Measurement<int> Of(string kind, int count) => new(count, new KeyValuePair<string, object?>(ProductMeter.Kind, kind));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meter.Meter.CreateObservableGauge(ProductMeter.Subscribers, Subscribers, "{subscriber}", "Boards and feeds that listen now.");
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var (stream, _) in _open)
                    stream.Look();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    [LoggerMessage(LogLevel.Error, "A feed failed and was ended.")]
    private partial void Failed(Exception exception);
}
