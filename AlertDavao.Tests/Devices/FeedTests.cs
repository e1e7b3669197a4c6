using System.Net;
using System.Net.Sockets;
using System.Text;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Officers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Posting = AlertDavao.Domain.Officers.Duty;

namespace AlertDavao.Tests.Devices;

/// <summary>The board as events.</summary>
[Collection(DeviceTests.Name)]
public sealed class FeedTests(LoggedApp app)
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_hello_comes_at_once_then_the_board_then_each_report_as_it_arrives()
    {
        using var device = await app.App.DeviceOf("officer.ps1");
        using var feed = await FeedReader.Open(device);
        feed.Answer.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        feed.Answer.Headers.CacheControl!.NoStore.Should().BeTrue();

        var hello = (await feed.Next())!;
        var board = await feed.CatchUp();
        var arrived = await app.App.Arrive("PS1", 1, "Told as it arrives");
        var delta = await feed.Brings(arrived[0]);

        (hello.Name, hello.Id, hello.Body.Cursor()).Should().Be(("hello", null, ""));
        board[0].Body.IsReset().Should().BeTrue();
        delta.Body.IsReset().Should().BeFalse();
        delta.Id.Should().Be(delta.Body.Cursor());
        delta.Body.Entries().Should().ContainSingle().Which.GetProperty("report").Text("title").Should().Be("Told as it arrives");
    }

    [Theory]
    [InlineData("/api/feed/")]
    [InlineData("/API/Feed")]
    [InlineData("/api/f%65ed")]
    public async Task However_its_address_is_written_it_is_followed(string address)
    {
        using var device = await app.App.DeviceOf("officer.ps9");
        using var feed = await FeedReader.Open(device, address: address);

        (await feed.CatchUp()).Should().NotBeEmpty();
        await feed.Brings((await app.App.Arrive("PS9", 1))[0]);
    }

    [Fact]
    public async Task Poll_and_feed_tell_the_same_after_the_same_cursor()
    {
        using var device = await app.App.DeviceOf("officer.ps2");
        var before = await device.Now();
        await app.App.Arrive("PS2", 5, "The same by both");
        var polled = await Eventually.Reads(() => device.PollAll(before), pages => pages.Entries().Count() == 5, "the reports are there");

        using var feed = await FeedReader.Open(device, before);
        var hello = (await feed.Next())!;
        var told = await feed.CatchUp();

        hello.Body.Cursor().Should().Be(before);
        told.ConvertAll(delta => delta.Data).Should().Equal(polled.ConvertAll(page => page.GetRawText()));
    }

    [Fact]
    public async Task A_reader_that_comes_back_with_its_last_event_goes_on_there_whatever_its_address_says()
    {
        using var device = await app.App.DeviceOf("officer.ps3");
        var old = await device.Now();
        string last;
        using (var feed = await FeedReader.Open(device))
        {
            await feed.CatchUp();
            last = (await feed.Brings((await app.App.Arrive("PS3", 1))[0])).Id!;
        }

        var missed = await app.App.Arrive("PS3", 3);
        await Eventually.Reads(() => device.PollAll(last), pages => pages.Entries().Count() == 3, "the reports are there");

        using var again = await FeedReader.Open(device, after: old, lastEventId: last);
        (await again.Next())!.Body.Cursor().Should().Be(last);
        (await again.CatchUp()).SelectMany(delta => delta.Body.Entries()).Select(entry => entry.ReportId()).Should().Equal(missed);
    }

    [Fact]
    public async Task RT_39_a_sessions_feed_ends_with_it_and_a_colleagues_goes_on()
    {
        using var officer = await app.App.SignedIn("officer.ps4");
        using var elsewhere = await app.App.SignedIn("officer.ps4");
        using var feed = await FeedReader.Open(officer);
        using var other = await FeedReader.Open(elsewhere);
        await feed.CatchUp();

        await officer.Send("/account/logout");
        var arrived = await app.App.Arrive("PS4", 1, "After the sign-out");

        (await feed.End()).Should().BeLessThan(AtOnce);
        await other.Brings(arrived[0]);
    }

    [Fact]
    public async Task An_officer_who_is_moved_is_told_the_new_board_anew_and_nothing_more_of_the_old_one()
    {
        using var device = await app.App.DeviceOf("officer.ps5");
        using var feed = await FeedReader.Open(device);
        await feed.CatchUp();
        var officer = app.App.IdOf("officer.ps5");

        await Post(officer, "PS6");

        var delta = await feed.Delta();
        delta.Body.IsReset().Should().BeTrue();
        delta.Body.Entries().Should().NotBeEmpty().And.OnlyContain(entry => entry.Text("station") == "PS6");
        await app.App.Arrive("PS5", 1, "Of the old station");
        var arrived = await app.App.Arrive("PS6", 1, "Of the new station");
        var next = await feed.Delta();
        next.Body.Entries().Should().ContainSingle().Which.ReportId().Should().Be(arrived[0]);

        await Post(officer);
        var none = await feed.Delta();
        (none.Body.IsReset(), none.Body.Entries().Count, none.Id).Should().Be((true, 0, null));
        await Post(officer, "PS5");
        (await feed.Delta()).Body.Entries().Should().OnlyContain(entry => entry.Text("station") == "PS5");
    }

    [Fact]
    public async Task However_many_listen_a_delta_is_turned_into_bytes_once()
    {
        using var officer = await app.App.DeviceOf("officer.ps7");
        using var admin = await app.App.DeviceOf("admin.ps7");
        var feeds = new List<FeedReader>();
        for (var at = 0; at < 20; at++)
        {
            feeds.Add(await FeedReader.Open(at % 2 == 0 ? officer : admin));
            await feeds[^1].CatchUp();
        }

        var frames = app.App.Services.GetRequiredService<BoardFrames>();
        var before = frames.Made;
        var arrived = await app.App.Arrive("PS7", 1, "Once for all");
        var told = await Task.WhenAll(feeds.Select(feed => feed.Brings(arrived[0])));

        (frames.Made - before).Should().Be(1);
        told.Select(delta => delta.Data).Distinct().Should().ContainSingle();
        feeds.ForEach(feed => feed.Dispose());
    }

    [Fact]
    public async Task Fifty_that_come_and_go_leave_nothing_behind()
    {
        var bus = app.App.Services.GetRequiredService<LiveBus>();
        var feeds = app.App.Services.GetRequiredService<Feeds>();
        var live = app.App.Services.GetRequiredService<LiveSessions>();
        await Eventually.Holds(() => feeds.Open == 0, "the feeds of other tests are over");
        var (subscribers, held) = (bus.Subscribers, live.Held);
        using var device = await app.App.DeviceOf("officer.ps8");
        for (var at = 0; at < 50; at++)
        {
            await Eventually.Holds(() => feeds.Open < 5, "there is room");
            using var feed = await FeedReader.Open(device);
            await feed.Next();
        }

        await Eventually.Holds(() => feeds.Open == 0, "every feed is over");
        (bus.Subscribers, live.Held).Should().Be((subscribers, held));
    }

    [Fact]
    [Trait("catalogue", "C6")]
    public async Task A_reader_that_takes_nothing_delays_no_other_and_is_dropped()
    {
        var feeds = app.App.Services.GetRequiredService<Feeds>();
        using var officer = await app.App.SignedIn("officer.ps17");
        using var device = app.App.Device(await officer.AddDevice());
        await Eventually.Holds(() => feeds.Open == 0, "the feeds of other tests are over");
        var token = device.DefaultRequestHeaders.Authorization!.Parameter;
        using var stuck = new System.Net.Sockets.Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await stuck.ConnectAsync(app.App.Address.Host, app.App.Address.Port);
        await stuck.SendAsync(Encoding.ASCII.GetBytes($"GET {Wire.Feed} HTTP/1.1\r\nHost: {app.App.Address.Authority}\r\nAuthorization: Bearer {token}\r\n\r\n"));
        using var feed = await FeedReader.Open(device);
        await feed.CatchUp();
        await Eventually.Holds(() => feeds.Open == 2, "both are open");

        // More than the buffers on the way hold.
        var title = string.Concat(Enumerable.Repeat("\U0001F6A8", 190));
        for (var burst = 0; burst < 12; burst++)
        {
            var arrived = await app.App.Arrive("PS17", 150, title);
            var since = TimeProvider.System.GetTimestamp();
            await feed.Brings(arrived[^1]);
            TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(Feeds.Patience);
        }

        await Eventually.Holds(() => feeds.Open == 1, "the one that takes nothing is dropped");
        await feed.Brings((await app.App.Arrive("PS17", 1))[0]);
    }

    [Fact]
    public async Task A_quiet_feed_says_that_it_is_there()
    {
        using var device = await app.App.DeviceOf("officer.ps18");
        using var feed = await FeedReader.Open(device);
        await feed.CatchUp();
        var since = TimeProvider.System.GetTimestamp();

        var comment = (await feed.Next())!;

        (comment.Name, comment.Id, comment.Data).Should().Be(("", null, ""));
        TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(Feeds.KeepAlive + TimeSpan.FromSeconds(3));
    }

    private async Task Post(Guid officer, params string[] logs)
    {
        await app.App.Writer().Run(unit =>
        {
            unit.Db.Officers.Single(o => o.Id == officer).DutiesChanged();
            unit.Db.Duties.RemoveRange(unit.Db.Duties.Where(duty => duty.OfficerId == officer));
            foreach (var log in logs)
                unit.Db.Duties.Add(new Posting(Guid.NewGuid(), officer, log, DutyRole.Officer, unit.Now, null));
            return true;
        });
        app.App.Services.GetRequiredService<ScopeDirectory>().Forget(officer);
        app.App.Services.GetRequiredService<LiveBus>().Ring(officer);
    }
}

/// <summary>How many feeds there may be, and that the program does not wait for them; each on a product of its own.</summary>
public sealed class FeedLimitTests
{
    [Fact]
    public async Task One_feed_too_many_of_an_officer_is_refused_until_another_ends()
    {
        using var app = TestApp.Start(new() { ["Limits:CircuitsPerUser"] = "1" });
        using var device = await app.DeviceOf("officer.ps1");
        using var colleague = await app.DeviceOf("admin.ps1");
        var first = await FeedReader.Open(device);
        using var second = await FeedReader.Open(device);

        using (var refused = await device.GetAsync(Wire.Feed, HttpCompletionOption.ResponseHeadersRead))
        {
            refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter.Should().NotBeNull();
        }

        using var others = await FeedReader.Open(colleague);
        (await device.Poll()).IsReset().Should().BeTrue("asking is not following");
        first.Dispose();
        await Eventually.Reads(() => device.Status(Wire.Feed), status => status == HttpStatusCode.OK, "there is room again");
    }

    [Fact]
    public async Task When_the_program_stops_the_feeds_end_by_themselves()
    {
        var app = TestApp.Start();
        using var device = await app.DeviceOf("officer.ps1");
        using var feed = await FeedReader.Open(device);
        await feed.CatchUp();
        app.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().StopApplication();

        (await feed.End()).Should().BeLessThan(TimeSpan.FromSeconds(2));
        app.Dispose();
    }
}
