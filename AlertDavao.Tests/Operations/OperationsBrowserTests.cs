using AlertDavao.Dashboard.Meters;
using AlertDavao.Dashboard.Operations;
using AlertDavao.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Operations;

/// <summary>The page of the meters, and the receipts that move one of them, in a browser.</summary>
public sealed class OperationsBrowserTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task The_city_desk_sees_a_report_come_in_and_be_painted_and_the_sampler_stops_when_the_page_is_left()
    {
        var officer = await Officer("officer.ps1");
        // Ten seconds are a courtesy to the server; the page reads them when it needs them.
        await officer.Page.EvaluateAsync("() => { document.getElementById('receipts').dataset.every = 100; }");
        var desk = await Officer("hq");
        await desk.Follow("Meters", "/operations");
        var accepted = desk.Page.Locator("[data-meter=accepted] [data-value]");
        await Expect(accepted).ToHaveTextAsync("0 /min");
        await Expect(desk.Page.Locator("[data-meter=screens] [data-value]")).ToHaveTextAsync("2");

        var receipt = await officer.Page.RunAndWaitForResponseAsync(
            async () => await Expect(officer.Row(await Post("PS1", "Seen and said"))).ToBeVisibleAsync(),
            answer => answer.Url.EndsWith(ReceiptRules.Path, StringComparison.Ordinal));

        receipt.Status.Should().Be(204);
        await Expect(accepted).ToHaveTextAsync("1 /min");
        await Expect(desk.Page.Locator("[data-meter=painted] [data-value]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^[\d.,]+ m?s$"));
        await desk.ToBoard();
        await Eventually.Holds(() => The<Sampler>().Viewers == 0, "nobody looks");
    }
}
