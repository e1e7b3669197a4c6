using AlertDavao.Dashboard.Meters;

namespace AlertDavao.Dashboard.Operations;

/// <summary>One tile's measurements as they come, from any thread, and the value that is made of them each second.</summary>
internal sealed class Series(Gauge gauge)
{
    private const int Minute = 60;

    private readonly Lock _lock = new();
    private readonly Second[] _seconds = [.. Enumerable.Range(0, Minute).Select(_ => new Second())];
    private readonly Dictionary<string, double> _standing = new(StringComparer.Ordinal);
    private double? _before;
    private int _at;

    public Gauge Gauge => gauge;

    /// <summary>One measurement of the gauge's instrument.</summary>
    /// <param name="tag">The value of its one tag; empty where there is none.</param>
    /// <param name="isTotal">It is what stands, or all that was ever counted; else one more.</param>
    public void Add(double value, string tag, bool isTotal)
    {
        if (gauge.Tags is { } tags && !tags.Contains(tag))
            return;

        lock (_lock)
        {
            if (isTotal)
                _standing[tag] = value;
            else
                _seconds[_at].Add(value);
        }
    }

    /// <summary>Ends a second.</summary>
    /// <returns>Null while there is nothing to say.</returns>
    public double? Take()
    {
        lock (_lock)
        {
            var value = gauge.Reading switch
            {
                Reading.Level => _standing.Count == 0 ? null : _standing.Values.Sum(),
                Reading.PerSecond => Growth(),
                Reading.PerMinute => _seconds.Sum(second => second.Sum),
                Reading.Mean => Mean(),
                _ => P95(),
            };
            _standing.Clear();
            _at = (_at + 1) % Minute;
            _seconds[_at].Clear();
            return value;
        }
    }

    private double? Growth()
    {
        if (_standing.Count == 0)
            return null;
        var total = _standing.Values.Sum();
        var before = _before;
        _before = total;
        return before is null ? null : total - before;
    }

    private double? Mean()
    {
        var count = _seconds.Sum(second => second.Count);
        return count == 0 ? null : _seconds.Sum(second => second.Sum) / count;
    }

    // Within its bucket a value may stand anywhere: in proportion.
    private double? P95()
    {
        var count = _seconds.Sum(second => second.Count);
        if (count == 0)
            return null;

        var (rank, below) = (Math.Ceiling(count * .95), 0);
        for (var bucket = 0; ; bucket++)
        {
            var here = _seconds.Sum(second => second.Buckets[bucket]);
            if (below + here < rank)
            {
                below += here;
                continue;
            }

            if (bucket == LatencyBuckets.Bounds.Length)
                return LatencyBuckets.Middle(bucket).TotalSeconds;
            var from = bucket == 0 ? 0 : LatencyBuckets.InSeconds[bucket - 1];
            return from + (LatencyBuckets.InSeconds[bucket] - from) * (rank - below) / here;
        }
    }

    private sealed class Second
    {
        public int[] Buckets { get; } = new int[LatencyBuckets.Count];

        public int Count { get; private set; }

        public double Sum { get; private set; }

        public void Add(double value)
        {
            Count++;
            Sum += value;
            Buckets[LatencyBuckets.Of(TimeSpan.FromSeconds(Math.Min(value, int.MaxValue)))]++;
        }

        public void Clear()
        {
            (Count, Sum) = (0, 0);
            Array.Clear(Buckets);
        }
    }
}
