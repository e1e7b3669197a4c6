using AlertDavao.Dashboard.Board;
using AlertDavao.Tests.Live;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Board;

/// <summary>Which reports colleagues have open.</summary>
public sealed class ViewedReportsTests
{
    private readonly FakeTimeProvider _time = new(Rows.Noon);
    private readonly object _screen = new();
    private readonly object _other = new();

    [Fact]
    public async Task A_report_that_is_open_is_told_with_how_many_officers_have_it_however_many_screens_they_have()
    {
        await using var house = await House.Open(_time);
        var (viewed, report) = (house.Get<ViewedReports>(), await Arrived(house, "PS1"));
        var (santos, cruz) = (Guid.NewGuid(), Guid.NewGuid());

        viewed.Views(_screen, santos, report);
        viewed.Views(_other, santos, report);
        viewed.Of(Rows.Scope("PS1")).Should().Be($"{report}:1");
        viewed.Views(new object(), cruz, report);
        _time.Advance(Presence.Age);

        viewed.Of(Rows.Scope("PS1")).Should().Be($"{report}:2");
    }

    [Fact]
    public async Task A_screen_has_one_report_open_and_a_page_that_is_closed_none()
    {
        await using var house = await House.Open(_time);
        var viewed = house.Get<ViewedReports>();
        var (first, second) = (await Arrived(house, "PS1"), await Arrived(house, "PS1"));
        viewed.Views(_screen, Guid.NewGuid(), first);

        viewed.Views(_screen, Guid.NewGuid(), second);
        viewed.Of(Rows.Scope("PS1")).Should().Be($"{second}:1");
        viewed.Views(_screen, Guid.NewGuid(), null);
        _time.Advance(Presence.Age);

        viewed.Of(Rows.Scope("PS1")).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_open_elsewhere_is_told_to_nobody_who_does_not_see_that_board()
    {
        await using var house = await House.Open(_time);
        var (viewed, report) = (house.Get<ViewedReports>(), await Arrived(house, "PS2"));

        viewed.Views(_screen, Guid.NewGuid(), report);

        viewed.Of(Rows.Scope("PS1")).Should().BeEmpty();
        viewed.Of(Rows.Scope("PS1", "PS2")).Should().Be($"{report}:1");
        viewed.Of(Rows.Scope()).Should().BeEmpty();
    }

    [Fact]
    public async Task It_is_as_old_as_presence_at_most_and_the_same_text_as_long_as_it_is_the_same()
    {
        await using var house = await House.Open(_time);
        var (viewed, report) = (house.Get<ViewedReports>(), await Arrived(house, "PS1"));
        viewed.Views(_screen, Guid.NewGuid(), report);
        var first = viewed.Of(Rows.Scope("PS1"));
        viewed.Views(_other, Guid.NewGuid(), report);

        viewed.Of(Rows.Scope("PS1")).Should().BeSameAs(first, "no draw asks again within that time");
        viewed.Views(_other, Guid.NewGuid(), null);
        _time.Advance(Presence.Age);

        viewed.Of(Rows.Scope("PS1")).Should().BeSameAs(first);
    }

    private static async Task<Guid> Arrived(House house, string log)
    {
        var report = await house.Commit(log);
        house.Advance(log);
        return report;
    }
}
