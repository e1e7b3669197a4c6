using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Live;

/// <summary>A5: half an hour without input locks a session's screens; what arrives is no input.</summary>
public sealed class SessionLockTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 6, 7, 4, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_delivery_after_half_an_hour_without_input_is_drawn_locked_though_reports_came_all_the_time()
    {
        await using var house = await House.Open(_time);
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));

        for (var minute = 1; minute <= 29; minute++)
        {
            await Pass(house, TimeSpan.FromMinutes(1));
            await Arrive(house, screen);
            screen.Last!.IsLocked.Should().BeFalse($"{minute} minutes have passed");
        }

        await Pass(house, TimeSpan.FromMinutes(1));
        await Arrive(house, screen);

        await Until.True(() => screen.Last!.IsLocked, "the delivery that came after the half hour");
        screen.Last!.Picture.Rows.Should().HaveCount(30, "it is shown, in short");
        screen.Told.Should().Be(30, "what came with the lock is an arrival as any other");
    }

    [Fact]
    public async Task Input_keeps_a_session_open_and_opens_none_that_is_locked()
    {
        await using var house = await House.Open(_time);
        var sessions = house.Get<SessionDirectory>();
        var session = Session(house, await house.Officer("PS1"));

        for (var times = 0; times < 3; times++)
        {
            await Pass(house, Idle - TimeSpan.FromSeconds(1));
            sessions.Touch(session).Should().BeTrue();
        }

        await Pass(house, Idle);

        sessions.IsLocked(session).Should().BeTrue();
        sessions.Touch(session).Should().BeFalse();
        sessions.IsLocked(session).Should().BeTrue("a hand on the keyboard is not yet the officer's");
        sessions.IsLive(session).Should().BeTrue("what arrives still comes");
    }

    [Fact]
    public async Task The_watch_draws_a_quiet_board_locked_and_open_again_when_its_officer_has_confirmed()
    {
        await using var house = await House.Open(_time);
        await using var screen = await Screen.Open(house, await house.Officer("PS1"));
        await house.StartSessionWatch();

        await Until.True(() => Swept(() => screen.Last!.IsLocked), "the sweep finds it");
        house.Get<SessionDirectory>().Confirm(screen.Session, _time.GetUtcNow(), _time.GetUtcNow() + OfficerSession.Longest);

        await Until.True(() => Swept(() => !screen.Last!.IsLocked), "it is confirmed");
    }

    [Fact]
    public async Task The_end_is_announced_a_quarter_of_an_hour_ahead_and_told_once()
    {
        await using var house = await House.Open(_time);
        var sessions = house.Get<SessionDirectory>();
        var session = Session(house, await house.Officer("PS1"));
        var told = 0;
        using var hold = house.Get<LiveSessions>().Hold(session, _ => { }, () => told++);
        var endsAt = _time.GetUtcNow() + OfficerSession.Longest;

        for (var passed = TimeSpan.Zero; passed < OfficerSession.Longest - OfficerSession.Announced - TimeSpan.FromMinutes(5); passed += TimeSpan.FromMinutes(5))
        {
            await Pass(house, TimeSpan.FromMinutes(5));
            sessions.Touch(session);
            sessions.NoticeOf(session).Should().Be(default(SessionNotice));
            sessions.TakeNews().Should().BeEmpty();
        }

        await Pass(house, TimeSpan.FromMinutes(5));
        sessions.Touch(session);

        sessions.NoticeOf(session).Should().Be(new SessionNotice(false, endsAt));
        sessions.TakeNews().Should().ContainSingle();
        sessions.TakeNews().Should().BeEmpty();
    }

    [Fact]
    public async Task A_restart_forgets_no_lock()
    {
        await using var house = await House.Open(_time);
        var session = Session(house, await house.Officer("PS1"));
        var key = SessionCookie.NewKey();
        await using (var db = house.Db())
        {
            await db.Sessions.Where(s => s.Id == session).ExecuteUpdateAsync(set => set
                .SetProperty(s => s.LastInputAt, _time.GetUtcNow() - Idle)
                .SetProperty(s => s.KeyHash, SessionDirectory.Hash(key)));
        }

        var anew = new SessionDirectory(house.Get<IDbContextFactory<AlertDavaoDb>>(), new SessionOptions(Idle), _time);
        anew.IsLocked(session).Should().BeTrue("it is not known yet");
        anew.Find(key);

        anew.IsLive(session).Should().BeTrue();
        anew.IsLocked(session).Should().BeTrue();
    }

    private static Guid Session(House house, Guid officer) => AccountClaims.SessionOf(house.SignIn(officer))!.Value;

    // The sweeps confirm what they would have confirmed meanwhile.
    private Task Pass(House house, TimeSpan time)
    {
        _time.Advance(time);
        house.Get<SessionDirectory>().Sweep();
        house.Scopes.Sweep();
        return Task.CompletedTask;
    }

    // The sweep runs beside: each look lets its time pass once more.
    private bool Swept(Func<bool> holds)
    {
        if (holds())
            return true;
        _time.Advance(SessionWatch.Period);
        return false;
    }

    private static async Task Arrive(House house, Screen screen)
    {
        var before = screen.Last!.Picture.Rows.Length;
        await house.Commit("PS1");
        house.Advance("PS1");
        house.Bus.Wake("PS1");
        await Until.True(() => screen.Last!.Picture.Rows.Length == before + 1, "the report is drawn");
    }
}
