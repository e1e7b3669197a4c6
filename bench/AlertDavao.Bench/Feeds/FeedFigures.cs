using AlertDavao.Bench.Commands;
using AlertDavao.Bench.Measure;

namespace AlertDavao.Bench.Feeds;

/// <param name="Count">Subscribers, evenly over the stations.</param>
/// <param name="Rate">Reports a second, evenly over the stations.</param>
/// <param name="WarmUp">At the same rate; its reports must arrive too, and their times do not count.</param>
internal sealed record FeedOptions(Incident[] Incidents, int Count, int Rate, TimeSpan WarmUp, TimeSpan Length);

/// <param name="Died">Subscribers whose stream the server ended.</param>
/// <param name="Expected">Reports times the subscribers of their stations.</param>
/// <param name="Counted">Deliveries after the warm-up; the times and the processors are theirs.</param>
/// <param name="ManagedKib">For each subscriber; of a server that tells its managed memory.</param>
/// <param name="ResidentBefore">The process's size with a subscriber at each station.</param>
/// <param name="ResidentAfter">With all of them.</param>
internal sealed record FeedFigures(
    int Died, int Expected, int Delivered, int Doubled, int Foreign, int Counted, Percentiles Times, Percentiles Posts, CpuUse Cpu,
    double OpenedPerSecond, double? ManagedKib, long ResidentBefore, long ResidentAfter, string[] Failures)
{
    public int Lost => Expected - Delivered;

    public double ServerMicrosecondsPerDelivery => Cpu.Server.TotalMicroseconds / Counted;

    public bool Ok => Counted > 0 && Lost == 0 && Doubled == 0 && Foreign == 0 && Died == 0 && Failures.Length == 0;
}
