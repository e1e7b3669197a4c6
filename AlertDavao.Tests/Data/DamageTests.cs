using System.Net;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Data.Continuity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Data;

/// <summary>D7: what is damaged is refused with a sentence, never served as if it were whole.</summary>
[Collection(ProcessTests.Name)]
public sealed class DamageTests : IDisposable
{
    private const int WalHeader = 32;
    private const int FrameHeader = 24;
    private const int Page = 4096;

    private readonly string _folder = Directory.CreateTempSubdirectory("alertdavao-damage-").FullName;

    private string Database => Path.Combine(_folder, "alertdavao.db");

    private string Log => Database + "-wal";

    [Theory]
    [Trait("catalogue", "D7")]
    [InlineData("no database at all")]
    [InlineData("a page of nonsense")]
    [InlineData("cut off")]
    [InlineData("a log with a hole")]
    public async Task A_damaged_database_or_log_is_not_started_on_and_one_sentence_says_what_to_do(string damage)
    {
        StoreTemplate.CopyTo(_folder);
        var named = Database;
        switch (damage)
        {
            case "no database at all":
                await File.WriteAllTextAsync(Database, string.Concat(Enumerable.Repeat("This is no database. ", 1000)));
                break;
            case "a page of nonsense":
                Overwrite(Database, 20 * Page, 5 * Page);
                break;
            case "cut off":
                using (var file = File.OpenWrite(Database))
                    file.SetLength(file.Length / 2);
                break;
            default:
                LeaveLog(transactions: 20);
                Flip(Log, WalHeader + FrameHeader + 100);
                named = Log;
                break;
        }

        var ended = await BuiltProgram.Run(new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Storage__Path"] = _folder,
        });

        ended.ExitCode.Should().Be(1);
        ended.Errors.Trim().Should().Be(
            $"AlertDavao does not start. This file is damaged: {named}. Put a backup back with: AlertDavao.Dashboard restore --from <folder of the backup>");
        (ended.Output + ended.Errors).Should().NotContain("   at ").And.NotContain("Exception");
    }

    [Fact]
    [Trait("catalogue", "D7")]
    public void A_log_is_damaged_when_transactions_stand_behind_a_bad_frame_and_only_then()
    {
        LeaveLog(transactions: 10);
        var whole = File.ReadAllBytes(Log);
        const int frame = FrameHeader + Page;
        var frames = (whole.Length - WalHeader) / frame;
        frames.Should().BeGreaterThanOrEqualTo(10);

        WalCheck.IsDamaged(Log).Should().BeFalse("it is as SQLite left it");
        for (var at = 0; at < frames - 2; at++)
        {
            foreach (var offset in new[] { 0, 9, 17, FrameHeader, FrameHeader + Page - 1 })
                IsDamagedWith(whole, WalHeader + (at * frame) + offset).Should().BeTrue($"frame {at} of {frames}, byte {offset}");
        }

        IsDamagedWith(whole, whole.Length - 1).Should().BeFalse("the last transaction may have been torn by a power cut; nobody was promised it");
        for (var at = 0; at < WalHeader; at++)
            IsDamagedWith(whole, at).Should().BeTrue($"byte {at} of the header");
        File.WriteAllBytes(Log, whole[..^100]);
        WalCheck.IsDamaged(Log).Should().BeFalse("it ends within the last frame");
        File.WriteAllBytes(Log, []);
        WalCheck.IsDamaged(Log).Should().BeFalse();
        File.Delete(Log);
        WalCheck.IsDamaged(Log).Should().BeFalse();
    }

    [Fact]
    [Trait("catalogue", "D7")]
    public void A_log_that_began_anew_over_an_older_round_is_whole()
    {
        using var connection = Open();
        Write(connection, 30);
        Run(connection, "PRAGMA wal_checkpoint(RESTART)");
        Write(connection, 3);
        File.Copy(Log, Log + ".copy");

        WalCheck.IsDamaged(Log + ".copy").Should().BeFalse("the frames behind are of the round before");
    }

    [Fact]
    [Trait("catalogue", "D7")]
    public void A_verb_is_refused_too_before_it_opens_a_damaged_log_unless_a_server_has_looked_already()
    {
        using var drill = new Drill();
        LeaveLog(transactions: 20);
        Flip(Log, WalHeader + FrameHeader + 100);
        File.Move(Database, drill.Database, overwrite: true);
        File.Move(Log, drill.Database + "-wal");
        var log = File.ReadAllBytes(drill.Database + "-wal");

        drill.NewBackUp().Invoking(backUp => backUp.Run(drill.Backup)).Should().Throw<StartRefused>().WithMessage("This file is damaged: *-wal*");
        File.ReadAllBytes(drill.Database + "-wal").Should().Equal(log);

        using var server = new FolderLock(drill.Options());
        server.Take();
        using var verb = new FolderLock(drill.Options());
        new DatabaseIntegrity(drill.Options()).Invoking(integrity => integrity.CheckUnlessServed(verb)).Should().NotThrow();
    }

    [Fact]
    [Trait("catalogue", "D7")]
    public void Nonsense_in_the_index_of_the_log_costs_nothing()
    {
        StoreTemplate.CopyTo(_folder);
        File.WriteAllBytes(Database + "-shm", [.. Enumerable.Repeat((byte)0xA5, 32768)]);

        using var app = TestApp.Start(new() { ["Storage:Path"] = _folder });

        using var db = app.Db();
        db.Reports.Count().Should().Be(800, "SQLite makes it anew from the log");
    }

    [Fact]
    [Trait("catalogue", "D7")]
    public async Task Damage_that_is_met_later_makes_the_program_not_ready()
    {
        using var app = TestApp.Start();
        using var client = app.Anonymous();
        (await client.GetStringAsync("/health/ready")).Should().Be("Healthy");
        var nonsense = Path.Combine(_folder, "nonsense");
        await File.WriteAllTextAsync(nonsense, string.Concat(Enumerable.Repeat("This is no database. ", 1000)));
        await using (var db = app.Db())
        {
            // What SQLite says of a damaged file, through the product's own context.
            await db.Invoking(context => context.Database.ExecuteSqlAsync($"ATTACH {nonsense} AS other")).Should().ThrowAsync<SqliteException>();
        }

        using var ready = await client.GetAsync("/health/ready");

        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).Should().Be("Unhealthy");
        app.Services.GetRequiredService<DatabaseIntegrity>().IsDamaged.Should().BeTrue();
        (await client.GetStringAsync("/health/live")).Should().Be("Healthy");
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private bool IsDamagedWith(byte[] whole, int flipped)
    {
        var bytes = whole.ToArray();
        bytes[flipped] ^= 0x40;
        File.WriteAllBytes(Log, bytes);
        return WalCheck.IsDamaged(Log);
    }

    /// <summary>A log of so many transactions as a killed process leaves it.</summary>
    private void LeaveLog(int transactions)
    {
        using var connection = Open();
        Write(connection, transactions);
        File.Copy(Log, Log + ".copy", overwrite: true);
        File.Copy(Database, Database + ".copy", overwrite: true);
        connection.Close();
        File.Move(Database + ".copy", Database, overwrite: true);
        File.Move(Log + ".copy", Log, overwrite: true);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "CREATE TABLE IF NOT EXISTS Written (Id INTEGER PRIMARY KEY, Text TEXT)");
        return connection;
    }

    private static void Write(SqliteConnection connection, int transactions)
    {
        for (var at = 0; at < transactions; at++)
            Run(connection, "INSERT INTO Written (Text) VALUES (hex(randomblob(500)))");
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static void Flip(string path, int at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 0x40;
        File.WriteAllBytes(path, bytes);
    }

    private static void Overwrite(string path, int from, int count)
    {
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(from, count).Fill(0xA5);
        File.WriteAllBytes(path, bytes);
    }
}
