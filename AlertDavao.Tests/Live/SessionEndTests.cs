using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Live;

/// <summary>Nothing is delivered to a session that has ended, from the very call on that ends it.</summary>
public sealed class SessionEndTests
{
    [Fact]
    public async Task RT_39_what_is_committed_after_the_end_is_not_delivered_to_that_session_and_to_every_other()
    {
        await using var house = await House.Open();
        await house.StartFanOut();
        var officer = await house.Officer("PS1");
        await using var ended = await Screen.Open(house, officer);
        await using var other = await Screen.Open(house, officer);

        await house.Get<EndSessions>().Own(officer, ended.Session);
        for (var report = 0; report < 20; report++)
            await house.Commit("PS1");
        house.Bus.Ring("PS1");

        await Until.True(() => other.Last!.Picture.Rows.Length == 20, "the other session has them all");
        ended.Last!.Picture.Rows.Should().BeEmpty();
    }

    [Fact]
    public async Task RT_39_a_delivery_that_was_read_before_the_end_is_not_drawn_after_it()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("PS1");
        await using var screen = await Screen.Open(house, officer);
        screen.BeforeDraw = async () => await house.Get<EndSessions>().Own(officer, screen.Session);

        await house.Commit("PS1");
        house.Advance("PS1");
        house.Bus.Wake("PS1");

        await Until.True(() => house.Bus.Subscribers == 0, "the feed has stopped");
        screen.Last!.Picture.Rows.Should().BeEmpty();
    }

    [Fact]
    public async Task A6_after_twelve_hours_a_session_is_over_however_active()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 6, 7, 4, 0, 0, TimeSpan.Zero));
        await using var house = await House.Open(time);
        var sessions = house.Get<SessionDirectory>();
        var session = AccountClaims.SessionOf(house.SignIn(await house.Officer("PS1")))!.Value;

        for (var passed = TimeSpan.Zero; passed < OfficerSession.Longest; passed += TimeSpan.FromSeconds(10))
        {
            sessions.IsLive(session).Should().BeTrue();
            time.Advance(TimeSpan.FromSeconds(10));
            var ended = sessions.Sweep();
            ended.Should().HaveCount(sessions.Stands(session) ? 0 : 1);
        }

        sessions.IsLive(session).Should().BeFalse();
    }

    [Fact]
    public void What_hangs_on_a_session_goes_with_it_once_and_what_went_before_is_not_called()
    {
        var live = new LiveSessions();
        var (session, other) = (Guid.NewGuid(), Guid.NewGuid());
        var calls = new List<string>();
        live.Hold(session, _ => calls.Add("stays"));
        live.Hold(session, _ => calls.Add("went")).Dispose();
        using var others = live.Hold(other, _ => calls.Add("other"));
        live.Own(session, "secret");

        live.End(session);
        live.End(session);

        calls.Should().Equal("stays");
        live.Held.Should().Be(1);
        live.Owns(session, "secret").Should().BeFalse();
    }

    [Fact]
    public void A_circuit_is_given_back_to_its_own_session_alone()
    {
        var live = new LiveSessions();
        var (session, other) = (Guid.NewGuid(), Guid.NewGuid());
        live.Own(session, "secret");

        live.Owns(session, "secret").Should().BeTrue();
        live.Owns(other, "secret").Should().BeFalse();
        live.Owns(session, "another secret").Should().BeFalse();
        live.IsOwned("secret").Should().BeTrue();
        live.IsOwned("another secret").Should().BeFalse();
    }
}
