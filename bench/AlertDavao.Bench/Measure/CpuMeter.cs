using System.Diagnostics;
using System.Globalization;
using AlertDavao.Bench.Processes;

namespace AlertDavao.Bench.Measure;

/// <summary>What of the machine's processors went where in a span of time; in processors, so that 2 is all of two.</summary>
internal sealed record CpuUse(TimeSpan Wall, TimeSpan Server, TimeSpan Client, TimeSpan Machine)
{
    public double ServerCores => Server / Wall;

    public double ClientCores => Client / Wall;

    /// <summary>The part of the machine's busy time that server and generator explain; the rest was somebody else.</summary>
    public double Explained => (Server + Client) / Machine;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{ServerCores:F2} / {ClientCores:F2} of {Environment.ProcessorCount}, {Explained:P0} of the busy time");
}

internal sealed class CpuMeter(ServerProcess server)
{
    // Linux counts in hundredths of a second, on every machine that .NET runs on.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _server = server.CpuTime();
    private readonly TimeSpan _client = Environment.CpuUsage.TotalTime;
    private readonly TimeSpan _machine = Busy();

    public CpuUse Read() => new(
        Stopwatch.GetElapsedTime(_started), server.CpuTime() - _server, Environment.CpuUsage.TotalTime - _client, Busy() - _machine);

    /// <summary>Everything but idle and waiting for the disk, since the start of the machine.</summary>
    public static TimeSpan Busy()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // cpu user nice system idle iowait irq softirq steal; what guests use is in the first two.
        return fields[1..8].Where((_, at) => at is not (3 or 4)).Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) * Tick;
    }
}
