using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>The devices' <see cref="SessionWatch"/>: ends what was revoked elsewhere or is over, and writes down which tokens were in use.</summary>
internal sealed partial class DeviceWatch(
    DeviceDirectory devices, LiveSessions live, Writer writer, TimeProvider time, ILogger<DeviceWatch> log) : BackgroundService
{
    private const int SweepsBetweenNotes = 12;

    // In one unit: a citizen's report waits no longer than for these.
    private const int NotedAtOnce = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SessionWatch.Period, time);
        try
        {
            for (var sweep = 1; await timer.WaitForNextTickAsync(stoppingToken); sweep++)
                await Try(sweep % SweepsBetweenNotes == 0);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task Try(bool notes)
    {
        try
        {
            foreach (var token in devices.Sweep())
                live.End(token);
            if (notes)
                await Note();
        }
        catch (Exception e)
        {
            Failed(e);
        }
    }

    private async Task Note()
    {
        foreach (var some in devices.TakeSeen().Chunk(NotedAtOnce))
        {
            await writer.Run(unit =>
            {
                foreach (var (token, at) in some)
                    unit.Db.DeviceTokens.Where(t => t.Id == token).ExecuteUpdate(set => set.SetProperty(t => t.LastUsedAt, at));
                return true;
            });
        }
    }

    [LoggerMessage(LogLevel.Error, "The devices' tokens could not be swept; the next sweep tries again.")]
    private partial void Failed(Exception exception);
}
