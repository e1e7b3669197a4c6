using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>A19: a page that sends events for what is not there, or not for it.</summary>
public sealed class EventFuzzTests(Chromium chromium) : BrowserTest(chromium)
{
    // Every frame with an event goes out many times, each for another handler.
    private const string Forge =
        """
        const Real = WebSocket;
        window.forged = 0;
        window.WebSocket = class extends Real {
            send(data) {
                const bytes = typeof data === 'string' ? null : new Uint8Array(data.buffer ?? data);
                const text = bytes && new TextDecoder('latin1').decode(bytes);
                const at = text?.match(/"eventHandlerId":(\d+)/);
                if (at) {
                    for (let other = 0; other < 10 ** at[1].length && other < 100; other++) {
                        const copy = bytes.slice();
                        copy.set(new TextEncoder().encode(String(other).padStart(at[1].length, ' ')), at.index + '"eventHandlerId":'.length);
                        super.send(copy);
                        window.forged++;
                        sessionStorage.forged = window.forged;
                    }
                }
                super.send(data);
            }
        };
        """;

    [Fact]
    public async Task A19_events_for_handlers_that_are_not_there_change_nothing_and_touch_no_other_screen()
    {
        var colleague = await Officer("admin.ps1");
        await Post("PS1", "Robbery at the pier");
        await Burst("PS1", 60, "Old", "Theft");
        await AcknowledgeAll();
        var (versions, entries) = Stored();
        var forger = (await Tab(await Machine())).Tolerating("Circuit has been shut down", "unhandled exception", "There was an unhandled", "ERR_", "WebSocket", "error occurred", "DispatchEventAsync");
        await forger.Page.AddInitScriptAsync(Forge);
        await (await forger.SignIn("officer.ps1")).IsLive();

        await forger.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await forger.Page.WaitForFunctionAsync("() => Number(sessionStorage.forged) > 8");

        await colleague.IsLive();
        var report = await Post("PS1", "Robbery after it");
        await Expect(colleague.Row(report)).ToBeVisibleAsync();
        Stored().Versions.Except(versions).Should().ContainSingle("the new report is all that changed");
        Stored().Entries.Should().Be(entries + 1);
    }

    private (List<string> Versions, int Entries) Stored()
    {
        using var db = App.Db();
        return (db.Reports.AsNoTracking().Select(report => report.Id + ":" + report.Version).ToList(), db.StationEntries.Count());
    }

    private async Task AcknowledgeAll()
    {
        List<(string Id, string Title)> open;
        await using (var db = App.Db())
            open = [.. db.Reports.AsNoTracking().Where(report => report.Log == "PS1" && report.Status == AlertDavao.Domain.Reports.ReportStatus.Received).AsEnumerable().Select(report => (report.Id.ToString(), report.Title))];
        foreach (var (id, title) in open)
            await Acknowledge(new Posted(id, "", title), "officer.ps1");
    }
}
