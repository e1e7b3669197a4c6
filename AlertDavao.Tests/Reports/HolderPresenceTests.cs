using AlertDavao.Dashboard.Live;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Reports;

/// <summary>What counts as a screen of an officer who holds a report.</summary>
[Collection(SecurityTests.Name)]
public sealed class HolderPresenceTests(LoggedApp running)
{
    [Fact]
    public async Task An_open_feed_is_one_until_it_is_over_and_a_page_that_was_fetched_is_none()
    {
        using var officer = await Hand.Of(running.App, "officer.ps10");
        var present = running.App.Services.GetRequiredService<LiveSessions>().Present;
        await officer.Client.Poll();
        present.Has(officer.Id).Should().BeFalse();

        using (var feed = await FeedReader.Open(officer.Client))
        {
            await feed.Next();
            present.Has(officer.Id).Should().BeTrue();
        }

        await Eventually.Holds(() => !present.Has(officer.Id), "the feed is over");
    }
}
