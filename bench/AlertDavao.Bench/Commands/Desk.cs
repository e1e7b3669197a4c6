using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <summary>
/// Somebody who works: reads the city desk's board once a second and acknowledges what came, over HTTP. Without it a long run
/// ends with more unacknowledged reports than a board lists, which no station lets happen.
/// </summary>
internal sealed partial class Desk(SiteSession session, string token)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Commands that were done.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Commands that were not, for another reason than that a colleague was faster.</summary>
    public int Failed { get; private set; }

    public static async Task<Desk> OpenAsync(LoopbackSite site, string password, CancellationToken stop)
    {
        var session = new SiteSession(site);
        await session.SignInAsync("hq@alertdavao.test", password, stop);
        var (_, html) = await session.GetAsync("/account", stop);
        return new Desk(session, WebUtility.HtmlDecode(Token().Match(html).Groups["value"].Value));
    }

    public async Task RunAsync(CancellationToken stop)
    {
        var cursor = "";
        try
        {
            while (true)
            {
                var page = await session.JsonAsync($"/api/board?after={Uri.EscapeDataString(cursor)}", stop);
                cursor = page.GetProperty("cursor").GetString()!;
                foreach (var entry in page.GetProperty("entries").EnumerateArray())
                    await AcknowledgeAsync(entry, stop);
                if (!page.GetProperty("more").GetBoolean())
                    await Task.Delay(Every, TimeProvider.System, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private async Task AcknowledgeAsync(JsonElement entry, CancellationToken stop)
    {
        if (!entry.TryGetProperty("report", out var report) || report.GetProperty("status").GetString() != "Received")
            return;

        var status = await session.CommandAsync($"/api/reports/{report.GetProperty("id").GetString()}/acknowledge", token, report.GetProperty("version").GetInt32(), stop);
        if (status == HttpStatusCode.OK) Acknowledged++;
        else if (status != HttpStatusCode.PreconditionFailed) Failed++;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();
}
