using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Data.Continuity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Data;

/// <summary>The log is taken into the database beside the writer: no commit pays for a hundred others.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly CommitsUnderWay _commits;
    private readonly Store _store;
    private readonly FakeTimeProvider _time = new();
    private readonly Checkpoints _checkpoints;

    public CheckpointTests()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Path", Path.GetTempPath())]).Build();
        var storage = StorageOptions.From(settings, new HostingEnvironment { ContentRootPath = Path.GetTempPath() });
        _commits = new(storage, NullLogger<CommitsUnderWay>.Instance);
        _store = new(new CommitInterceptor(_commits));
        _checkpoints = new(_store, _store.Writer, _commits, _time, NullLogger<Checkpoints>.Instance);
    }

    [Fact]
    public async Task Commits_leave_the_database_alone_until_it_is_taken()
    {
        _checkpoints.Take();
        for (var at = 0; at < 60; at++)
            await _store.Store1($"report {at}");
        _store.Writer.PagesWritten.Should().BeInRange(1001, 5999, "by itself SQLite would take them at 1,000, here at 6,000");
        InFile().Should().Be(0, "no commit has taken them");

        _checkpoints.Take().Should().BeTrue();

        InFile().Should().Be(60);
        _store.Titles().Should().HaveCount(60);
    }

    [Fact]
    public async Task A_reader_in_the_middle_is_not_waited_for_and_nothing_is_lost()
    {
        await _store.Store1("before");
        using (var reader = _store.CreateDbContext())
        {
            reader.Database.OpenConnection();
            using var picture = ((SqliteConnection)reader.Database.GetDbConnection()).BeginTransaction(deferred: true);
            reader.Database.UseTransaction(picture);
            reader.Reports.Count().Should().Be(1);
            await _store.Store1("meanwhile");

            _checkpoints.Take().Should().BeFalse("the reader still needs the log");
            reader.Reports.Count().Should().Be(1);
        }

        _checkpoints.Take().Should().BeTrue();
        InFile().Should().Be(2);
    }

    [Fact]
    public async Task It_is_taken_when_nothing_was_committed_for_a_while_and_when_much_was()
    {
        _checkpoints.Take();
        await _checkpoints.StartAsync(CancellationToken.None);
        await _store.Store1("quiet");
        await Eventually.Holds(() => Look() == 1, "a quiet hour has all of it in the database");

        // Never quiet for two seconds: each look sees a commit that the last one did not.
        for (var at = 0; at < 1000 && InFile() == 1; at++)
        {
            await _store.Store1($"busy {at}");
            _time.Advance(Checkpoints.Every);
        }

        InFile().Should().BeGreaterThan(1, "the log is taken while it is written");
        await _checkpoints.StopAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        _checkpoints.Dispose();
        _store.Dispose();
    }

    private int Look()
    {
        _time.Advance(Checkpoints.Every);
        return InFile();
    }

    // What stands in the database's own file, without the log beside it.
    private int InFile()
    {
        var copy = Path.GetTempFileName();
        try
        {
            File.Copy(_store.Database, copy, overwrite: true);
            using var alone = new SqliteConnection($"Data Source={copy};Pooling=False");
            alone.Open();
            using var count = alone.CreateCommand();
            count.CommandText = "SELECT count(*) FROM Reports";
            return Convert.ToInt32(count.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        }
        finally
        {
            foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(copy) + "*"))
                File.Delete(file);
        }
    }
}
