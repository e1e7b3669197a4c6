using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Intake;

/// <summary>Writes down when each key was used last, once a minute for all of them: no report pays for it.</summary>
internal sealed partial class KeyUseWatch(IntakeKeys keys, Writer writer, TimeProvider time, ILogger<KeyUseWatch> log) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Store();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Store();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task Store()
    {
        var uses = keys.TakeUses();
        if (uses.Count == 0)
            return;
        try
        {
            await writer.Run(unit =>
            {
                foreach (var (client, at) in uses)
                    unit.Db.IntakeClients.Where(one => one.Id == client).ExecuteUpdate(one => one.SetProperty(c => c.LastUsedAt, at));
                return true;
            });
        }
        catch (Exception e) when (e is WriterBusy or WriteFailed)
        {
            // The next use says it again.
            NotStored(e.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "When the intake's keys were used last could not be written down: {Failure}.")]
    private partial void NotStored(string failure);
}
