using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Demo;

/// <summary>The replay: real incidents through the real intake, stations in turn.</summary>
public sealed class ReplayTests(ReplayTests.Replaying replaying) : IClassFixture<ReplayTests.Replaying>
{
    private const int Enough = 160;

    [Fact]
    public async Task Incidents_arrive_in_turn_of_stations_with_the_cyber_division_at_most_one_in_eight()
    {
        var logs = await Eventually.Reads(Logs, logs => logs.Count >= Enough, $"{Enough} replayed reports");

        for (var at = 0; at + 8 <= logs.Count; at++)
            logs.Skip(at).Take(8).Count(log => log == LogCode.Cyber).Should().BeLessThanOrEqualTo(1);
        logs.Should().Contain(LogCode.Cyber);
        var turns = logs.Where(log => log != LogCode.Cyber).Chunk(19).Where(turn => turn.Length == 19).ToList();
        turns.Should().HaveCountGreaterThan(5);
        turns.Should().OnlyContain(turn => turn.SequenceEqual(turns[0]), "each turn has every station once, in the same order");
        turns[0].Should().OnlyHaveUniqueItems().And.BeInAscendingOrder(LogCode.Order);
    }

    [Fact]
    public async Task Each_incident_comes_under_a_key_of_its_own()
    {
        await Eventually.Reads(Logs, logs => logs.Count >= Enough, $"{Enough} replayed reports");

        using var db = replaying.App.Db();
        var keys = db.IdempotentAnswers.Select(answer => new { answer.Key, answer.ReportId }).ToList();
        keys.Should().OnlyContain(answer => answer.Key.StartsWith("replay-", StringComparison.Ordinal));
        keys.Select(answer => answer.Key).Should().OnlyHaveUniqueItems();
        keys.Select(answer => answer.ReportId).Should().OnlyHaveUniqueItems();
    }

    /// <summary>The logs of the replayed reports in the order in which they were stored.</summary>
    private async Task<List<string>> Logs()
    {
        await using var db = replaying.App.Db();
        return await db.Database.SqlQuery<string>($"""
            SELECT report.Log AS Value FROM IdempotentAnswers answer JOIN Reports report ON report.Id = answer.ReportId
            ORDER BY answer.rowid
            """).ToListAsync();
    }

    public sealed class Replaying : IDisposable
    {
        internal TestApp App { get; } = TestApp.Start(new() { ["Demo:ReplayPerMinute"] = "6000" });

        public void Dispose() => App.Dispose();
    }
}
