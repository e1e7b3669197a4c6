using System.Net;
using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Board;
using AlertDavao.Tests.Devices;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Reports;

/// <summary>The watch over the holders in the running product, which looks by itself.</summary>
public sealed class LapsedClaimTests
{
    [Fact]
    public async Task A_holder_who_only_ever_asked_for_pages_is_gone_after_a_minute_and_the_stations_board_shows_it()
    {
        var time = new JumpedTime();
        using var app = TestApp.Start(services: services => services.AddSingleton<TimeProvider>(time));
        using var holder = await Hand.Of(app, "officer.ps1");
        var report = (await app.Arrive("PS1", 1, "To be held"))[0];
        (await holder.Do(report, "claim", 1)).Status.Should().Be(HttpStatusCode.OK);
        await app.Services.GetRequiredService<HolderWatch>().Run();
        app.Stored(report).HolderOfflineSince.Should().BeNull();

        time.Advance(HolderWatch.Patience);

        await Eventually.Holds(() => Row(app, report)?.HolderOfflineSince is not null, "the board shows that the holder is gone");
        var stored = app.Stored(report);
        (stored.ClaimedBy, stored.Version).Should().Be((holder.Id, 3));
        stored.Since(2).Should().ContainSingle().Which.Kind.Should().Be(ReportEventKind.ClaimLapsed);
    }

    private static BoardRow? Row(TestApp app, Guid report)
        => app.Services.GetRequiredService<StationTails>().Of(Rows.Scope("PS1")).Rows.SingleOrDefault(row => row.Id == report);
}
