using System.Collections.Immutable;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// What one screen shows. Pure: a delta applied gives the next state, and nothing here reads a clock, a database or another
/// screen. The pictures inside are shared; only what differs per viewer is a screen's own.
/// </summary>
internal sealed record BoardState
{
    /// <summary>Rows that are not unacknowledged: shown at first, and how many more at a time.</summary>
    public const int OthersStep = 50;

    public static readonly BoardState Opening = new();

    /// <summary>The scope the picture was read under; null while the screen opens.</summary>
    public BoardScope? Scope { get; init; }

    public BoardPicture Picture { get; init; } = BoardPicture.Nothing;

    /// <summary>Where the screen began: what a log took in later is an arrival here.</summary>
    public Cursor OpenedAt { get; init; } = Cursor.Empty;

    public int Others { get; init; } = OthersStep;

    /// <summary>The arrivals of the last delta that had any, newest first, at most <see cref="BoardNews.MaxNamed"/>; shared.</summary>
    public ImmutableArray<BoardRow> Burst { get; init; } = [];

    /// <summary>How many arrivals that delta had.</summary>
    public int BurstSize { get; init; }

    /// <summary>Who watches; shared, at most two seconds old when it was drawn.</summary>
    public Watchers Watchers { get; init; } = Watchers.None;

    /// <summary>Which reports are open on somebody's screen, as <see cref="ViewedReports"/> says it; shared.</summary>
    public string Viewing { get; init; } = "";

    /// <summary>What this officer was told in person and has not read, newest first; shared by the officer's screens.</summary>
    public ImmutableArray<OfficerNotice> Notices { get; init; } = ImmutableArray<OfficerNotice>.Empty;

    /// <summary>The scope that the officer was moved to while this screen was open; null while it is the one it began with.</summary>
    public BoardScope? MovedTo { get; init; }

    /// <summary>The stations whose admin the viewer is and of which nobody would hear a report; as a person reads them.</summary>
    public string Muted { get; init; } = "";

    /// <summary>The stations that nobody is watching, for the city desk; as a person reads them.</summary>
    public string Unwatched { get; init; } = "";

    /// <summary>Nobody has touched the session's screens for long: rows say severity, title and barangay alone.</summary>
    public bool IsLocked { get; init; }

    public bool HasNoDuty => Scope is { IsEmpty: true };

    public bool IsFresh(BoardRow row) => row.Number >= FreshFrom(row.Log);

    /// <summary>The first number of the log that is an arrival here; none is of a log that the screen did not begin with.</summary>
    public long FreshFrom(string log) => OpenedAt.Knows(log) ? OpenedAt.Of(log) + 1 : long.MaxValue;

    /// <summary>The burst's highest report: the one a single line can name.</summary>
    public BoardRow? Foremost => Burst.IsEmpty ? null : Burst.MaxBy(row => row.Severity);

    /// <summary>The rows in order: every unacknowledged one held, and the first <see cref="Others"/> of the rest.</summary>
    public IEnumerable<BoardRow> Rows
    {
        get
        {
            var others = 0;
            foreach (var row in Picture.Rows)
            {
                if (row.IsUnacknowledged || ++others <= Others)
                    yield return row;
            }
        }
    }

    /// <summary>
    /// The highest severity that waits for an acknowledgement of this viewer's, and the highest level of those that wait; null
    /// when nothing does. The city desk is not every station's officer: it hears what no station owns, and what one did not take.
    /// </summary>
    public (Severity Severity, EscalationLevel Level)? Waiting
    {
        get
        {
            (Severity Severity, EscalationLevel Level)? most = null;
            foreach (var row in Picture.Rows)
            {
                if (!row.IsUnacknowledged || (Scope is { IsCityDesk: true } && row.Log != LogCode.City && row.Escalated < EscalationLevel.CityDesk))
                    continue;
                most = most is { } known
                    ? (known.Severity > row.Severity ? known.Severity : row.Severity, known.Level > row.Escalated ? known.Level : row.Escalated)
                    : (row.Severity, row.Escalated);
            }

            return most;
        }
    }

    /// <summary>How many rows that is.</summary>
    public int Shown => Picture.UnacknowledgedRows + Math.Min(Others, OtherRows);

    /// <summary>Whether "show more" would show more.</summary>
    public bool HasMore => Others < BoardPicture.MaxOthers && OtherRows > Others;

    private int OtherRows => Picture.Rows.Length - Picture.UnacknowledgedRows;

    public BoardState Apply(BoardDelta delta)
    {
        if (delta.Reset)
        {
            return this with
            {
                Scope = delta.Scope,
                Picture = delta.Picture,
                OpenedAt = Start(delta),
                Burst = delta.News.Burst,
                BurstSize = delta.News.BurstSize,
            };
        }

        return delta.News.BurstSize == 0
            ? this with { Picture = delta.Picture }
            : this with { Picture = delta.Picture, Burst = delta.News.Burst, BurstSize = delta.News.BurstSize };
    }

    public BoardState ShowMore() => this with { Others = Math.Min(Others + OthersStep, BoardPicture.MaxOthers) };

    // A page that was drawn a moment before its circuit began says where it was: what came in between is new here. So it is
    // for a screen that reads the same logs anew.
    private Cursor Start(BoardDelta delta)
    {
        var picture = delta.Picture;
        var isSame = Scope is null || Scope.Key == delta.Scope.Key;
        var drawn = isSame && OpenedAt.Epoch == picture.Epoch ? OpenedAt : Cursor.Empty;
        return Cursor.At(picture.Epoch, picture.Positions.Select(at =>
            KeyValuePair.Create(at.Log, drawn.Knows(at.Log) ? Math.Min(drawn.Of(at.Log), at.Number) : at.Number)));
    }
}
