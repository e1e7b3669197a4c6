using System.Globalization;
using AlertDavao.Domain.Geography;

namespace AlertDavao.Dashboard.Board;

/// <summary>What a picture says in figures, as texts: a screen that draws formats nothing.</summary>
internal sealed record BoardFigures
{
    /// <summary>Whose words and digits they are.</summary>
    public required CultureInfo Culture { get; init; }

    /// <summary>Up to where the board is complete.</summary>
    public required string Complete { get; init; }

    /// <summary>The same where there is little room.</summary>
    public required string CompleteShort { get; init; }

    /// <summary>Whether there is a report that nobody has acknowledged.</summary>
    public required bool HasUnacknowledged { get; init; }

    /// <summary>Reports that nobody has acknowledged, however old.</summary>
    public required string Unacknowledged { get; init; }

    /// <summary>When the oldest unacknowledged report came in, unix milliseconds; null when none waits.</summary>
    public required string? Oldest { get; init; }

    /// <summary>Reports that officers are on their way to.</summary>
    public required string Responding { get; init; }

    /// <summary>Received since the Manila midnight.</summary>
    public required string Today { get; init; }

    public static BoardFigures Of(BoardPicture picture)
    {
        var logs = picture.Positions;
        var at = ManilaTime.Of(picture.At).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        object number = logs.Length == 1 ? logs[0].Number.ToString("N0", CultureInfo.CurrentCulture) : logs.Length;
        var counters = picture.Counters;
        return new()
        {
            Culture = CultureInfo.CurrentCulture,
            Complete = Text(logs.Length == 1 ? BoardTexts.CompleteOne : BoardTexts.CompleteAll, number, at),
            CompleteShort = Text(logs.Length == 1 ? BoardTexts.CompleteOneShort : BoardTexts.CompleteAllShort, number, at),
            HasUnacknowledged = counters.Unacknowledged > 0,
            Unacknowledged = Text(counters.Unacknowledged),
            Oldest = picture.OldestUnacknowledged?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            Responding = Text(counters.Responding),
            Today = Text(counters.Today),
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.CurrentCulture);

    private static string Text(string words, object number, string at) => string.Format(CultureInfo.CurrentCulture, words, number, at);
}
