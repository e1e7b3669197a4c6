using System.Net;
using AlertDavao.Tests.Reports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>A report that is given to one officer is told to that officer alone, in words and in a tone of its own.</summary>
public sealed class AssignedTests(Chromium chromium) : BrowserTest(chromium)
{
    /// <summary>What is heard of a new report, of the two severities that come here.</summary>
    private static readonly double[] Critical = [880, 660, 880, 660], Low = [440];

    private static readonly double[] Assigned = [659, 659, 988, 988];

    private const string KeepPitches =
        """
        window.pitches = [];
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (at) { window.pitches.push(this.frequency.value); return start.call(this, at); };
        """;

    [Fact]
    public async Task The_officer_hears_it_in_a_tone_of_its_own_and_reads_it_and_nobody_else_of_the_station_does()
    {
        await PostOfficer("officer.ps5", "PS1");
        var officer = await Armed("officer.ps1");
        var colleague = await Armed("officer.ps5");
        var admin = await Armed("admin.ps1");
        var report = await Post("PS1", "For one of them");
        foreach (var screen in new[] { officer, colleague, admin })
            await Heard(screen, Critical);

        await Assign("admin.ps1", report, "officer.ps1");

        await Expect(Notices(officer)).ToHaveCountAsync(1);
        await Expect(Notices(officer)).ToContainTextAsync($"gave you {report.TrackingCode}.");
        await Expect(officer.Row(report)).ToContainTextAsync("by you");
        await Heard(officer, Assigned);
        // What comes after it is heard by all: until then the others have heard nothing.
        foreach (var screen in new[] { colleague, admin })
            await Expect(screen.Row(report).Locator("[data-holder]")).ToBeVisibleAsync();
        await Post("PS1", "For all of them", "Others");
        foreach (var screen in new[] { officer, colleague, admin })
            await Heard(screen, Low);
        foreach (var screen in new[] { colleague, admin })
            await Expect(Notices(screen)).ToHaveCountAsync(0);
        await Notices(officer).GetByRole(AriaRole.Link).ClickAsync();
        await officer.IsAt($"/reports/{report.Id}");
    }

    [Fact]
    public async Task On_any_page_it_is_told_and_what_was_heard_is_not_heard_again_after_a_reload()
    {
        var officer = await Armed("officer.ps2", "/account");
        var report = await Post("PS2", "Given on another page");
        await Heard(officer, Critical);

        await Assign("admin.ps2", report, "officer.ps2");

        await Heard(officer, Assigned);
        await Expect(Notices(officer)).ToContainTextAsync(report.TrackingCode);
        await officer.Reload();
        await Expect(Notices(officer)).ToContainTextAsync(report.TrackingCode);
        await officer.Page.Mouse.ClickAsync(700, 5);
        await Expect(officer.Sound).ToHaveAttributeAsync("data-state", "armed");
        var second = await Post("PS2", "And another", "Others");
        await Heard(officer, Low);
        await Assign("admin.ps2", second, "officer.ps2");
        await Heard(officer, Assigned);
        await Expect(Notices(officer)).ToHaveCountAsync(2);
        foreach (var left in new[] { 1, 0 })
        {
            await Notices(officer).First.Locator("[data-read]").ClickAsync();
            await Expect(Notices(officer)).ToHaveCountAsync(left);
        }
    }

    private static ILocator Notices(Screen screen) => screen.Page.Locator("#notices [data-kind=Assigned]");

    /// <summary>Exactly these since the last time, and they are taken note of.</summary>
    private static async Task Heard(Screen screen, double[] pitches)
    {
        await screen.Page.WaitForFunctionAsync("count => window.pitches.length >= count", pitches.Length);
        (await screen.Page.EvaluateAsync<double[]>("() => window.pitches.splice(0)")).Should().Equal(pitches);
    }

    private async Task Assign(string admin, Posted report, string officer)
    {
        using var hand = await Hand.Of(App, admin);
        var id = Guid.Parse(report.Id);
        (await hand.Do(id, "assign", App.Stored(id).Version, new { to = IdOf(officer) })).Status.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>Armed, and the confirmation is not counted.</summary>
    private async Task<Screen> Armed(string account, string page = "/")
    {
        var machine = await MachineOf(account);
        await machine.AddInitScriptAsync(KeepPitches);
        var screen = await (await (await Tab(machine)).Open(page)).IsLive();
        await screen.Sound.ClickAsync();
        await Expect(screen.Sound).ToHaveAttributeAsync("data-state", "armed");
        await Heard(screen, Low);
        return screen;
    }
}
