namespace AlertDavao.Dashboard.Meters;

/// <summary>The one list of bounds of all durations: of the histograms here, and of what a screen counts before it says so.</summary>
internal static class LatencyBuckets
{
    /// <summary>Milliseconds, upward; a duration belongs to the first bound it does not exceed, and past the last one to a bucket more.</summary>
    public static readonly int[] Bounds = [1, 2, 5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000];

    public static readonly double[] InSeconds = [.. Bounds.Select(bound => bound / 1000d)];

    /// <summary>How many counts there are.</summary>
    public static int Count => Bounds.Length + 1;

    /// <summary>The bucket of a duration.</summary>
    public static int Of(TimeSpan duration)
    {
        var at = Array.BinarySearch(InSeconds, duration.TotalSeconds);
        return at < 0 ? ~at : at;
    }

    /// <summary>What a count of that bucket stands for: its middle, and half as much again as the last bound beyond it.</summary>
    public static TimeSpan Middle(int bucket) => TimeSpan.FromMilliseconds(
        bucket == Bounds.Length ? Bounds[^1] * 1.5 : (Bounds[bucket] + (bucket == 0 ? 0 : Bounds[bucket - 1])) / 2d);
}
