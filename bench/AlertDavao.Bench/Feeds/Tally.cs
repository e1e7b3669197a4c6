using System.Diagnostics;

namespace AlertDavao.Bench.Feeds;

/// <summary>Which report was sent when, and what of it came where. Report n is of station n modulo their number.</summary>
/// <param name="counted">The first report whose times count.</param>
/// <param name="streams">Subscribers, evenly over the stations.</param>
internal sealed class Tally(int stations, int reports, int counted, int streams)
{
    private readonly long[] _sentAt = new long[reports];
    private readonly float[] _times = new float[(long)streams * PerStation(reports, stations)];
    private int _timed;
    private int _delivered;
    private int _doubled;
    private int _foreign;

    public Marker Marker { get; } = new();

    public int Delivered => Volatile.Read(ref _delivered);

    public int Doubled => Volatile.Read(ref _doubled);

    /// <summary>Came to a subscriber of another station.</summary>
    public int Foreign => Volatile.Read(ref _foreign);

    /// <summary>What must come when every report was accepted.</summary>
    public int Expected => ExpectedOf(reports);

    public IEnumerable<double> Milliseconds => _times.Take(Volatile.Read(ref _timed)).Select(time => (double)time);

    public int Timed => Volatile.Read(ref _timed);

    /// <summary>The same of the first reports alone.</summary>
    public int ExpectedOf(int first) => Enumerable.Range(0, first).Sum(report => ((streams - 1 - (report % stations) + stations) / stations));

    public void Sent(int report) => Volatile.Write(ref _sentAt[report], Stopwatch.GetTimestamp());

    /// <summary>What a subscriber remembers of the reports of its station: a bit each.</summary>
    public ulong[] NewSeen() => new ulong[(PerStation(reports, stations) + 63) / 64];

    public void Received(int report, int station, ulong[] seen)
    {
        var (word, bit) = (report / stations / 64, 1UL << (report / stations % 64));
        if (report % stations != station)
        {
            Interlocked.Increment(ref _foreign);
        }
        else if ((seen[word] & bit) != 0)
        {
            Interlocked.Increment(ref _doubled);
        }
        else
        {
            seen[word] |= bit;
            if (report >= counted)
                _times[Interlocked.Increment(ref _timed) - 1] = (float)Stopwatch.GetElapsedTime(Volatile.Read(ref _sentAt[report])).TotalMilliseconds;
            Interlocked.Increment(ref _delivered);
        }
    }

    private static int PerStation(int reports, int stations) => (reports + stations - 1) / stations;
}
