using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.Components.Rendering;

namespace AlertDavao.Dashboard.Board;

/// <summary>
/// A row: built and encoded once a report and version and shared by every screen. The one place of the product
/// that writes markup; every value of a report goes through <see cref="Text"/>, and the attack corpus runs on this class.
/// </summary>
internal static class RowMarkup
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Default;

    /// <summary>Draws the list, a component a block that shows a row; a block's place is its sequence number, which the renderer compares in order.</summary>
    /// <param name="look">What a screen's blocks have in common: another text has all of them drawn anew.</param>
    [SuppressMessage("Usage", "ASP0006", Justification = "A sequence number is a block's own here, not a line's of the source.")]
    public static void List(RenderTreeBuilder builder, BoardState state, string look)
    {
        var left = state.Others;
        foreach (var block in state.Picture.Blocks)
        {
            var others = Math.Min(left, block.Others);
            left -= others;
            if (others == 0 && block.Others == block.Rows.Length)
                continue;
            builder.OpenComponent<RowsBlock>(block.Place);
            builder.AddComponentParameter(0, nameof(RowsBlock.Stamp), block.Stamp);
            builder.AddComponentParameter(1, nameof(RowsBlock.Look), others == block.Others ? look : string.Create(CultureInfo.InvariantCulture, $"{look} {others}"));
            builder.CloseComponent();
        }
    }

    /// <summary>
    /// Draws the rows of a block: one frame a row, where a row of elements and attributes would be eight, kept twice a screen. A row's
    /// place is its sequence number, too.
    /// </summary>
    /// <param name="stamp">Of a block of the state's picture; any other has no rows.</param>
    public static void Rows(RenderTreeBuilder builder, BoardState state, string stamp)
    {
        var left = state.Others;
        foreach (var block in state.Picture.Blocks)
        {
            if (block.Stamp == stamp)
            {
                Rows(builder, state, block, left);
                return;
            }

            left = Math.Max(0, left - block.Others);
        }
    }

    private static void Rows(RenderTreeBuilder builder, BoardState state, RowBlock block, int others)
    {
        var rows = block.Rows.AsSpan();
        var places = block.Places.AsSpan();
        var isLocked = state.IsLocked;
        var (log, freshFrom) = ("", long.MaxValue);
        for (var at = 0; at < rows.Length; at++)
        {
            var row = rows[at];
            if (!row.IsUnacknowledged && others-- <= 0)
                continue;
            if (row.Log != log)
                (log, freshFrom) = (row.Log, state.FreshFrom(row.Log));
            Add(builder, places[at], row.Item(row.Number >= freshFrom, isLocked));
        }
    }

    /// <summary>The whole row as an item of the list. A screen that is locked says severity, title and barangay; nothing to open.</summary>
    public static string Item(BoardRow row, bool isFresh, bool isLocked)
    {
        var attributes = row.Attributes;
        return $"<li class=\"{(isFresh ? attributes.FreshCss : attributes.Css)}\" data-report-id=\"{attributes.Id}\" data-station=\"{Text(row.Log)}\" "
            + $"data-number=\"{attributes.Number}\" data-committed=\"{attributes.Committed}\" data-version=\"{attributes.Version}\"{(isLocked ? "" : attributes.At)}{(row.Escalated == EscalationLevel.None ? "" : $" data-escalated=\"{(int)row.Escalated}\"")}>{(isLocked ? LockedHtml(row) : Html(row))}</li>";
    }

    /// <summary>The inside of a row on a locked screen.</summary>
    public static string LockedHtml(BoardRow row)
    {
        var html = new StringBuilder(600);
        Urgency(html, row);
        var title = Text(row.Title);
        html.Append("<div class=\"body\"><div class=\"l1\"><span class=\"title el tt\" title=\"").Append(title).Append("\"><bdi>").Append(title)
            .Append("</bdi></span></div><div class=\"l2\"><span class=\"el\"><bdi class=\"place\">")
            .Append(Text(row.Barangay ?? BoardTexts.NoPlace)).Append("</bdi></span></div></div><span class=\"ev\"></span><div class=\"state\"></div><div class=\"act\"></div>");
        return html.ToString();
    }

    /// <summary>The inside of a row.</summary>
    public static string Html(BoardRow row)
    {
        var html = new StringBuilder(1400);
        Urgency(html, row);
        What(html, row);
        Files(html, row);
        State(html, row);
        Action(html, row);
        return html.ToString();
    }

    [SuppressMessage("Usage", "ASP0006", Justification = "A sequence number is a row's own here, not a line's of the source.")]
    private static void Add(RenderTreeBuilder builder, int place, string item) => builder.AddMarkupContent(place, item);

    private static void Urgency(StringBuilder html, BoardRow row)
    {
        html.Append("<div class=\"cs\">").Append(Glyph("mark ", Words.Css(row.Severity)))
            .Append("<span class=\"sevw\">").Append(Text(Words.Of(row.Severity))).Append("</span>")
            .Append("<span class=\"age\"><span class=\"chip new\">").Append(Text(BoardTexts.New)).Append("</span>")
            .Append(CultureInfo.InvariantCulture, $"<time data-age=\"{row.ReceivedAt.ToUnixTimeMilliseconds()}\" datetime=\"{row.ReceivedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">")
            .Append(ManilaTime.Of(row.ReceivedAt).ToString("HH:mm", CultureInfo.InvariantCulture))
            .Append("</time></span></div>");
    }

    private static void What(StringBuilder html, BoardRow row)
    {
        var title = Text(row.Title);
        html.Append("<div class=\"body\"><div class=\"l1\"><a class=\"title el tt\" href=\"/reports/").Append(row.Id)
            .Append("\" title=\"").Append(title).Append("\"><bdi>").Append(title).Append("</bdi></a></div>")
            .Append("<div class=\"l2\"><span class=\"el\"><span class=\"at-station\">").Append(Text(row.Log)).Append(" · </span><bdi>")
            .Append(Text(string.Join(", ", row.CrimeTypes.Select(Sentence)))).Append("</bdi> · <bdi class=\"place\">")
            .Append(Text(row.Barangay ?? BoardTexts.NoPlace)).Append("</bdi></span></div></div>");
    }

    private static void Files(StringBuilder html, BoardRow row)
    {
        html.Append("<span class=\"ev\">");
        if (row.EvidenceCount > 0)
        {
            html.Append(Glyph("", "clip")).Append(row.EvidenceCount.ToString(CultureInfo.InvariantCulture))
                .Append("<span class=\"vh\"> ").Append(Text(BoardTexts.EvidenceFiles)).Append("</span>");
        }

        html.Append("</span>");
    }

    private static void State(StringBuilder html, BoardRow row)
    {
        html.Append("<div class=\"state\"><div class=\"l1\"><span class=\"st st-").Append(Words.Css(row.Status)).Append("\">")
            .Append(Glyph("", Words.Css(row.Status))).Append(Text(Words.Of(row.Status)))
            .Append("</span></div><div class=\"l2\"><span class=\"who\">");
        if (row.Who is { } who)
            People(html, row, who);
        else if (row.IsUnacknowledged)
            html.Append("<span class=\"el\">").Append(Text(BoardTexts.NobodyYet)).Append("</span>");
        html.Append("</span></div></div>");
    }

    // A row is shared: that it is the viewer's own is said by the page, which knows whose it is.
    private static void People(StringBuilder html, BoardRow row, string who)
    {
        html.Append(Glyph("", row.ClaimedBy is null ? "check" : "hand")).Append("<bdi class=\"el\"");
        if (row.ClaimedBy is { } holder)
            html.Append(" data-holder=\"").Append(holder).Append('"');
        html.Append('>').Append(Text(who)).Append("</bdi>");
        if (row.HolderOfflineSince is { } since)
            html.Append("<span class=\"off nw\">").Append(Text(Format(BoardTexts.HolderOffline, ManilaTime.Of(since).ToString("HH:mm", CultureInfo.InvariantCulture)))).Append("</span>");
    }

    private static void Action(StringBuilder html, BoardRow row)
    {
        html.Append("<div class=\"act\">");
        if (row.IsUnacknowledged)
        {
            Timer(html, row);
            Button(html, "filled", "acknowledge", BoardTexts.Acknowledge);
        }
        else
        {
            html.Append("<a class=\"btn text hov hide-s\" tabindex=\"-1\" href=\"/reports/").Append(row.Id).Append("\">").Append(Text(BoardTexts.NoticeOne)).Append("</a>");
            if (row.HolderOfflineSince is not null)
                Button(html, "line", "take-over", BoardTexts.TakeOver);
            else if (row.ClaimedBy is null && row.Status.IsOpen())
                Button(html, "line", "claim", BoardTexts.Claim);
        }

        html.Append("</div>");
    }

    // The clock of the escalation in words and colour, both as the log has it: a page decides nothing.
    private static void Timer(StringBuilder html, BoardRow row)
    {
        var since = row.WaitsSince ?? row.ReceivedAt;
        html.Append("<span class=\"timer").Append(row.Escalated switch { EscalationLevel.None => "", EscalationLevel.Station => " late", _ => " over" })
            .Append("\"><span class=\"v\">").Append(Glyph("", row.Escalated > EscalationLevel.Station ? "clock-over" : row.Escalated == EscalationLevel.Station ? "clock-late" : "clock"))
            .Append(CultureInfo.InvariantCulture, $"<span data-since=\"{since.ToUnixTimeMilliseconds()}\">-</span>")
            .Append("</span><span class=\"w\">").Append(Text(TimerWord(row, since))).Append("</span></span>");
    }

    private static string TimerWord(BoardRow row, DateTimeOffset since) => row.Escalated switch
    {
        EscalationLevel.Station => BoardTexts.ReAlerted,
        EscalationLevel.Admins => BoardTexts.AdminsTold,
        EscalationLevel.CityDesk => BoardTexts.DeskTold,
        _ => row.EscalatesAt is { } at ? Format(BoardTexts.TimerOf, Span(at - since)) : BoardTexts.Waiting,
    };

    private static string Span(TimeSpan span)
        => span < TimeSpan.FromHours(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes}:{span.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}");

    private static void Button(StringBuilder html, string look, string act, string words)
        => html.Append("<button class=\"btn ").Append(look).Append("\" data-act=\"").Append(act).Append("\">").Append(Text(words)).Append("</button>");

    private static string Format(string text, string value) => string.Format(CultureInfo.CurrentCulture, text, value);

    /// <param name="name">A glyph of the theme; never a value of a report.</param>
    // An element without content is nothing to read out; to say so would be a tenth of a row's bytes.
    private static string Glyph(string css, string name) => $"<i class=\"g {css}g-{name}\"></i>";

    // Free text of an app is often all small; the listed names begin with a capital.
    private static string Sentence(string type) => type.Length > 0 && char.IsLower(type[0]) ? char.ToUpper(type[0], CultureInfo.CurrentCulture) + type[1..] : type;

    private static string Text(string value) => Encoder.Encode(value);
}
