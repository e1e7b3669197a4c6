using System.Diagnostics;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <summary>Opens and holds circuits, and divides what the server's managed memory grew by through their number.</summary>
internal static class CircuitsCommand
{
    /// <summary>These stay open: code, pools and caches that the first screens bring are not what one more screen costs.</summary>
    private const int WarmUp = 20;

    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        using var site = new LoopbackSite(line.Required("url"));
        var count = line.Number("count", 300, 1, 20_000);
        var limit = line.Number("limit-kib", 200, 1, 100_000);
        var hold = TimeSpan.FromSeconds(line.Number("hold-seconds", 12, 0, 3600));
        var withMemory = !line.Has("no-memory");

        var sessions = await SignInAsync(site, line, WarmUp + count, stop);
        await using var set = new CircuitSet(
            sessions, line.Text("page", "/"), line.Number("rows", 1, 0, 1000), line.Number("parallel", 8, 1, 64));

        await set.OpenAsync(WarmUp, stop);
        ThrowIfNothingOpens(set);
        var before = withMemory ? await ServerFigures.MemoryAsync(site, stop) : null;
        var (batchesBefore, bytesBefore) = Received(set);

        var started = Stopwatch.GetTimestamp();
        var opened = await set.OpenAsync(count, stop);
        var took = Stopwatch.GetElapsedTime(started);

        await Task.Delay(hold, TimeProvider.System, stop);
        var died = set.Circuits.Where(circuit => circuit.Fault is not null).ToArray();
        foreach (var circuit in died) set.Failures.Enqueue(circuit.Fault!);

        var times = new Percentiles(opened.Select(one => one.Milliseconds));
        var (batches, bytes) = Received(set);
        Say.Figure("circuits opened / failed / died", $"{opened.Length} / {count - opened.Length} / {died.Length}");
        Say.Figure("opening p50 / p95 / p99 ms", $"{times.At(50):F1} / {times.At(95):F1} / {times.At(99):F1}");
        Say.Figure("openings a second", $"{opened.Length / took.TotalSeconds:F0}");
        Say.Figure("rows drawn, fewest / most", $"{opened.Min(one => one.Rows, 0)} / {opened.Max(one => one.Rows, 0)}");
        Say.Figure("batches received, KiB", $"{batches - batchesBefore}, {(bytes - bytesBefore) / 1024.0:F0}");

        Say.Figure("generator's own working set MiB", $"{Environment.WorkingSet / 1048576.0:F0}");

        var ok = set.Failures.IsEmpty && opened.Length == count;
        foreach (var failure in set.Failures.GroupBy(text => text).OrderByDescending(group => group.Count()).Take(5))
            Say.Line($"FAILED {failure.Count()}x: {failure.Key}");

        // Last, so that the figures above are there even when the server is not any more.
        if (before is null) return ok ? 0 : 1;
        return IsWithin(limit, before, await ServerFigures.MemoryAsync(site, stop), count) && ok ? 0 : 1;
    }

    private static async Task<SiteSession[]> SignInAsync(LoopbackSite site, CommandLine line, int circuits, CancellationToken stop)
    {
        if (line.Has("anonymous")) return [new SiteSession(site)];

        var perAccount = line.Number("per-account", 5, 1, 1000);
        var accounts = (circuits + perAccount - 1) / perAccount;
        Say.Figure("accounts (officers per station)", $"{accounts} ({OfficerAccounts.PerStation(accounts)})");
        return await OfficerAccounts.SignInAsync(site, accounts, line.Text("password", "Davao-demo-2026!"), stop);
    }

    private static void ThrowIfNothingOpens(CircuitSet set)
    {
        if (set.Failures.TryPeek(out var failure)) throw new BenchException($"A warm-up circuit did not open: {failure}");
    }

    private static (long Batches, long Bytes) Received(CircuitSet set) =>
        (set.Circuits.Sum(circuit => (long)circuit.Batches), set.Circuits.Sum(circuit => circuit.BatchBytes));

    private static int Min(this Opened[] opened, Func<Opened, int> of, int none) => opened.Length == 0 ? none : Enumerable.Min(opened, of);

    private static int Max(this Opened[] opened, Func<Opened, int> of, int none) => opened.Length == 0 ? none : Enumerable.Max(opened, of);

    private static bool IsWithin(int limit, ServerMemory before, ServerMemory after, int count)
    {
        var kib = (after.Managed - before.Managed) / 1024.0 / count;
        var more = after.Circuits - before.Circuits;
        Say.Figure("managed MiB before / after", $"{before.Managed / 1048576.0:F1} / {after.Managed / 1048576.0:F1}");
        Say.Figure("circuits the server counts", $"{before.Circuits} -> {after.Circuits}");
        Say.Figure("managed KiB per circuit (limit)", $"{kib:F1} ({limit})");
        if (more != count) Say.Line($"FAILED: the server counts {more} circuits more, not {count}: the figure above is not one circuit's.");
        if (kib > limit) Say.Line($"FAILED: more than {limit} KiB per circuit.");
        return more == count && kib <= limit;
    }
}
