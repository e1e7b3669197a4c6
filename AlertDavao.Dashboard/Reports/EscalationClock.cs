using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// Tells the next level of reports that nobody acknowledged in time. What is due stands in the database, so a restart forgets
/// nothing: what came due meanwhile is told at once, at the highest level it has reached.
/// </summary>
internal sealed partial class EscalationClock(
    IDbContextFactory<AlertDavaoDb> contexts, Writer writer, LiveBus bus, EscalationTimes times, TimeProvider time, ILogger<EscalationClock> log) : BackgroundService
{
    /// <summary>What comes due within one goes as one unit a log.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Reports of one log in one unit; the rest follows in the next second.</summary>
    private const int MostInAUnit = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Tick();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task Tick()
    {
        try
        {
            await Run();
        }
        catch (WriterBusy)
        {
            Waits();
        }
        catch (Exception e)
        {
            Failed(e);
        }
    }

    /// <summary>Escalates what is due now.</summary>
    internal async Task Run()
    {
        var now = time.GetUtcNow();
        List<string> logs;
        using (var db = contexts.CreateDbContext())
            logs = db.Reports.Where(report => report.EscalatesAt <= now).Select(report => report.Log).Distinct().ToList();

        foreach (var due in logs)
        {
            if (await writer.Run(unit => Escalate(unit, due)))
                bus.Ring(due);
        }
    }

    private bool Escalate(WriteUnit unit, string log)
    {
        var now = unit.Now;
        var any = false;
        foreach (var report in unit.Db.Reports.Where(r => r.Log == log && r.EscalatesAt <= now).OrderBy(r => r.EscalatesAt).Take(MostInAUnit))
        {
            if (!report.Escalate(times, now))
                continue;
            unit.Append(report, EntryKind.Changed);
            any = true;
        }

        return any;
    }

    [LoggerMessage(LogLevel.Warning, "What is due waits for a writer that is busy; the next second tries again.")]
    private partial void Waits();

    [LoggerMessage(LogLevel.Error, "What nobody acknowledged could not be escalated; the next second tries again.")]
    private partial void Failed(Exception exception);
}
