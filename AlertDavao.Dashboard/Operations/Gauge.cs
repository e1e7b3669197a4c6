using AlertDavao.Dashboard.Meters;

namespace AlertDavao.Dashboard.Operations;

/// <summary>How a tile's value is made of what a meter says.</summary>
internal enum Reading
{
    /// <summary>What stands now.</summary>
    Level,

    /// <summary>How much was counted in the last second.</summary>
    PerSecond,

    /// <summary>How much was counted in the last minute.</summary>
    PerMinute,

    /// <summary>Of the last minute's values, in seconds, the one that 95 of 100 do not exceed.</summary>
    P95,

    /// <summary>The mean of the last minute's values.</summary>
    Mean,
}

/// <summary>A tile of the page: what it reads, and from where on it is a matter for somebody.</summary>
/// <param name="Id">Of the tile on the page.</param>
/// <param name="Tags">Of the instrument's measurements these, by their one tag; null for all.</param>
/// <param name="AlarmAbove">In the instrument's unit; null where no value is bad in itself.</param>
internal sealed record Gauge(string Id, string Title, string About, string Instrument, Reading Reading, string[]? Tags = null, double? AlarmAbove = null)
{
    private const double WalAlarm = 64 * 1024 * 1024;

    /// <summary>In the order of the page: what an officer sees, how it comes there, what is stored.</summary>
    public static IReadOnlyList<Gauge> All { get; } =
    [
        new("painted", OperationsTexts.Painted, OperationsTexts.PaintedAbout, ProductMeter.CommitToPainted, Reading.P95, AlarmAbove: 1),
        new("screens", OperationsTexts.Screens, OperationsTexts.ScreensAbout, ProductMeter.Subscribers, Reading.Level, [ProductMeter.Screen]),
        new("feeds", OperationsTexts.Feeds, OperationsTexts.FeedsAbout, ProductMeter.Subscribers, Reading.Level, [ProductMeter.Feed]),
        new("circuits", OperationsTexts.Circuits, OperationsTexts.CircuitsAbout, ProductMeter.Circuits, Reading.Level),
        new("deliveries", OperationsTexts.Deliveries, OperationsTexts.DeliveriesAbout, ProductMeter.DeliveriesMade, Reading.PerSecond),
        new("lag", OperationsTexts.Lag, OperationsTexts.LagAbout, ProductMeter.FeedLag, Reading.Level, AlarmAbove: 50),
        new("fanout", OperationsTexts.FanOut, OperationsTexts.FanOutAbout, ProductMeter.CommitToFanOut, Reading.P95, AlarmAbove: 1),
        new("accepted", OperationsTexts.Accepted, OperationsTexts.AcceptedAbout, ProductMeter.Intake, Reading.PerMinute, [IntakeOutcomes.Accepted]),
        new("refused", OperationsTexts.Refused, OperationsTexts.RefusedAbout, ProductMeter.Intake, Reading.PerMinute,
            [IntakeOutcomes.Invalid, IntakeOutcomes.Unauthorised, IntakeOutcomes.Limited]),
        new("failed", OperationsTexts.Failed, OperationsTexts.FailedAbout, ProductMeter.Intake, Reading.PerMinute,
            [IntakeOutcomes.Busy, IntakeOutcomes.Failed], AlarmAbove: 0),
        new("intake", OperationsTexts.Intake, OperationsTexts.IntakeAbout, ProductMeter.IntakeDuration, Reading.P95, AlarmAbove: 1),
        new("queue", OperationsTexts.Queue, OperationsTexts.QueueAbout, ProductMeter.WriterQueue, Reading.Level, AlarmAbove: 1000),
        new("group", OperationsTexts.Group, OperationsTexts.GroupAbout, ProductMeter.WriterGroup, Reading.Mean),
        new("commit", OperationsTexts.Commit, OperationsTexts.CommitAbout, ProductMeter.WriterCommit, Reading.P95, AlarmAbove: .2),
        new("wal", OperationsTexts.Wal, OperationsTexts.WalAbout, ProductMeter.WalBytes, Reading.Level, AlarmAbove: WalAlarm),
    ];
}
