using System.Globalization;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Site;
using Microsoft.Playwright;

namespace AlertDavao.Bench.Commands;

/// <summary>
/// One headless Chromium on a station's board, one report a second for that station: from commit to painted, as the
/// board's own strip says it. Server and browser compile what they run while the first reports come: those are not counted.
/// </summary>
internal static class PaintedCommand
{
    private static readonly string[] Quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"];

    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        using var site = new LoopbackSite(line.Required("url"));
        var station = line.Text("station", "PS1");
        var count = line.Number("count", 60, 20, 100);
        var incidents = await Incident.ReadAsync(line.Required("file"), int.MaxValue, stop);
        var warmUp = line.Number("warm-up", 40, 0, 100);
        incidents = [.. incidents.Where(incident => incident.Station == station).Take(warmUp + count)];
        if (incidents.Length < warmUp + count) throw new UsageException($"--file has {incidents.Length} incidents of {station}.");

        var poster = new IntakePoster(site, line.Required("key"), Guid.NewGuid().ToString("N")[..12]);
        using var playwright = await Playwright.CreateAsync();
        string[] sandbox = Environment.UserName == "root" ? ["--no-sandbox"] : [];
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = line.Required("chromium"), Args = [.. Quiet, .. sandbox] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await SignInAsync(page, site, $"officer.{station.ToLowerInvariant()}@alertdavao.test", line.Text("password", "Davao-demo-2026!"));

        await PostAsync(incidents[..warmUp], TimeSpan.FromMilliseconds(250), poster, stop);
        // The strip counts from the page's opening.
        await page.ReloadAsync();
        await LiveAsync(page);
        await PostAsync(incidents[warmUp..], TimeSpan.FromSeconds(1), poster, stop);

        var strip = page.Locator($"#latency[data-samples='{count}']");
        await strip.WaitForAsync();
        var p95 = double.Parse((await strip.GetAttributeAsync("data-p95"))!, CultureInfo.InvariantCulture);
        var limit = line.Number("limit-ms", 50, 1, 60_000);
        Say.Figure("warm-up / reports / painted", $"{warmUp} / {count} / {await strip.GetAttributeAsync("data-samples")}");
        Say.Figure("commit to painted, p95 ms", $"{p95:F1} (limit {limit})");
        return p95 < limit ? 0 : 1;
    }

    private static async Task SignInAsync(IPage page, LoopbackSite site, string email, string password)
    {
        await page.GotoAsync(new Uri(site.Root, "account/login").ToString());
        await page.FillAsync($"[name='{LoginForm.Email}']", email);
        await page.FillAsync($"[name='{LoginForm.Password}']", password);
        await page.PressAsync($"[name='{LoginForm.Password}']", "Enter");
        await LiveAsync(page);
    }

    private static async Task LiveAsync(IPage page)
    {
        await page.Locator("#report-board").WaitForAsync();
        await page.Locator("#connection-state[data-state='live']").WaitForAsync();
    }

    private static async Task PostAsync(Incident[] incidents, TimeSpan every, IntakePoster poster, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every, TimeProvider.System);
        foreach (var incident in incidents)
        {
            await timer.WaitForNextTickAsync(stop);
            if ((await poster.PostAsync(incident, stop)).Failure is { } failure) throw new BenchException($"A report was refused: {failure}.");
        }
    }
}
