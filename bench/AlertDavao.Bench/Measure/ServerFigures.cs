using System.Net;
using System.Net.Http.Json;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Measure;

/// <summary>Managed bytes after a forced collection, and how many circuits the server counts.</summary>
internal sealed record ServerMemory(long Managed, int Circuits);

/// <summary>What the server's process has used since it began: differences of two are a stretch's.</summary>
internal sealed record ServerUse(double CpuMs, long Allocated, int Collections, double PausedMs, long Rss, int Circuits);

/// <summary>One station's log: its highest and lowest number, its entries, and the reports in them.</summary>
internal sealed record StationLog(string Log, long Last, long Entries, long DistinctReports, long First);

/// <summary>What the server is; a Debug build's figures are none.</summary>
internal sealed record ServerFacts(bool Release, int Stations, int Processors, bool ServerGc, int ProcessId, bool MemoryTouched, string Framework);

/// <summary>What the server says of itself on /bench, which is there only under Bench:Enabled and only from loopback.</summary>
internal static class ServerFigures
{
    private const int Readings = 3;

    /// <summary>The lowest of three readings: what the collector has not yet got round to is not the circuits' memory.</summary>
    public static async Task<ServerMemory> MemoryAsync(LoopbackSite site, CancellationToken stop)
    {
        var lowest = await GetAsync<ServerMemory>(site, "bench/memory", stop);
        for (var i = 1; i < Readings; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, stop);
            var next = await GetAsync<ServerMemory>(site, "bench/memory", stop);
            if (next.Managed < lowest.Managed) lowest = next;
        }

        return lowest;
    }

    public static Task<ServerUse> UseAsync(LoopbackSite site, CancellationToken stop) => GetAsync<ServerUse>(site, "bench/figures", stop);

    public static async Task<Dictionary<string, StationLog>> LogsAsync(LoopbackSite site, CancellationToken stop)
    {
        var logs = await GetAsync<StationLog[]>(site, "bench/logs", stop);
        return logs.ToDictionary(log => log.Log, StringComparer.Ordinal);
    }

    public static Task<ServerFacts> FactsAsync(LoopbackSite site, CancellationToken stop) => GetAsync<ServerFacts>(site, "bench/facts", stop);

    private static async Task<T> GetAsync<T>(LoopbackSite site, string path, CancellationToken stop)
    {
        using var answer = await site.Http.GetAsync(new Uri(site.Root, path), stop);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new BenchException($"/{path} answered {(int)answer.StatusCode}: start the server with Bench__Enabled=true.");
        return await answer.Content.ReadFromJsonAsync<T>(stop) ?? throw new BenchException($"/{path} answered nothing.");
    }
}
