using AlertDavao.Dashboard.Board;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Live;
using Microsoft.Extensions.Time.Testing;
using static AlertDavao.Domain.Reports.ReportStatus;

namespace AlertDavao.Tests.Board;

/// <summary>The tail of one log on a real file, filled through the writer.</summary>
public sealed class StationTailTests
{
    private static readonly Guid Santos = Guid.NewGuid();

    [Fact]
    public async Task An_empty_log_is_complete_to_zero()
    {
        await using var house = await House.Open();

        var picture = house.Tails.Of(Rows.Scope("PS1"));

        (picture.NumberOf("PS1"), picture.Rows.Length, picture.Entries.Length, picture.Counters).Should().Be((0, 0, 0, default(Counters)));
        picture.Epoch.Should().Be(house.City.Epoch);
    }

    [Fact]
    public async Task A_report_that_arrived_is_a_row_an_entry_and_counted()
    {
        await using var house = await House.Open();
        var id = await Opened(house).Commit("PS1", "Robbery", "Armed robbery");

        var picture = house.Advance("PS1");

        var row = picture.Rows.Should().ContainSingle().Subject;
        (row.Id, row.Version, row.Log, row.Number, row.Title, row.Severity, row.Status)
            .Should().Be((id, 1, "PS1", 1, "Armed robbery", Severity.Critical, Received));
        row.CrimeTypes.Should().Equal("Robbery");
        picture.Entries.Should().ContainSingle().Which.Should().Be(new BoardEntry("PS1", 1, EntryKind.Arrived, picture.At, id, row));
        picture.Counters.Should().Be(new Counters(1, 0, 1));
    }

    [Fact]
    public async Task Nothing_new_is_the_same_picture()
    {
        await using var house = await House.Open();
        await Opened(house).Commit("PS1");
        var before = house.Advance("PS1");

        house.Tails.Advance("PS1").Should().BeFalse();

        house.Tails.Of(Rows.Scope("PS1")).Should().BeSameAs(before);
    }

    [Fact]
    public async Task Rows_nobody_touched_are_shared_with_the_picture_before()
    {
        await using var house = await House.Open();
        await Opened(house).Commit("PS1");
        var first = house.Advance("PS1").Rows.Single();
        await house.Commit("PS1");

        var second = house.Advance("PS1");

        second.Rows.Should().HaveCount(2).And.Contain(row => ReferenceEquals(row, first));
    }

    [Fact]
    public async Task A_row_names_who_acknowledged_it_and_then_who_claimed_it()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("PS1");
        var id = await house.Commit("PS1");
        await house.Change(id, (report, now) => report.Acknowledge(officer, now));
        var acknowledged = house.Advance("PS1").Rows.Single();
        await house.Change(id, (report, now) => report.Claim(officer, now));

        var claimed = house.Advance("PS1").Rows.Single();

        (acknowledged.Who, acknowledged.ClaimedBy, acknowledged.Version).Should().Be(("R. Santos", null, 2));
        (claimed.Who, claimed.ClaimedBy, claimed.Version).Should().Be(("R. Santos", officer, 3));
    }

    [Fact]
    public async Task An_arrival_of_a_report_that_has_since_left_is_read_as_left_without_content()
    {
        await using var house = await House.Open();
        var id = await Opened(house).Commit("PS1", title: "Secret");
        await house.Transfer(id, "PS2");
        await house.Change(id, (report, now) => report.Acknowledge(Santos, now));

        var picture = house.Advance("PS1");

        picture.Entries.Select(entry => (entry.Number, entry.Kind, entry.Row)).Should().Equal((1, EntryKind.Left, null), (2, EntryKind.Left, null));
        picture.Rows.Should().BeEmpty();
        picture.Counters.Should().Be(default(Counters));
    }

    [Fact]
    public async Task Once_a_report_has_left_no_entry_of_the_picture_shows_it_any_more()
    {
        await using var house = await House.Open();
        var id = await Opened(house).Commit("PS1", title: "Secret");
        house.Advance("PS1").Entries.Single().Row.Should().NotBeNull();
        await house.Transfer(id, "PS2");

        var picture = house.Advance("PS1");

        picture.Entries.Should().OnlyContain(entry => entry.Kind == EntryKind.Left && entry.Row == null);
    }

    [Fact]
    public async Task A_transferred_report_is_whole_in_the_log_it_came_to()
    {
        await using var house = await House.Open();
        var id = await Opened(house).Commit("PS1", title: "Moved");
        await house.Commit("PS2");
        await house.Transfer(id, "PS2");

        var row = house.Advance("PS2").Rows.Single(row => row.Id == id);

        (row.Log, row.Number, row.Version, row.Title).Should().Be(("PS2", 2, 2, "Moved"));
    }

    [Fact]
    public async Task A_report_that_came_back_stands_there_again()
    {
        await using var house = await House.Open();
        var id = await Opened(house).Commit("PS1");
        house.Advance("PS1");
        await house.Transfer(id, "PS2");
        await house.Transfer(id, "PS1");

        var picture = house.Advance("PS1");

        picture.Rows.Should().ContainSingle().Which.Number.Should().Be(3);
        picture.Counters.Should().Be(new Counters(1, 0, 1));
    }

    [Fact]
    public async Task A_log_that_is_pages_behind_catches_up()
    {
        await using var house = await House.Open();
        Opened(house);
        await house.CommitMany("PS1", TailReader.Page + 100);

        var picture = house.Advance("PS1");

        picture.NumberOf("PS1").Should().Be(TailReader.Page + 100);
        picture.Counters.Unacknowledged.Should().Be(TailReader.Page + 100);
        picture.Entries.Should().HaveCount(BoardPicture.MaxEntries);
        picture.Entries[^1].Number.Should().Be(TailReader.Page + 100);
        Tell.SameBoard(picture, house.Reader.Load("PS1", house.Time.GetUtcNow(), BoardPicture.Nothing));
    }

    [Fact]
    public async Task The_first_advance_of_a_new_manila_day_counts_today_anew()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 6, 7, 15, 59, 0, TimeSpan.Zero));
        await using var house = await House.Open(time);
        await Opened(house).Commit("PS1");
        house.Advance("PS1").Counters.Today.Should().Be(1);

        time.Advance(TimeSpan.FromMinutes(2));
        await house.Commit("PS1");
        await house.Commit("PS1");

        house.Tails.Behind().Should().Contain("PS1");
        var picture = house.Advance("PS1");
        picture.Counters.Should().Be(new Counters(3, 0, 2));
        picture.StartOfDay.Should().Be(new DateTimeOffset(2024, 6, 7, 16, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_quiet_log_is_behind_when_the_manila_day_turned_and_no_longer_after_it_was_read()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 6, 7, 15, 59, 0, TimeSpan.Zero));
        await using var house = await House.Open(time);
        await Opened(house).Commit("PS1");
        house.Advance("PS1");
        house.Tails.Behind().Should().BeEmpty();

        time.Advance(TimeSpan.FromMinutes(2));
        house.Tails.Behind().Should().HaveCount(21);
        house.Tails.Advance("PS1").Should().BeTrue();

        house.Tails.Behind().Should().HaveCount(20).And.NotContain("PS1");
        house.Tails.Of(Rows.Scope("PS1")).Counters.Today.Should().Be(0);
    }

    [Fact]
    public async Task Only_the_logs_that_moved_are_behind()
    {
        await using var house = await House.Open();
        Opened(house);
        await house.Commit("PS1");
        await house.Commit("CITY");

        house.Tails.Behind().Should().BeEquivalentTo("PS1", "CITY");
    }

    // The tails read their logs when they are made.
    private static House Opened(House house)
    {
        house.Tails.Should().NotBeNull();
        return house;
    }
}
