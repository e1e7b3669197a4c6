using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>From arrival to resolved on the page: on the row, with the keyboard alone, on a phone, and against a colleague.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class WorkTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task With_the_keyboard_alone_a_report_goes_from_arrival_to_resolved()
    {
        var screen = await Officer("officer.ps1");
        await screen.Pin();
        var report = await Post("PS1", "By keyboard");
        await Expect(screen.Row(report)).ToBeVisibleAsync();
        var keys = screen.Page.Keyboard;

        await keys.PressAsync("j");
        await Expect(screen.Row(report)).ToHaveAttributeAsync("aria-current", "true");
        await keys.PressAsync("a");
        await Expect(screen.Row(report).Locator(".st-acknowledged")).ToBeVisibleAsync();
        await keys.PressAsync("c");
        await Expect(screen.Row(report)).ToContainTextAsync("Claimed by you");
        await keys.PressAsync("Enter");
        await screen.IsAt($"/reports/{report.Id}");
        await Expect(screen.Page.Locator(".workbar")).ToBeVisibleAsync();
        foreach (var (step, reason) in new[] { ("responding", "Patrol 12 is on the way"), ("investigating", ""), ("resolved", "Family is safe") })
        {
            await keys.PressAsync("s");
            await Expect(screen.Page.Locator("#work-status input[name=to]:checked")).ToBeFocusedAsync();
            await keys.PressAsync("Tab");
            await keys.TypeAsync(reason);
            await keys.PressAsync("Control+Enter");
            await Expect(screen.Page.Locator($".dhead .st-{step}")).ToBeVisibleAsync();
            await Expect(screen.Page.Locator("#work-status")).ToBeHiddenAsync();
        }

        await keys.PressAsync("Escape");
        await screen.IsAt("/");
        await Expect(screen.Row(report).Locator(".st-resolved")).ToBeVisibleAsync();
        await screen.IsStillPinned();
        var stored = Stored(report);
        (stored.Status, stored.ClaimedBy).Should().Be((ReportStatus.Resolved, null));
        stored.Events.Where(entry => entry.Reason is not null).OrderBy(entry => entry.Version).Select(entry => entry.Reason)
            .Should().Equal("Patrol 12 is on the way", "Family is safe");
    }

    [Fact]
    public async Task The_next_key_is_taken_as_soon_as_the_row_shows_the_last_one_though_its_answer_is_still_under_way()
    {
        var screen = await Officer("officer.ps1");
        var answer = new TaskCompletionSource();
        await screen.Page.RouteAsync("**/acknowledge", async route =>
        {
            var response = await route.FetchAsync();
            await answer.Task;
            await route.FulfillAsync(new() { Response = response });
        });
        var report = await Post("PS1", "By quick fingers");
        await Expect(screen.Row(report)).ToBeVisibleAsync();

        await screen.Page.Keyboard.PressAsync("j");
        await screen.Page.Keyboard.PressAsync("a");
        await Expect(screen.Row(report).Locator(".st-acknowledged")).ToBeVisibleAsync();
        await screen.Page.Keyboard.PressAsync("c");

        await Expect(screen.Row(report)).ToContainTextAsync("Claimed by you");
        answer.SetResult();
    }

    [Fact]
    public async Task On_a_phone_it_goes_from_arrival_to_resolved_by_touch_and_every_target_is_large_enough()
    {
        var screen = await Officer("officer.ps2", options: new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });
        var report = await Post("PS2", "By touch");
        await Expect(screen.Row(report)).ToBeVisibleAsync();

        await Button(screen.Row(report), "Acknowledge").TapAsync();
        await Button(screen.Row(report), "Claim").TapAsync();
        await Expect(screen.Row(report)).ToContainTextAsync("Claimed by you");
        await screen.Row(report).GetByRole(AriaRole.Link).First.TapAsync();
        await screen.IsAt($"/reports/{report.Id}");
        foreach (var step in new[] { "Responding", "Investigating", "Resolved" })
        {
            await Button(screen.Page.Locator(".workbar"), "Change status").TapAsync();
            await screen.Page.GetByLabel(step, new() { Exact = true }).CheckAsync();
            await AreLargeEnough(screen, ".workbar button, .workform:not([hidden]) button, .workform:not([hidden]) .seg label");
            await Button(screen.Page.Locator("#work-status"), $"Set to {step}").TapAsync();
            await Expect(screen.Page.Locator($".dhead .st-{step.ToLowerInvariant()}")).ToBeVisibleAsync();
        }

        Stored(report).Status.Should().Be(ReportStatus.Resolved);
    }

    [Fact]
    [Trait("catalogue", "RT-11")]
    public async Task Two_officers_claim_in_the_same_moment_one_has_it_and_the_other_is_told_by_whom()
    {
        var report = await Post("PS3", "For two");
        await Acknowledge(report, "officer.ps3");
        var officer = await Officer("officer.ps3");
        var admin = (await Officer("admin.ps3")).Tolerating("412", "409");
        await Expect(Button(officer.Row(report), "Claim")).ToBeVisibleAsync();
        await Expect(Button(admin.Row(report), "Claim")).ToBeVisibleAsync();

        // Before either board can draw what the other did.
        await Task.WhenAll(officer.Tolerating("412", "409").Page.EvaluateAsync(PressClaim, report.Id), admin.Page.EvaluateAsync(PressClaim, report.Id));

        await Expect(officer.Row(report).Locator("[data-holder]")).ToBeVisibleAsync();
        await Expect(admin.Row(report).Locator("[data-holder]")).ToBeVisibleAsync();
        var stored = Stored(report);
        stored.Events.Count(entry => entry.Kind == ReportEventKind.Claimed).Should().Be(1);
        var (winner, loser) = stored.ClaimedBy == IdOf("officer.ps3") ? (officer, admin) : (admin, officer);
        await Expect(winner.Row(report)).ToContainTextAsync("Claimed by you");
        await Expect(loser.Row(report)).Not.ToContainTextAsync("Claimed by you");
        await Expect(loser.Page.Locator("#said")).ToContainTextAsync(NameOf(stored.ClaimedBy!.Value));
        await Expect(winner.Page.Locator("#said")).ToBeHiddenAsync();
    }

    [Fact]
    [Trait("catalogue", "RT-09")]
    public async Task A_draft_outlives_twenty_arrivals_a_colleagues_change_and_a_reload()
    {
        var report = await Post("PS4", "With a draft");
        var screen = await Officer("officer.ps4", $"/reports/{report.Id}");
        await Button(screen.Page.Locator(".workbar"), "Add note").ClickAsync();
        var note = screen.Page.Locator("#work-note textarea");
        await Expect(note).ToBeFocusedAsync();
        await note.PressSequentiallyAsync("Caller says he left");

        await Burst("PS4", 20, "While writing");
        await Expect(screen.Row("While writing")).ToHaveCountAsync(20);
        await note.PressSequentiallyAsync(" towards");
        await Acknowledge(report, "admin.ps4");
        await Expect(screen.Page.Locator(".dhead .st-acknowledged")).ToBeVisibleAsync();
        await Expect(note).ToBeFocusedAsync();
        await note.PressSequentiallyAsync(" the seawall");
        await Expect(note).ToHaveValueAsync("Caller says he left towards the seawall");
        await screen.Reload();

        await Expect(note).ToBeVisibleAsync();
        await Expect(note).ToHaveValueAsync("Caller says he left towards the seawall");
        await Expect(screen.Page.Locator("#work-note")).ToContainTextAsync("Draft kept on this device");
        await Button(screen.Page.Locator("#work-note"), "Save note").ClickAsync();
        // It was begun on what the colleague has changed since: told once, and the next press is on what it is now.
        await Expect(screen.Tolerating("412").Page.Locator("#work-note [data-wrong]")).ToContainTextAsync(NameOf(IdOf("admin.ps4")));
        await Expect(note).ToHaveValueAsync("Caller says he left towards the seawall");
        await Button(screen.Page.Locator("#work-note"), "Save note").ClickAsync();

        await Expect(screen.Page.Locator(".timeline")).ToContainTextAsync("Caller says he left towards the seawall");
        await Expect(note).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_reason_that_is_missing_is_asked_for_at_the_form_and_nothing_is_changed()
    {
        var report = await Post("PS5", "Without a reason");
        var screen = (await Officer("officer.ps5", $"/reports/{report.Id}")).Tolerating("422");
        await Button(screen.Page.Locator(".workbar"), "Change status").ClickAsync();
        await screen.Page.GetByLabel("Invalid", new() { Exact = true }).CheckAsync();

        await Button(screen.Page.Locator("#work-status"), "Set to Invalid").ClickAsync();

        await Expect(screen.Page.Locator("#work-status [data-wrong]")).ToHaveTextAsync("Say why.");
        Stored(report).Version.Should().Be(1);
    }

    [Fact]
    public async Task A_possible_duplicate_is_merged_from_the_list_of_those_near_and_keeps_both_and_is_undone()
    {
        var first = await Post("PS6", "Man with a bolo");
        var second = await Post("PS6", "Neighbour with a bolo");
        var screen = await Officer("officer.ps6", $"/reports/{second.Id}");

        await screen.Page.Locator(".nearby summary").First.ClickAsync();
        await Expect(screen.Page.Locator(".nearby .beside").First).ToContainTextAsync("This report");
        await Button(screen.Page.Locator(".nearby"), "Duplicate of this").ClickAsync();
        await Expect(screen.Page.Locator("#work-status input[name=duplicate_of]")).ToHaveValueAsync(first.TrackingCode);
        await screen.Page.Locator("#work-status textarea").FillAsync("The same man");
        await Button(screen.Page.Locator("#work-status"), "Set to Duplicate").ClickAsync();
        await Expect(screen.Page.Locator(".same")).ToContainTextAsync(first.TrackingCode);
        await screen.Open($"/reports/{first.Id}");
        await Expect(screen.Page.Locator(".same")).ToContainTextAsync(second.TrackingCode);
        await screen.Open($"/reports/{second.Id}");
        await screen.IsLive();
        await Button(screen.Page.Locator(".workbar"), "Reopen").ClickAsync();
        await screen.Page.Locator("#work-status textarea").FillAsync("Another man after all");
        await Button(screen.Page.Locator("#work-status"), "Set to Investigating").ClickAsync();

        await Expect(screen.Page.Locator(".dhead .st-investigating")).ToBeVisibleAsync();
        await Expect(screen.Page.Locator(".same")).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("catalogue", "RT-12")]
    [Trait("catalogue", "RT-13")]
    public async Task A_transfer_leaves_one_board_and_arrives_highlighted_on_the_other_and_everybody_is_told()
    {
        var asker = await Officer("officer.ps7");
        var receiver = await Officer("officer.ps8");
        var report = await Post("PS7", "For the neighbours");
        await Expect(asker.Row(report)).ToBeVisibleAsync();
        await asker.Open($"/reports/{report.Id}");
        await asker.IsLive();
        await Button(asker.Page.Locator(".workbar"), "Ask for transfer").ClickAsync();
        await asker.Page.Locator("#work-transfer select").SelectOptionAsync("PS8");
        await asker.Page.Locator("#work-transfer textarea").FillAsync("Beyond the river");
        await Button(asker.Page.Locator("#work-transfer"), "Ask for transfer").ClickAsync();
        await Expect(asker.Page.Locator(".workbar")).ToContainTextAsync("PS8 was asked to take it");

        await Expect(receiver.Page.Locator("#notices")).ToContainTextAsync($"PS7 asks PS8 to take {report.TrackingCode}.");
        await receiver.KnowsNothingOfTitle(report);
        await receiver.Page.GetByRole(AriaRole.Link, new() { Name = "Decide" }).ClickAsync();
        await receiver.IsAt("/transfers");
        await Expect(receiver.Page.Locator(".tlist").First).ToContainTextAsync("Beyond the river");
        await receiver.KnowsNothingOfTitle(report);
        var board = await (await (await Tab(receiver.Page.Context)).Open("/")).IsLive();
        await Button(receiver.Page.Locator(".tlist"), "Accept").ClickAsync();

        await Expect(board.Row(report)).ToBeVisibleAsync();
        await Expect(board.Row(report)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex(@"\bfresh\b"));
        await Expect(Button(board.Row(report), "Acknowledge")).ToBeVisibleAsync();
        await Expect(asker.Page.Locator("#notices")).ToContainTextAsync($"PS8 has taken {report.TrackingCode}.");
        await Expect(asker.Tolerating("404").Page.Locator(".detail")).ToContainTextAsync("This report is not on your board.");
        await Expect(asker.Row(report)).ToHaveCountAsync(0);
        await asker.Open("/transfers");
        await Expect(asker.Page.Locator(".transfers")).ToContainTextAsync($"{report.TrackingCode} left PS7 as no.");
    }

    private const string PressClaim = """id => document.querySelector(`#report-board > [data-report-id="${id}"] [data-act=claim]`).click()""";

    private static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task AreLargeEnough(Screen screen, string selector)
        => (await screen.Page.EvaluateAsync<string[]>(
            "selector => [...document.querySelectorAll(selector)].filter(one => { const { width, height } = one.getBoundingClientRect(); return Math.min(width, height) < 24; }).map(one => one.outerHTML)",
            selector)).Should().BeEmpty();

    private Report Stored(Posted report)
    {
        var id = Guid.Parse(report.Id);
        using var db = App.Db();
        return db.Reports.AsNoTracking().Include(one => one.Events).Single(one => one.Id == id);
    }

    private string NameOf(Guid officer)
    {
        using var db = App.Db();
        return db.Officers.Single(one => one.Id == officer).Name;
    }
}
