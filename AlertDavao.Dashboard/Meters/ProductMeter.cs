using System.Diagnostics.Metrics;

namespace AlertDavao.Dashboard.Meters;

/// <summary>
/// The product's own meter. What happens is counted here by whoever does it; what stands (a queue, the screens that are open)
/// is read where it stands, by whoever asks. No tag is anything but one of a few words written in the source.
/// </summary>
internal sealed class ProductMeter
{
    public const string Name = "AlertDavao";

    public const string Circuits = "alertdavao.circuits";
    public const string Subscribers = "alertdavao.subscribers";
    public const string DeliveriesMade = "alertdavao.deliveries";
    public const string CommitToPainted = "alertdavao.commit_to_painted";
    public const string FeedLag = "alertdavao.feed.lag";
    public const string CommitToFanOut = "alertdavao.feed.commit_to_fanout";
    public const string WriterQueue = "alertdavao.writer.queue";
    public const string WriterGroup = "alertdavao.writer.group";
    public const string WriterCommit = "alertdavao.writer.commit";
    public const string Intake = "alertdavao.intake";
    public const string IntakeDuration = "alertdavao.intake.duration";
    public const string WalBytes = "alertdavao.wal.bytes";

    /// <summary>The tag of <see cref="Subscribers"/> and <see cref="DeliveriesMade"/>: a screen, or a feed.</summary>
    public const string Kind = "kind";

    public const string Screen = "screen";
    public const string Feed = "feed";

    private readonly Histogram<double> _commitToPainted;
    private readonly Histogram<double> _commitToFanOut;
    private readonly Histogram<int> _group;
    private readonly Histogram<double> _commit;
    private readonly Counter<long> _intake;
    private readonly Histogram<double> _intakeDuration;

    public ProductMeter(IMeterFactory factory)
    {
        // The factory's, as everything made of it: it goes when the program does.
        Meter = factory.Create(Name);
        Meter.CreateObservableCounter(DeliveriesMade, Deliveries.Observe, "{update}", "Updates delivered, each to one screen or feed.");
        _commitToPainted = Durations(CommitToPainted, "From an entry's commit to the screen that painted it, as browsers say.");
        _commitToFanOut = Durations(CommitToFanOut, "From an entry's commit to the tail that all screens read.");
        _group = Meter.CreateHistogram<int>(WriterGroup, "{unit}", "Units of work in one transaction.", null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
        _commit = Durations(WriterCommit, "How long a transaction's commit waited for the disk.");
        _intake = Meter.CreateCounter<long>(Intake, "{request}", "Requests to file a report, by how they ended.");
        _intakeDuration = Durations(IntakeDuration, "From the arrival of an accepted report's POST until it is on the disk.");
    }

    public Meter Meter { get; }

    public Deliveries Deliveries { get; } = new();

    /// <summary>Something that stands, read when somebody asks; called by several threads.</summary>
    public void Watch(string name, string unit, string description, Func<long> now) => Meter.CreateObservableGauge(name, now, unit, description);

    /// <summary>So many arrivals were painted so long after their commit.</summary>
    public void Painted(TimeSpan latency, int count)
    {
        for (; count > 0; count--)
            _commitToPainted.Record(latency.TotalSeconds);
    }

    public void FannedOut(TimeSpan sinceCommit) => _commitToFanOut.Record(sinceCommit.TotalSeconds);

    /// <param name="commit">What the commit alone took.</param>
    public void Written(int units, TimeSpan commit)
    {
        _group.Record(units);
        _commit.Record(commit.TotalSeconds);
    }

    /// <param name="outcome">One of <see cref="IntakeOutcomes"/>.</param>
    /// <param name="sinceArrival">Of its headers.</param>
    public void Asked(string outcome, TimeSpan sinceArrival)
    {
        _intake.Add(1, new KeyValuePair<string, object?>(IntakeOutcomes.Tag, outcome));
        if (outcome == IntakeOutcomes.Accepted)
            _intakeDuration.Record(sinceArrival.TotalSeconds);
    }

    private Histogram<double> Durations(string name, string description) => Meter.CreateHistogram<double>(
        name, "s", description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = LatencyBuckets.InSeconds });
}
