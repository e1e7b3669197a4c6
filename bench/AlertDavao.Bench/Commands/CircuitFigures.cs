using AlertDavao.Bench.Measure;

namespace AlertDavao.Bench.Commands;

/// <summary>What opening and holding circuits found. Memory in KiB of the managed heap a circuit.</summary>
internal sealed record OpeningFigures(int Asked, int Opened, Percentiles Times, double PerSecond, int FewestRows, double? KibAtRest)
{
    public void Print()
    {
        Say.Figure("circuits opened / failed", $"{Opened} / {Asked - Opened}");
        Say.Figure("opening p50 / p95 / p99 ms", $"{Times.At(50):F1} / {Times.At(95):F1} / {Times.At(99):F1}");
        Say.Figure("openings a second", $"{PerSecond:F0}");
        Say.Figure("fewest rows of a board", $"{FewestRows}");
        if (KibAtRest is { } rest) Say.Figure("managed KiB per circuit, at rest", $"{rest:F1}");
    }
}

/// <summary>What reports past the circuits cost, and when they came. Times in milliseconds, shares in percent of all processors.</summary>
internal sealed record LoadFigures(double Rate, Delivered Delivered, int Refused, Percentiles Post)
{
    public required double ServerMicrosecondsPerDelivery { get; init; }

    public required double ServerShare { get; init; }

    public required double ClientShare { get; init; }

    /// <summary>Of the machine, in per cent: what the kernel and strangers did beside the two.</summary>
    public required double OthersShare { get; init; }

    public required double BytesPerDelivery { get; init; }

    public required double AllocatedPerDelivery { get; init; }

    public required double BatchesPerDelivery { get; init; }

    public required int Calls { get; init; }

    public required int Collections { get; init; }

    public required double PausedMs { get; init; }

    /// <summary>The generator's: what it stands still is in every latency.</summary>
    public required int OwnCollections { get; init; }

    /// <inheritdoc cref="OwnCollections"/>
    public required double OwnPausedMs { get; init; }

    public bool IsWhole => Delivered.IsWhole && Refused == 0;

    public void Print()
    {
        Say.Figure("reports a second", $"{Rate}");
        Say.Figure("deliveries due / came", $"{Delivered.Expected} / {Delivered.Came}");
        Say.Figure("lost / doubled / foreign", $"{Delivered.Lost} / {Delivered.Doubled} / {Delivered.Foreign}");
        Say.Figure("POST to received p50 / p99 / max", $"{Delivered.Latency.At(50):F1} / {Delivered.Latency.At(99):F1} / {Delivered.Latency.At(100):F1}");
        Say.Figure("POST to 201 p50 / p99 / max ms", $"{Post.At(50):F1} / {Post.At(99):F1} / {Post.At(100):F1}");
        Say.Figure("server CPU us per delivery", $"{ServerMicrosecondsPerDelivery:F1}");
        Say.Figure("CPU share, server/client/others %", $"{ServerShare:F1} / {ClientShare:F1} / {OthersShare:F1}");
        Say.Figure("bytes / allocated per delivery", $"{BytesPerDelivery:F0} / {AllocatedPerDelivery:F0}");
        Say.Figure("batches per delivery, script calls", $"{BatchesPerDelivery:F3}, {Calls}");
        Say.Figure("collections, paused ms", $"{Collections}, {PausedMs:F0}");
        Say.Figure("the generator's own", $"{OwnCollections}, {OwnPausedMs:F0}");
        if (Refused > 0) Say.Line($"FAILED: {Refused} reports were refused.");
    }
}
