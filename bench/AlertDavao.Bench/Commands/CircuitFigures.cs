using AlertDavao.Bench.Measure;

namespace AlertDavao.Bench.Commands;

/// <summary>What a run of circuits found. Times in milliseconds, memory in KiB of the managed heap a circuit unless said otherwise.</summary>
internal sealed record CircuitFigures
{
    public required int Asked { get; init; }

    public required int Opened { get; init; }

    public required int Died { get; init; }

    public required Percentiles Opening { get; init; }

    public required double OpeningsPerSecond { get; init; }

    public required int FewestRows { get; init; }

    public double? KibAtRest { get; init; }

    public double? KibAfterLoad { get; init; }

    /// <summary>Growth of the server's resident memory.</summary>
    public double RssKib { get; init; }

    /// <summary>Null when no reports were sent.</summary>
    public Delivered? Delivered { get; init; }

    public int Refused { get; init; }

    public Percentiles? Post { get; init; }

    public double ServerMicrosecondsPerDelivery { get; init; }

    /// <summary>Of both cores' time, in percent.</summary>
    public double ServerShare { get; init; }

    public double ClientShare { get; init; }

    public double BytesPerDelivery { get; init; }

    public double AllocatedPerDelivery { get; init; }

    public double BatchesPerDelivery { get; init; }

    public int Calls { get; init; }

    public int Collections { get; init; }

    public double PausedMs { get; init; }

    public required IReadOnlyCollection<string> Failures { get; init; }

    public bool IsWhole => Failures.Count == 0 && Opened == Asked && Died == 0 && Refused == 0 && Delivered is not { IsWhole: false };

    public void Print()
    {
        Say.Figure("circuits opened / failed / died", $"{Opened} / {Asked - Opened} / {Died}");
        Say.Figure("opening p50 / p95 / p99 ms", $"{Opening.At(50):F1} / {Opening.At(95):F1} / {Opening.At(99):F1}");
        Say.Figure("openings a second", $"{OpeningsPerSecond:F0}");
        Say.Figure("fewest rows of a board", $"{FewestRows}");
        if (Delivered is { } delivered) Print(delivered);
        if (KibAtRest is { } rest) Say.Figure("managed KiB per circuit, at rest", $"{rest:F1}");
        if (KibAfterLoad is { } load) Say.Figure("managed KiB per circuit, after load", $"{load:F1}");
        Say.Figure("RSS KiB per circuit", $"{RssKib:F0}");
        foreach (var failure in Failures.GroupBy(text => text).OrderByDescending(group => group.Count()).Take(5))
            Say.Line($"FAILED {failure.Count()}x: {failure.Key}");
    }

    private void Print(Delivered delivered)
    {
        Say.Figure("deliveries due / came", $"{delivered.Expected} / {delivered.Came}");
        Say.Figure("lost / doubled / foreign", $"{delivered.Lost} / {delivered.Doubled} / {delivered.Foreign}");
        Say.Figure("POST to received p50 / p99 / max", $"{delivered.Latency.At(50):F1} / {delivered.Latency.At(99):F1} / {delivered.Latency.At(100):F1}");
        Say.Figure("POST to 201 p50 / p99 / max ms", $"{Post!.At(50):F1} / {Post.At(99):F1} / {Post.At(100):F1}");
        Say.Figure("server CPU us per delivery", $"{ServerMicrosecondsPerDelivery:F1}");
        Say.Figure("CPU share, server / client %", $"{ServerShare:F0} / {ClientShare:F0}");
        Say.Figure("bytes / allocated per delivery", $"{BytesPerDelivery:F0} / {AllocatedPerDelivery:F0}");
        Say.Figure("batches per delivery, script calls", $"{BatchesPerDelivery:F3}, {Calls}");
        Say.Figure("collections, paused ms", $"{Collections}, {PausedMs:F0}");
    }
}
