using System.Collections.Concurrent;
using System.Globalization;

namespace AlertDavao.Dashboard.Board;

/// <summary>The words that every draw of a board says, looked up once a language: a screen that draws looks nothing up.</summary>
internal sealed record BoardWords
{
    private static readonly ConcurrentDictionary<CultureInfo, BoardWords> Made = new();

    /// <summary>In the language of who asks; a circuit keeps the one it began with.</summary>
    public static BoardWords Here => Made.GetOrAdd(CultureInfo.CurrentUICulture, static _ => new());

    public string AtDesk { get; } = BoardTexts.AtDesk;

    public string ClaimedByYou { get; } = BoardTexts.ClaimedByYou;

    public string Counters { get; } = BoardTexts.Counters;

    public string Mine { get; } = BoardTexts.Mine;

    public string NothingWaits { get; } = BoardTexts.NothingWaits;

    public string OfficersOut { get; } = BoardTexts.OfficersOut;

    public string Oldest { get; } = BoardTexts.Oldest;

    public string OrderOfList { get; } = BoardTexts.OrderOfList;

    public string Reports { get; } = BoardTexts.Reports;

    public string ReportsNewestFirst { get; } = BoardTexts.ReportsNewestFirst;

    public string Responding { get; } = BoardTexts.Responding;

    public string ShowMore { get; } = BoardTexts.ShowMore;

    public string SinceMidnight { get; } = BoardTexts.SinceMidnight;

    public string Today { get; } = BoardTexts.Today;

    public string Unacknowledged { get; } = BoardTexts.Unacknowledged;

    public string Watching { get; } = BoardTexts.Watching;
}
