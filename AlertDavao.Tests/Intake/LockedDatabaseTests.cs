using System.Net;
using Microsoft.Data.Sqlite;

namespace AlertDavao.Tests.Intake;

/// <summary>D6: somebody else, a copy program say, holds the database.</summary>
public sealed class LockedDatabaseTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TestApp _app = TestApp.Start();
    private readonly HttpClient _client;

    public LockedDatabaseTests() => _client = _app.Intake();

    [Fact]
    [Trait("catalogue", "D6")]
    public async Task Reports_wait_for_a_short_lock_and_are_all_taken()
    {
        var posts = new List<Task<HttpResponseMessage>>();
        using (Lock())
        {
            // The writer takes what is there as one group and waits with it; whatever comes then stands behind it.
            await Eventually.Holds(
                () =>
                {
                    posts.Add(_client.Post(A.Report($"Waited {posts.Count}")));
                    return _app.Writer().Waiting > 0;
                },
                "reports wait behind the lock");
        }

        foreach (var answer in await Task.WhenAll(posts))
            answer.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Fact]
    [Trait("catalogue", "D6")]
    public async Task Behind_a_long_lock_a_report_is_a_503_in_time_and_the_same_again_is_taken_afterwards()
    {
        using (Lock())
        {
            using var refused = await _client.Post(A.Report("Refused"), "locked").WaitAsync(Deadline, TimeProvider.System);
            await refused.ShouldBeProblem((int)HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.Should().NotBeNull();
        }

        await _client.Accepted(A.Report("Refused"), "locked");
        using var db = _app.Db();
        db.Reports.Count(report => report.Title == "Refused").Should().Be(1);
    }

    public void Dispose()
    {
        _client.Dispose();
        _app.Dispose();
    }

    /// <summary>The writer's lock, taken past the product; disposing gives it back.</summary>
    private SqliteConnection Lock()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_app.Storage, "alertdavao.db")};Pooling=False");
        connection.Open();
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return connection;
    }
}
