using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Officers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>A station's admin plans the week anew on the page itself: by mouse, by keyboard, and without script.</summary>
public sealed class RosterWeekTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string Officer1 = "officer.ps1";
    private const string Officer2 = "noduty";

    /// <summary>Of the week after this one: all of it is ahead.</summary>
    private static readonly DateTimeOffset Monday = RosterWeek.StartOf(RosterWeek.MondayOf(RosterWeek.DayOf(TimeProvider.System.GetUtcNow())).AddDays(7));

    private static string Address => $"/station?week={Day(0)}";

    [Fact]
    public async Task A_duty_is_dragged_to_another_day_and_another_is_moved_by_the_arrow_keys()
    {
        var (dragged, keyed) = (await Plan(Officer1, 1), await Plan(Officer2, 2));
        var admin = await Officer("admin.ps1", Address);
        var page = admin.Page;
        await page.Locator("#week").ScrollIntoViewIfNeededAsync();

        await Centre(page, Chip(page, dragged), down: true);
        await Centre(page, Cell(page, Officer1, 4));
        await Expect(page.Locator("#week-said")).ToHaveTextAsync($"{NameOf(Officer1)}, {Label(4)} 07:00-15:00: drop it here to save.");
        await Expect(Cell(page, Officer1, 4)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("goal"));
        await page.Mouse.UpAsync();

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Saved." })).ToBeVisibleAsync();
        await Expect(Cell(page, Officer1, 4).Locator(".duty")).ToContainTextAsync("07-15");
        await Expect(Cell(page, Officer1, 1).Locator(".duty")).ToHaveCountAsync(0);
        (Stored(dragged).OfficerId, Stored(dragged).From).Should().Be((IdOf(Officer1), At(4, 7)));

        // The page is another: its keys are heard once it is live.
        await admin.IsLive();
        await Chip(page, keyed).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("#week-said")).ToHaveTextAsync($"{NameOf(Officer2)}, {Label(4)} 07:00-15:00: Enter to save, Escape takes it back.");
        await page.Keyboard.PressAsync(await IsAbove(page, Officer1, Officer2) ? "ArrowUp" : "ArrowDown");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("#week-said")).ToHaveTextAsync($"{NameOf(Officer1)}, {Label(5)} 07:00-15:00: Enter to save, Escape takes it back.");
        await page.Keyboard.PressAsync("Enter");

        await Expect(Cell(page, Officer1, 5).Locator(".duty")).ToContainTextAsync("07-15");
        await Expect(page.Locator(".weeks b")).ToContainTextAsync(Monday.AddDays(6).ToString("d MMM", System.Globalization.CultureInfo.InvariantCulture));
        (Stored(keyed).OfficerId, Stored(keyed).From, Stored(keyed).Until).Should().Be((IdOf(Officer1), At(5, 7), (DateTimeOffset?)At(5, 15)));
    }

    [Fact]
    public async Task What_is_taken_back_or_let_go_elsewhere_stays_and_nobody_moves_a_duty_to_themselves()
    {
        var duty = await Plan(Officer1, 1);
        var own = await Plan("admin.ps1", 1);
        var admin = await Officer("admin.ps1", Address);
        var page = admin.Page;
        await admin.Pin();
        await page.Locator("#week").ScrollIntoViewIfNeededAsync();

        await Chip(page, duty).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#week-said")).ToBeEmptyAsync();
        await Expect(page.Locator("#week .goal")).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator("#week-said")).ToHaveTextAsync("Where it was.");
        await page.Keyboard.PressAsync("Enter");

        await Centre(page, Chip(page, duty), down: true);
        await Centre(page, Cell(page, "admin.ps1", 3));
        await Expect(page.Locator("#week-said")).ToContainTextAsync("not possible");
        await page.Mouse.UpAsync();

        await Centre(page, Chip(page, duty), down: true);
        await Centre(page, Cell(page, Officer1, 3));
        await Centre(page, page.Locator(".title"));
        await Expect(page.Locator("#week-said")).ToHaveTextAsync("Where it was.");
        await page.Mouse.UpAsync();

        await Expect(page.Locator($"#week a.duty[data-change*='{own}']")).ToHaveCountAsync(0);
        await admin.IsStillPinned();
        Stored(duty).From.Should().Be(At(1, 7));
    }

    [Fact]
    public async Task A_chip_leads_to_its_forms_and_a_free_day_to_the_form_that_posts()
    {
        var duty = await Plan(Officer1, 1);
        var admin = await Officer("admin.ps1", Address);
        var page = admin.Page;

        await Chip(page, duty).ClickAsync();
        var forms = page.Locator($"#duty-{duty}");
        await Expect(forms).ToBeFocusedAsync();
        await forms.GetByLabel("until", new() { Exact = false }).FillAsync($"{Day(1)}T17:00");
        await forms.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(Cell(page, Officer1, 1).Locator(".duty")).ToContainTextAsync("07-17");
        await Cell(page, Officer1, 3).HoverAsync();
        await Cell(page, Officer1, 3).Locator("a.free").ClickAsync();
        await Expect(page.Locator("#post-from")).ToHaveValueAsync($"{Day(3)}T07:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();

        await Expect(Cell(page, Officer1, 3).Locator(".duty")).ToContainTextAsync("07-15");
    }

    [Fact]
    public async Task Without_script_every_change_is_a_form()
    {
        var duty = await Plan(Officer1, 1);
        var machine = await MachineOf("admin.ps1", new() { JavaScriptEnabled = false });
        var page = (await (await Tab(machine)).Open(Address)).Page;

        await Chip(page, duty).ClickAsync();
        var forms = page.Locator($"#duty-{duty}");
        await Expect(forms).ToBeVisibleAsync();
        await forms.Locator("summary").ClickAsync();
        await forms.Locator("input[name=from]").FillAsync($"{Day(2)}T15:00");
        await forms.Locator("input[name=until]").FillAsync($"{Day(2)}T23:00");
        await forms.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(Cell(page, Officer1, 2).Locator(".duty")).ToContainTextAsync("15-23");
        Stored(duty).From.Should().Be(At(2, 15));
    }

    private static string Day(int day) => Monday.AddDays(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Label(int day) => Monday.AddDays(day).ToString("ddd d MMM", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset At(int day, int hour) => Monday.AddDays(day).AddHours(hour);

    private static ILocator Chip(IPage page, Guid duty) => page.Locator($"#week a[href$='#duty-{duty}']");

    private ILocator Cell(IPage page, string account, int day) => page.Locator($"#week tr[data-row='{IdOf(account)}'] td[data-day='{Day(day)}']");

    private async Task<bool> IsAbove(IPage page, string one, string other)
        => (await Cell(page, one, 0).BoundingBoxAsync())!.Y < (await Cell(page, other, 0).BoundingBoxAsync())!.Y;

    /// <summary>The mouse goes there in steps, as a hand does.</summary>
    private static async Task Centre(IPage page, ILocator at, bool down = false)
    {
        var box = (await at.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2), new() { Steps = 8 });
        if (down)
            await page.Mouse.DownAsync();
    }

    private string NameOf(string account)
    {
        var id = IdOf(account);
        using var db = App.Db();
        return db.Officers.AsNoTracking().Single(officer => officer.Id == id).Name;
    }

    private Duty Stored(Guid duty)
    {
        using var db = App.Db();
        return db.Duties.AsNoTracking().Single(one => one.Id == duty);
    }

    /// <summary>By day at PS1, and nothing else of that officer's.</summary>
    private async Task<Guid> Plan(string account, int day)
    {
        var id = IdOf(account);
        var duty = new Duty(Guid.CreateVersion7(), id, "PS1", DutyRole.Officer, At(day, 7), At(day, 15));
        await The<Writer>().Run(unit =>
        {
            unit.Db.Duties.RemoveRange(unit.Db.Duties.Where(other => other.OfficerId == id && other.Role == DutyRole.Officer));
            unit.Db.Duties.Add(duty);
            return true;
        });
        return duty.Id;
    }
}
