using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>What stands on a report's page about who had it before them, from the screens' own receipts.</summary>
public sealed partial class SightTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string Painted = "On the station&#x27;s screens</b>";

    [Fact]
    public async Task A_report_that_was_painted_and_looked_at_says_so_on_its_page()
    {
        var screen = await Officer("officer.ps1");
        var report = await Post("PS1", "Painted, then looked at");
        await Expect(screen.Row(report)).ToBeVisibleAsync();
        await SpeaksAtOnce(screen);

        await screen.MoveUntil("() => !document.querySelector('#report-board > li.fresh')");

        using var colleague = await App.SignedIn("admin.ps1");
        (await Says(colleague, report, Seen())).Should().Contain(Painted);
    }

    [Fact]
    public async Task What_waited_before_the_page_was_opened_is_seen_too_and_painted_without_anybody_there()
    {
        var waiting = await Post("PS2", "Since the night");
        var screen = await Officer("officer.ps2");
        await Expect(screen.Row(waiting)).ToBeVisibleAsync();
        await SpeaksAtOnce(screen);
        using var colleague = await App.SignedIn("admin.ps2");

        (await Eventually.Shows(colleague, Painted, $"/reports/{waiting.Id}")).Should().NotMatchRegex(Seen());

        await screen.MoveFor(3000);
        await Says(colleague, waiting, Seen());
    }

    // Ten seconds are a courtesy to the server; the page reads them when it needs them.
    private static async Task SpeaksAtOnce(Screen screen)
        => await screen.Page.EvaluateAsync("() => { document.getElementById('receipts').dataset.every = 100; }");

    private static Task<string> Says(HttpClient colleague, Posted report, Regex words)
        => Eventually.Reads(() => colleague.GetStringAsync($"/reports/{report.Id}"), words.IsMatch, "it stands on the report's page");

    [GeneratedRegex(@"<b[^>]*>Seen</b>\s*<span [^>]*>by ")]
    private static partial Regex Seen();
}
