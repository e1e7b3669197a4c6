using System.Collections.Immutable;
using AlertDavao.Dashboard.Board;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Posting = AlertDavao.Domain.Officers.Duty;

namespace AlertDavao.Tests.Board;

/// <summary>Rows, pictures and deltas without a database.</summary>
internal static class Rows
{
    public const long Epoch = 77;

    public static readonly DateTimeOffset Noon = new(2024, 6, 7, 4, 0, 0, TimeSpan.Zero);

    /// <summary>A row that was received <paramref name="number"/> seconds after noon.</summary>
    public static BoardRow Row(
        long number, ReportStatus status = ReportStatus.Received, Severity severity = Severity.Low, string log = "PS1", int version = 1)
        => new()
        {
            Id = new Guid((int)number, (short)LogCode.Order.Compare(log, "PS1"), 0, [.. log.PadRight(8).Select(letter => (byte)letter)]),
            Version = version,
            Log = log,
            Number = number,
            Committed = Noon.AddSeconds(number).ToUnixTimeMilliseconds(),
            TrackingCode = "DVO-7K3M-92QX",
            Title = $"Report {number}",
            CrimeTypes = ["Theft"],
            Severity = severity,
            Status = status,
            Barangay = "Eden",
            ReceivedAt = Noon.AddSeconds(number),
        };

    public static IEnumerable<BoardRow> Many(int first, int count, ReportStatus status = ReportStatus.Received, Severity severity = Severity.Low)
        => Enumerable.Range(first, count).Select(number => Row(number, status, severity));

    public static BoardPicture Picture(params IEnumerable<BoardRow> rows) => Picture("PS1", rows);

    public static BoardPicture Picture(string log, IEnumerable<BoardRow> rows, BoardPicture? before = null)
    {
        var all = rows.ToList();
        var kept = BoardPicture.Keep([.. all]);
        before ??= BoardPicture.Nothing;
        var places = BoardPlaces.Of(kept, before);
        return new()
        {
            Epoch = Epoch,
            Positions = [new(log, all.Select(row => row.Number).DefaultIfEmpty().Max())],
            Rows = kept,
            Places = places,
            Blocks = RowBlock.Of(kept, places, before.Blocks),
            Entries = [.. all.OrderBy(row => row.Number).TakeLast(BoardPicture.MaxEntries).Select(row => Entry(row))],
            Counters = all.Aggregate(default(Counters), (sum, row) => sum + Counters.Of(row, Noon)),
            At = Noon,
            StartOfDay = Noon,
        };
    }

    public static BoardEntry Entry(BoardRow row, EntryKind kind = EntryKind.Arrived, long? number = null)
        => new(row.Log, number ?? row.Number, kind, row.ReceivedAt, row.Id, kind == EntryKind.Left ? null : row);

    /// <summary>The picture with more rows, and the entries that say so.</summary>
    public static BoardDelta Arrive(BoardState state, params BoardRow[] rows)
        => new(state.Scope!, Picture("PS1", [.. state.Picture.Rows, .. rows], state.Picture), false, [.. rows.Select(row => Entry(row))]);

    public static BoardDelta Reset(BoardScope scope, BoardPicture picture) => new(scope, picture, true, []);

    /// <summary>What a screen shows that opened on these rows of PS1.</summary>
    public static BoardState Opened(params IEnumerable<BoardRow> rows) => BoardState.Opening.Apply(Reset(Scope("PS1"), Picture(rows)));

    /// <summary>The scope of an officer who serves at these logs.</summary>
    public static BoardScope Scope(params string[] logs)
    {
        var officer = new Officer(Guid.NewGuid(), "R. Santos");
        var duties = logs.Select(log => new Posting(Guid.NewGuid(), officer.Id, log, RoleAt(log), Noon, null)).ToList();
        return BoardScope.For(officer, duties, logs, Noon);
    }

    public static DutyRole RoleAt(string log) => log == LogCode.City ? DutyRole.CityDesk : DutyRole.Officer;

    public static ImmutableArray<long> Numbers(IEnumerable<BoardRow> rows) => [.. rows.Select(row => row.Number)];
}
