using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using AlertDavao.Bench.Circuits;
using AlertDavao.Bench.Measure;

namespace AlertDavao.Bench.Commands;

/// <param name="Opened">Milliseconds from the drop until the screen had its circuit again.</param>
/// <param name="Back">The same until it had every report too.</param>
/// <param name="Meanwhile">What was posted while nobody was there.</param>
internal sealed record StormFigures(
    int Dropped, int Resumed, int Reopened, int Failed, Percentiles Opened, Percentiles Back, Posted[] Meanwhile, int Lost, int Doubled, int Foreign)
{
    public bool IsWhole => Failed == 0 && Lost == 0 && Doubled == 0 && Foreign == 0;

    public void Print()
    {
        Say.Figure("dropped, resumed / reopened / failed", $"{Dropped}, {Resumed} / {Reopened} / {Failed}");
        Say.Figure("circuit again p50 / p99 / max s", $"{Opened.At(50) / 1000:F1} / {Opened.At(99) / 1000:F1} / {Opened.At(100) / 1000:F1}");
        Say.Figure("posts meanwhile, tries / s at most", $"{Meanwhile.Length}, {Meanwhile.Max(post => post.Retries) + 1} / {Meanwhile.Max(post => post.Milliseconds) / 1000:F1}");
        Say.Figure("back and complete p50 / p99 / max s", $"{Back.At(50) / 1000:F1} / {Back.At(99) / 1000:F1} / {Back.At(100) / 1000:F1}");
        Say.Figure("lost / doubled / foreign", $"{Lost} / {Doubled} / {Foreign}");
    }
}

/// <summary>
/// Every connection goes at once, reports go on, and every page comes back as its script does: after 2.5 to 3.5 s, again as
/// long as it is not let in, to its circuit where the server still has it, else by loading the page anew.
/// </summary>
internal sealed class StormRun(CircuitRun run)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private int _resumed;
    private int _reopened;

    public int Resumed => _resumed;

    public int Reopened => _reopened;

    /// <param name="meanwhile">What happens to the server while nobody is there.</param>
    public async Task<StormFigures> RunAsync(double rate, CancellationToken stop, Func<CancellationToken, Task>? meanwhile = null)
    {
        var circuits = run.Set.Circuits.Where(circuit => circuit.Fault is null).ToArray();
        var (opened, back) = (new ConcurrentBag<double>(), new ConcurrentBag<double>());
        var dropped = Stopwatch.GetTimestamp();
        foreach (var circuit in circuits) circuit.Drop();

        // Of the time in which nobody was there.
        var during = run.SendOnlyAsync(rate, TimeSpan.FromSeconds(2), stop);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Limit);
        var happening = meanwhile?.Invoke(stop) ?? Task.CompletedTask;
        var returns = circuits.Select(circuit => ReturnAsync(circuit, during, dropped, opened, back, limit.Token)).ToArray();
        await Task.WhenAll([happening, .. returns]);
        var missed = await during;

        var last = await run.SendAsync(rate, TimeSpan.FromSeconds(3), stop);
        var delivered = Delivered.Of(run.Set.Screens, run.Posted, [.. missed, .. last]);
        return new(circuits.Length, _resumed, _reopened, circuits.Length - back.Count, new Percentiles(opened), new Percentiles(back), missed, delivered.Lost, delivered.Doubled, delivered.Foreign);
    }

    private async Task ReturnAsync(CircuitClient circuit, Task<Posted[]> during, long dropped, ConcurrentBag<double> opened, ConcurrentBag<double> back, CancellationToken stop)
    {
        var screen = (Screen)circuit.Tag!;
        try
        {
            await ReturnAsync(circuit, dropped, stop);
            opened.Add(Stopwatch.GetElapsedTime(dropped).TotalMilliseconds);
            var missed = await during.WaitAsync(stop);
            await screen.Has(missed.Where(one => one.Station == screen.Station).Select(one => one.Report)).WaitAsync(stop);
            back.Add(Stopwatch.GetElapsedTime(dropped).TotalMilliseconds);
        }
        catch (OperationCanceledException)
        {
            // It has not come back: counted as failed.
        }
    }

    /// <summary>Comes back some seconds after the drop, however often it has to try.</summary>
    public async Task ReturnAsync(CircuitClient circuit, long dropped, CancellationToken stop)
    {
        var wait = Jitter() - Stopwatch.GetElapsedTime(dropped);
        do
        {
            if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System, stop);
            wait = Jitter();
        }
        while (!await TryAsync(circuit, stop));
    }

    private static TimeSpan Jitter() => TimeSpan.FromMilliseconds(2500 + Random.Shared.Next(1000));

    private async Task<bool> TryAsync(CircuitClient circuit, CancellationToken stop)
    {
        try
        {
            if (await circuit.ReturnAsync(stop))
            {
                Interlocked.Increment(ref _resumed);
                return true;
            }

            if (!await run.Set.ReopenAsync(circuit, stop)) return false;
            Interlocked.Increment(ref _reopened);
            return true;
        }
        catch (Exception refused) when (refused is SocketException or ObjectDisposedException or HttpRequestException or BenchException)
        {
            return false;
        }
    }
}
