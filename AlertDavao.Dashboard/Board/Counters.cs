namespace AlertDavao.Dashboard.Board;

/// <summary>The figures above the list; they come with the same picture as the rows.</summary>
internal readonly record struct Counters(int Unacknowledged, int Responding, int Today)
{
    public static Counters operator +(Counters a, Counters b)
        => new(a.Unacknowledged + b.Unacknowledged, a.Responding + b.Responding, a.Today + b.Today);

    public static Counters operator -(Counters a, Counters b)
        => new(a.Unacknowledged - b.Unacknowledged, a.Responding - b.Responding, a.Today - b.Today);

    /// <summary>What one row adds; nothing for a row that is not there.</summary>
    public static Counters Of(BoardRow? row, DateTimeOffset startOfDay) => row is null ? default : new(
        row.IsUnacknowledged ? 1 : 0,
        row.Status == Domain.Reports.ReportStatus.Responding ? 1 : 0,
        row.ReceivedAt >= startOfDay ? 1 : 0);
}
