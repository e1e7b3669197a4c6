using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlertDavao.Bench.Circuits;

/// <summary>What the browser's script takes from a page to start a circuit on it.</summary>
/// <param name="Cursor">Up to where the board in it is complete; empty where there is none.</param>
internal sealed partial record PageMarkers(Uri BaseUri, Uri PageUri, string OperationsJson, string ApplicationState, string Cursor)
{
    public static PageMarkers Read(Uri page, string html)
    {
        var servers = new List<(int Sequence, string Json)>();
        foreach (Match comment in Marker().Matches(html))
        {
            var json = comment.Groups["json"].Value;
            using var marker = JsonDocument.Parse(json);
            // The closing comment of a prerendered component carries its prerenderId only.
            if (!marker.RootElement.TryGetProperty("type", out var type) || type.GetString() != "server") continue;
            servers.Add((marker.RootElement.GetProperty("sequence").GetInt32(), json));
        }

        if (servers.Count == 0)
            throw new BenchException($"{page.AbsolutePath} has no interactive server component: nothing opens a circuit there.");

        servers.Sort((left, right) => left.Sequence.CompareTo(right.Sequence));
        var href = BaseTag().Match(html) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups["href"].Value) : "/";
        return new(new Uri(page, href), page, Operations(servers), State().Match(html).Groups["state"].Value, At().Match(html).Groups["cursor"].Value);
    }

    /// <summary>Markers are sent back as they stand: the server signed the descriptor inside, and ignores what it does not know.</summary>
    private static string Operations(List<(int Sequence, string Json)> servers)
    {
        var batch = new StringBuilder("{\"batchId\":1,\"operations\":[");
        for (var i = 0; i < servers.Count; i++)
        {
            if (i > 0) batch.Append(',');
            batch.Append(CultureInfo.InvariantCulture, $"{{\"type\":\"add\",\"ssrComponentId\":{i + 1},\"marker\":{servers[i].Json}}}");
        }

        return batch.Append("]}").ToString();
    }

    [GeneratedRegex("<!--\\s*Blazor:[^{]*?(?<json>\\{.*?\\})\\s*-->", RegexOptions.Singleline)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--\\s*Blazor-Server-Component-State:(?<state>[a-zA-Z0-9+/=]+)\\s*-->")]
    private static partial Regex State();

    [GeneratedRegex("data-cursor=\"(?<cursor>[^\"]*)\"")]
    private static partial Regex At();

    [GeneratedRegex("<base\\s[^>]*?href=\"(?<href>[^\"]*)\"", RegexOptions.IgnoreCase)]
    private static partial Regex BaseTag();
}
