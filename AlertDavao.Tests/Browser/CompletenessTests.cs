using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>What a page could miss it finds by itself: a hole, a circuit that was given up, a board that does not move, another database.</summary>
[Collection(OtherBrowsers.Name)]
public sealed class CompletenessTests(Chromium chromium) : WiredTest(chromium, services =>
    services.Configure<CircuitOptions>(circuits => circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMilliseconds(200)))
{
    private const string Hide =
        """
        () => {
            window.isHidden = true;
            Object.defineProperty(document, 'hidden', { get: () => window.isHidden });
            Object.defineProperty(document, 'visibilityState', { get: () => window.isHidden ? 'hidden' : 'visible' });
            document.dispatchEvent(new Event('visibilitychange'));
        }
        """;

    private const string Show = "() => { window.isHidden = false; document.dispatchEvent(new Event('visibilitychange')); }";

    [Fact]
    [Trait("catalogue", "RT-08")]
    public async Task What_came_while_the_tab_was_hidden_and_its_connection_lost_is_all_there_when_it_is_shown()
    {
        var screen = await Wired("officer.ps1");
        await screen.Page.EvaluateAsync(Hide);
        Wire.IsDown = true;
        Wire.CutAll();
        var reports = new List<Posted>();
        for (var count = 0; count < 5; count++)
            reports.Add(await Post("PS1", $"Nobody looked {count}"));
        Wire.IsDown = false;

        await screen.Page.EvaluateAsync(Show);

        await screen.IsLive();
        foreach (var report in reports)
            await Expect(screen.Row(report)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("fresh"));
        await Expect(screen.Rows.Filter(new() { HasText = "Nobody looked" })).ToHaveCountAsync(5);
    }

    [Fact]
    [Trait("catalogue", "C7")]
    public async Task A_page_that_slept_until_its_circuit_was_given_up_comes_back_in_full()
    {
        var screen = await Wired("officer.ps2");
        Wire.IsDown = true;
        Wire.CutAll();
        var report = await Post("PS2", "While it slept");
        await Expect(screen.Connection).ToHaveAttributeAsync("data-state", "stale");
        Wire.IsDown = false;

        await screen.Page.WaitForFunctionAsync("() => window.pinned === undefined");
        await screen.IsLive();
        await Expect(screen.Row(report)).ToHaveCountAsync(1);
        await Expect(screen.Row(report)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("fresh"));
    }

    [Fact]
    public async Task A_hole_in_the_numbers_is_found_and_asked_for_again()
    {
        var screen = await Wired("officer.ps3");
        var answers = 0;
        // The first answer that has three reports loses the one in the middle on its way.
        await screen.Page.RouteAsync("**/api/board?*", async route =>
        {
            var answer = await route.FetchAsync();
            var body = System.Text.Json.Nodes.JsonNode.Parse(await answer.TextAsync())!;
            var entries = body["entries"]!.AsArray();
            if (entries.Count == 3 && Interlocked.Increment(ref answers) == 1)
                entries.RemoveAt(1);
            await route.FulfillAsync(new() { Response = answer, Body = body.ToJsonString() });
        });
        Wire.RefusesSockets = true;
        Wire.CutSockets();
        var reports = await Burst("PS3", 3, "None may be missing");

        await Expect(screen.Connection).ToHaveAttributeAsync("data-state", "polling");
        foreach (var report in reports)
            await Expect(Listed(screen, report)).ToHaveCountAsync(1);
        answers.Should().BePositive("an answer had a hole");
    }

    [Fact]
    public async Task A_board_that_does_not_move_though_reports_come_is_opened_again()
    {
        var screen = await Wired("officer.ps4");
        // What the circuit draws from here on is on no screen.
        await screen.Page.EvaluateAsync("() => document.querySelector('.board').replaceWith(document.querySelector('.board').cloneNode(true))");
        var report = await Post("PS4", "On no screen");

        await screen.Page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");

        await screen.Page.WaitForFunctionAsync("() => window.pinned === undefined");
        await Expect(screen.Row(report)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_board_that_stands_still_is_asked_every_minute_and_one_that_has_just_moved_is_not()
    {
        var screen = await Wired("officer.ps6");
        var asked = 0;
        screen.Page.Request += (_, request) => Interlocked.Add(ref asked, request.Url.Contains("/api/board?", StringComparison.Ordinal) ? 1 : 0);
        // A minute is a third of a second here, and each is counted.
        await screen.Page.AddInitScriptAsync(
            """
            window.minutes = 0;
            const post = Worker.prototype.postMessage;
            Worker.prototype.postMessage = function (message, ...rest) {
                if (message?.ms < 60000) return post.call(this, message, ...rest);
                window.minutes++;
                return post.call(this, { ...message, ms: message.ms / 200 }, ...rest);
            };
            """);
        await screen.Page.ReloadAsync();
        await screen.IsLive();
        await Eventually.Holds(() => Volatile.Read(ref asked) > 1, "it stands still");

        await Expect(screen.Row(await Post("PS6", "It moves"))).ToHaveCountAsync(1);
        await Pass(1);
        var before = Volatile.Read(ref asked);
        await Pass(4);

        Volatile.Read(ref asked).Should().Be(before);

        async Task Pass(int minutes)
        {
            var now = await screen.Page.EvaluateAsync<int>("() => window.minutes");
            await screen.Page.WaitForFunctionAsync("until => window.minutes > until", now + minutes);
        }
    }

    [Fact]
    [Trait("catalogue", "D11")]
    public async Task Another_database_makes_the_page_start_anew_though_no_socket_gets_through()
    {
        var screen = await Wired("officer.ps5");
        Wire.RefusesSockets = true;
        Wire.CutSockets();
        await Expect(screen.Connection).ToHaveAttributeAsync("data-state", "polling");
        using (var db = App.Db())
            await db.Marks.ExecuteUpdateAsync(mark => mark.SetProperty(one => one.Epoch, one => one.Epoch + 1));

        Wire.LeadTo(Restart());
        Wire.CutAll();

        await screen.Page.WaitForFunctionAsync("() => window.pinned === undefined");
        await Expect(screen.Rows).Not.ToHaveCountAsync(0);
    }
}
