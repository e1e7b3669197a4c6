using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Live;
using Microsoft.EntityFrameworkCore;
using static AlertDavao.Domain.Reports.ReportStatus;

namespace AlertDavao.Tests.Board;

/// <summary>Whatever happens, the picture that was moved on entry by entry is the one a fresh read makes.</summary>
public sealed class TailAgainstDatabaseTests
{
    private static readonly Guid[] Officers = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
    private static readonly string[] Logs = ["PS1", "PS2", "CITY"];
    private static readonly string[] Types = ["Others", "Theft", "Robbery"];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 4)]
    [InlineData(4, 25)]
    public async Task Three_hundred_random_events_one_by_one_or_in_bunches(int seed, int bunch)
    {
        await using var house = await House.Open();
        var random = new Random(seed);
        house.Tails.Behind().Should().BeEmpty();
        for (var step = 0; step < 300; step += bunch)
        {
            await house.Writer.Run(unit => Enumerable.Range(0, bunch).Count(_ => Event(house, unit, random)));

            EveryPictureIsFresh(house, $"seed {seed}, step {step}");
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Random_bunches_in_a_log_beyond_its_bounds(int seed)
    {
        await using var house = await House.Open();
        await house.CommitMany("PS1", BoardPicture.MaxOthers + 20, status: Acknowledged);
        await house.CommitMany("PS1", 15, "Robbery");
        await house.CommitMany("PS1", BoardPicture.MaxUnacknowledged + 5);
        var random = new Random(seed);
        house.Tails.Behind().Should().BeEmpty();
        for (var step = 0; step < 12; step++)
        {
            await house.Writer.Run(unit => Enumerable.Range(0, 6).Count(_ => Event(house, unit, random)));

            EveryPictureIsFresh(house, $"seed {seed}, step {step}");
        }
    }

    [Fact]
    public async Task A_critical_report_older_than_five_hundred_others_is_on_the_board_whoever_reads_it()
    {
        await using var house = await House.Open();
        await house.CommitMany("PS1", 1, "Robbery");
        await house.CommitMany("PS1", BoardPicture.MaxUnacknowledged + 20);

        var fresh = house.Reader.Load("PS1", house.Time.GetUtcNow(), BoardPicture.Nothing);

        fresh.Rows.Should().HaveCount(BoardPicture.MaxUnacknowledged);
        fresh.Rows[0].Severity.Should().Be(Severity.Critical);
        fresh.Counters.Unacknowledged.Should().Be(BoardPicture.MaxUnacknowledged + 21);
    }

    [Fact]
    public async Task A_report_beyond_the_bounds_comes_up_when_there_is_room()
    {
        await using var house = await House.Open();
        await house.CommitMany("PS1", BoardPicture.MaxUnacknowledged + 1);
        var before = house.Tails.Of(Rows.Scope("PS1"));
        before.Rows.Should().HaveCount(BoardPicture.MaxUnacknowledged).And.NotContain(row => row.Number == 1);

        await house.Change(before.Rows[0].Id, (report, now) => report.Acknowledge(Officers[0], now));

        var after = house.Advance("PS1");
        after.Rows.Should().HaveCount(BoardPicture.MaxUnacknowledged + 1).And.Contain(row => row.Number == 1);
        Tell.SameBoard(after, house.Reader.Load("PS1", house.Time.GetUtcNow(), BoardPicture.Nothing));
    }

    [Fact]
    public async Task An_old_report_that_is_acknowledged_when_another_leaves_does_not_take_a_newer_ones_place()
    {
        await using var house = await House.Open();
        await house.CommitMany("PS1", 1);
        var old = house.ReportsOf("PS1").Single();
        await house.Writer.Run(unit => Enumerable.Range(0, BoardPicture.MaxOthers + 1).Count(at =>
        {
            house.Arrive(new WriteUnit(unit.Db, unit.Now.AddMinutes(at)), "PS1", "Others", "Newer", Acknowledged);
            return unit.Db.SaveChanges() > 0;
        }));
        var newest = house.Tails.Of(Rows.Scope("PS1")).Rows[0].Id;

        await house.Writer.Run(unit => House.Transferred(unit, newest, "PS2")
            && House.Changed(unit, old, (report, now) => report.Acknowledge(Officers[0], now)));

        Tell.SameBoard(house.Advance("PS1"), house.Reader.Load("PS1", house.Time.GetUtcNow(), BoardPicture.Nothing));
    }

    private static void EveryPictureIsFresh(House house, string because)
    {
        var now = house.Time.GetUtcNow();
        var standing = Logs.ToDictionary(log => log, log => house.ReportsOf(log));
        foreach (var log in Logs)
        {
            var picture = house.Advance(log);
            var fresh = house.Reader.Load(log, now, BoardPicture.Nothing);
            Tell.SameBoard(picture, fresh, because);
            Tell.Contiguous(picture, because);
            picture.Entries.Any(entry => entry.Row is null != (entry.Kind == EntryKind.Left)).Should().BeFalse(because);
            picture.Entries.Where(entry => entry.Row is not null).Select(entry => entry.ReportId)
                .Except(standing[log]).Should().BeEmpty(because);
        }
    }

    /// <summary>Something that happens to some report of three logs.</summary>
    internal static bool Event(House house, WriteUnit unit, Random random)
    {
        var known = unit.Db.Reports.AsNoTracking().OrderBy(report => report.LogNumber).ThenBy(report => report.Log).ToList();
        var one = known.Count == 0 ? null : known[random.Next(known.Count)];
        switch (random.Next(10))
        {
            case 0 or 1 when one is not null && one.Status == Received:
                House.Changed(unit, one.Id, (report, now) => report.Acknowledge(Any(random, Officers), now));
                break;
            case 2 when one is { ClaimedBy: null } && one.Status.IsOpen():
                House.Changed(unit, one.Id, (report, now) => report.Claim(Any(random, Officers), now));
                break;
            case 3 or 4 or 5 when one is not null:
                var moves = Enum.GetValues<ReportStatus>().Where(to => ReportStatusTable.MayMove(one.Status, to)).ToArray();
                House.Changed(unit, one.Id, (report, now) => report.Move(Any(random, moves), Any(random, Officers), "because", now));
                break;
            case 6 or 7 when one is not null:
                House.Transferred(unit, one.Id, Any(random, [.. Logs.Where(log => log != one.Log)]));
                break;
            default:
                house.Arrive(unit, Any(random, Logs), Any(random, Types), "A report", Received);
                break;
        }

        unit.Db.SaveChanges();
        unit.Db.ChangeTracker.Clear();
        return true;
    }

    private static T Any<T>(Random random, T[] of) => of[random.Next(of.Length)];
}
