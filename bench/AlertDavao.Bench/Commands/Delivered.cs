using System.Diagnostics;
using AlertDavao.Bench.Circuits;
using AlertDavao.Bench.Measure;

namespace AlertDavao.Bench.Commands;

/// <summary>What became of the reports on the screens: each must be once on every screen of its station and on no other.</summary>
/// <param name="Latency">From the start of the post to the last byte of the batch, in milliseconds.</param>
internal sealed record Delivered(int Expected, int Came, int Lost, int Doubled, int Foreign, Percentiles Latency)
{
    public bool IsWhole => Lost == 0 && Doubled == 0 && Foreign == 0 && Expected > 0;

    /// <param name="all">Every report of the run: what comes late is nobody else's.</param>
    /// <param name="counted">Those of the stretch that is measured.</param>
    public static Delivered Of(IEnumerable<Screen> screens, IReadOnlyCollection<Posted> all, IReadOnlyCollection<Posted> counted)
    {
        var known = all.Where(one => one.Station is not null).ToDictionary(one => one.Report);
        var measured = counted.Where(one => one.Station is not null).ToDictionary(one => one.Report);
        var perStation = measured.Values.CountBy(one => one.Station!).ToDictionary(StringComparer.Ordinal);
        int expected = 0, came = 0, doubled = 0, foreign = 0, missing = 0;
        var times = new List<double>();
        foreach (var screen in screens)
        {
            var due = perStation.GetValueOrDefault(screen.Station);
            var seen = new HashSet<Guid>();
            var counts = 0;
            foreach (var (report, at) in screen.Arrivals)
            {
                if (!known.TryGetValue(report, out var post) || post.Station != screen.Station) foreign++;
                else if (!seen.Add(report)) doubled++;
                else if (measured.ContainsKey(report))
                {
                    counts++;
                    times.Add(Stopwatch.GetElapsedTime(post.Started, at).TotalMilliseconds);
                }
            }

            expected += due;
            came += counts;
            missing += due - counts;
        }

        return new(expected, came, missing, doubled, foreign, new Percentiles(times));
    }
}
