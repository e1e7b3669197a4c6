using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Ends what was ended elsewhere or ran out of its time, tells the screens of sessions that lock or end soon, every
/// <see cref="Period"/>, and writes down now and then which
/// sessions were in use.
/// </summary>
internal sealed partial class SessionWatch(
    SessionDirectory sessions, LiveSessions live, LiveBus bus, Writer writer, TimeProvider time, ILogger<SessionWatch> log) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private const int SweepsBetweenNotes = 12;

    // In one unit: a citizen's report waits no longer than for these.
    private const int NotedAtOnce = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            for (var sweep = 1; await timer.WaitForNextTickAsync(stoppingToken); sweep++)
            {
                await Try(Sweep);
                if (sweep % SweepsBetweenNotes == 0)
                    await Try(Note);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private Task Sweep()
    {
        foreach (var session in sessions.Sweep())
            live.End(session);
        // What needs no question runs out by itself: an idle session locks, one near its end says so.
        foreach (var (session, officer) in sessions.TakeNews())
        {
            live.Tell(session);
            bus.Ring(officer);
        }

        return Task.CompletedTask;
    }

    private async Task Note()
    {
        foreach (var some in sessions.TakeSeen().Chunk(NotedAtOnce))
        {
            await writer.Run(unit =>
            {
                foreach (var (session, at, inputAt) in some)
                {
                    unit.Db.Sessions.Where(s => s.Id == session)
                        .ExecuteUpdate(set => set.SetProperty(s => s.LastSeenAt, at).SetProperty(s => s.LastInputAt, inputAt));
                }

                return true;
            });
        }
    }

    private async Task Try(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e)
        {
            Failed(e);
        }
    }

    [LoggerMessage(LogLevel.Error, "The sessions could not be swept; the next sweep tries again.")]
    private partial void Failed(Exception exception);
}
