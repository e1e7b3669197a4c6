using System.Diagnostics;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using AlertDavao.Dashboard.Shell;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Bench;

/// <summary>What the load generator asks the server: only with <c>Bench:Enabled</c>, only from this machine, never in Production.</summary>
internal static class BenchFeature
{
    public static void MapBench(this WebApplication app)
    {
        if (!app.Configuration.Flag("Bench:Enabled", false))
            return;
        if (app.Environment.IsProduction())
            throw new SettingMissing("Bench:Enabled", "must not be true in Production");

        var bench = app.MapGroup("/bench").AllowAnonymous().AddEndpointFilter(async (call, next) =>
            call.HttpContext.Connection.RemoteIpAddress is { } from && System.Net.IPAddress.IsLoopback(from)
                ? await next(call)
                : Results.NotFound());
        bench.MapGet("/memory", (LiveBus bus) => new { managed = ManagedAfterCollection(), circuits = bus.Subscribers });
        bench.MapGet("/figures", (LiveBus bus) => Figures(bus));
        bench.MapGet("/facts", Facts);
        bench.MapPost("/keys", NewKey);
        bench.MapPost("/history", BenchHistory.Add);
        bench.MapGet("/logs", (IDbContextFactory<AlertDavaoDb> contexts) => Logs(contexts));
    }

    // A figure of a Debug build is none: what is measured says itself what it is.
    private static object Facts(CityBook city, TouchedMemory memory) => new
    {
        release = typeof(BenchFeature).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true },
        stations = city.Stations.Count,
        processors = Environment.ProcessorCount,
        serverGc = GCSettings.IsServerGC,
        processId = Environment.ProcessId,
        memoryTouched = memory.IsDone,
        framework = RuntimeInformation.FrameworkDescription,
    };

    // The demo's own key has no limits, so that what they do cannot be measured with it.
    private static async Task<IResult> NewKey(Writer writer)
    {
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        await writer.Run(unit => unit.Db.IntakeClients.Add(new IntakeClient
        {
            Id = Guid.CreateVersion7(unit.Now),
            Name = "bench",
            KeyHash = SHA256.HashData(Encoding.UTF8.GetBytes(key)),
            CreatedAt = unit.Now,
        }).Entity.Id);
        return Results.Ok(new { key });
    }

    // Differences of two of these are what a stretch of work cost; nothing is collected for it.
    private static object Figures(LiveBus bus) => new
    {
        cpuMs = Environment.CpuUsage.TotalTime.TotalMilliseconds,
        allocated = GC.GetTotalAllocatedBytes(),
        collections = GC.CollectionCount(0),
        pausedMs = GC.GetTotalPauseDuration().TotalMilliseconds,
        rss = Environment.WorkingSet,
        circuits = bus.Subscribers,
    };

    private static long ManagedAfterCollection()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static IResult Logs(IDbContextFactory<AlertDavaoDb> contexts)
    {
        using var db = contexts.CreateDbContext();
        var counted = db.StationEntries
            .GroupBy(entry => entry.Log)
            .Select(log => new { Log = log.Key, Entries = log.LongCount(), First = log.Min(entry => entry.Number) })
            .ToDictionary(log => log.Log);
        var reports = db.StationEntries
            .Select(entry => new { entry.Log, entry.ReportId })
            .Distinct()
            .GroupBy(entry => entry.Log)
            .Select(log => new { Log = log.Key, Reports = log.LongCount() })
            .ToDictionary(log => log.Log, log => log.Reports);
        return Results.Ok(db.StationLogs.AsNoTracking().AsEnumerable().Select(log =>
        {
            var found = counted.GetValueOrDefault(log.Code);
            return new
            {
                log = log.Code,
                last = log.LastNumber,
                entries = found?.Entries ?? 0,
                distinctReports = reports.GetValueOrDefault(log.Code),
                first = found?.First ?? 0,
            };
        }).ToList());
    }
}
