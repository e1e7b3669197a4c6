using System.Net;

namespace AlertDavao.Tests.Intake;

/// <summary>What an intake request does when its database fails under it.</summary>
public sealed class DatabaseFaultTests : IDisposable
{
    private const int MoreThanARequestDoes = 60;

    private readonly FaultyDatabase _database = new();
    private readonly LoggedApp _app;

    public DatabaseFaultTests() => _app = LoggedApp.With(_database.AddTo);

    [Fact]
    public async Task D3_whichever_database_operation_fails_a_report_is_either_answered_2xx_and_stored_once_or_5xx_and_not_at_all()
    {
        var broken = new List<string>();
        for (var operation = 1; ; operation++)
        {
            operation.Should().BeLessThan(MoreThanARequestDoes, "a request ends");
            if (!await PostWithFault(operation, broken))
                break;
        }

        string[] steps =
        [
            FaultyDatabase.Open, "PRAGMA synchronous", "BEGIN", "SAVEPOINT", "SELECT 1 FROM IntakeClients", "FROM IdempotentAnswers",
            "UPDATE StationLogs", "INSERT INTO \"Reports\"", "INSERT INTO \"ReportEvent", "INSERT INTO \"StationEntries\"",
            "INSERT INTO \"ReportOriginals\"", "INSERT INTO \"IdempotentAnswers\"", "RELEASE",
            "INSERT INTO ReportSearch", "COMMIT",
        ];
        foreach (var step in steps)
            broken.Should().Contain(sql => sql.Contains(step, StringComparison.Ordinal), step);
        _app.Log.Errors.Should().HaveCountGreaterThanOrEqualTo(broken.Count, "the failures are logged");
        _app.Log.Mentioning("canary-d3").Should().BeEmpty("of a report's text nothing is");
        NumbersShouldHaveNoGap();
    }

    [Fact]
    public async Task D3_when_the_keys_cannot_be_read_nothing_is_stored_and_the_next_request_reads_them()
    {
        _database.BreaksKeys = true;
        _database.BreakAt(1);

        using var answer = await _app.Client.Post(A.Report("Keys"), "keys");

        _database.Broken.Should().NotBeNull();
        await answer.ShouldBeProblem((int)HttpStatusCode.ServiceUnavailable);
        await _app.Client.Accepted(A.Report("Keys"), "keys");
    }

    [Fact]
    public async Task D3_when_even_the_rollback_of_a_report_fails_nothing_of_it_is_stored()
    {
        var rollbacks = 0;
        _database.BreaksRollback = true;
        for (var operation = 1; operation < MoreThanARequestDoes; operation++)
        {
            var before = _app.Counts();
            _database.BreakAt(operation);
            using var answer = await _app.Client.Post(A.Report($"Rollback {operation}"));
            _database.Mend();
            if (answer.IsSuccessStatusCode)
                break;

            rollbacks += _database.Broken == FaultyDatabase.Rollback ? 1 : 0;
            _app.Counts().Should().Be(before);
        }

        rollbacks.Should().BePositive();
        await _app.Client.Accepted(A.Report("Afterwards"));
        NumbersShouldHaveNoGap();
    }

    public void Dispose() => _app.Dispose();

    /// <returns>False when the request did fewer operations.</returns>
    private async Task<bool> PostWithFault(int operation, List<string> broken)
    {
        await LoseConnection();
        var before = _app.Counts();
        var report = A.Report($"canary-d3 {operation}");
        var key = $"d3-{operation}";
        _database.BreakAt(operation);
        using var answer = await _app.Client.Post(report, key);
        _database.Mend();

        if (answer.IsSuccessStatusCode)
        {
            _app.Counts().Should().Be((before.Reports + 1, before.Entries + 1, before.Answers + 1));
        }
        else
        {
            await answer.ShouldBeProblem((int)HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.Should().NotBeNull();
            _app.Counts().Should().Be(before, $"\"{_database.Broken}\" failed");
            // What the answer asks for: the same again, and now it is stored, once.
            await _app.Client.Accepted(report, key);
            _app.Counts().Should().Be((before.Reports + 1, before.Entries + 1, before.Answers + 1));
        }

        if (_database.Broken is null)
            return false;
        broken.Add(_database.Broken);
        return true;
    }

    // The writer keeps its connection while all goes well; opening it is one of the operations that may fail.
    private async Task LoseConnection()
    {
        _database.BreakAt(1);
        using var answer = await _app.Client.Post(A.Report("Lost"));
        _database.Mend();
        await answer.ShouldBeProblem((int)HttpStatusCode.ServiceUnavailable);
    }

    private void NumbersShouldHaveNoGap()
    {
        using var db = _app.App.Db();
        foreach (var log in db.StationLogs.ToList())
        {
            var numbers = db.StationEntries.Where(entry => entry.Log == log.Code).Select(entry => entry.Number).ToList();
            numbers.Order().Should().Equal(Enumerable.Range(1, (int)log.LastNumber).Select(number => (long)number));
        }
    }
}
