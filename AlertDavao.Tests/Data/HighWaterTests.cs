using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Data.Backups;
using AlertDavao.Dashboard.Data.Continuity;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Intake;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Data;

/// <summary>D11: a database that is not the one that devices were told of gets a new epoch, and they begin anew.</summary>
public sealed class HighWaterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertdavao-water-").FullName;

    private string Storage => Path.Combine(_folder, "storage");

    private string Database => Path.Combine(Storage, "alertdavao.db");

    private string Level => Path.Combine(Storage, HighWaterFile.Names[0]);

    private string Behind => Path.Combine(Storage, HighWaterFile.Names[1]);

    public HighWaterTests() => StoreTemplate.CopyTo(Storage);

    [Fact]
    public async Task After_a_restart_a_device_is_told_what_came_after_its_cursor_and_nothing_else()
    {
        string cursor;
        using (var app = Start())
        {
            cursor = await CursorOf(app);
            await File1(app, "Before the restart");
        }

        File.Exists(Behind).Should().BeFalse("a program that was asked to end has written all down");
        using var again = Start();
        using var officer = await again.SignedIn("officer.ps1");

        var pages = await officer.PollAll(cursor);

        pages.Should().OnlyContain(page => !page.IsReset());
        Titles(pages).Should().Equal("Before the restart");
    }

    [Fact]
    [Trait("catalogue", "D11")]
    public async Task An_older_copy_put_back_by_hand_makes_a_device_that_is_ahead_begin_anew()
    {
        var copy = Path.Combine(_folder, "copy.db");
        File.Copy(Database, copy);
        string cursor;
        using (var app = Start())
        {
            await File1(app, "Lost 1");
            await File1(app, "Lost 2");
            cursor = await CursorOf(app);
        }

        File.Copy(copy, Database, overwrite: true);
        using var older = Start();
        // The same numbers are given to others: by numbers alone the device has them already.
        await File1(older, "Other 1");
        await File1(older, "Other 2");
        await File1(older, "Other 3");
        using var officer = await older.SignedIn("officer.ps1");

        var pages = await officer.PollAll(cursor);

        pages[0].IsReset().Should().BeTrue();
        Titles(pages).Should().Contain(["Other 1", "Other 2", "Other 3"]).And.NotContain("Lost 1");
    }

    [Fact]
    [Trait("catalogue", "D11")]
    public async Task A_copy_that_went_on_elsewhere_is_told_apart_though_it_has_the_same_numbers()
    {
        var elsewhere = Path.Combine(_folder, "elsewhere");
        CopyFolder(Storage, elsewhere);
        using (var app = Start())
            await File1(app, "Here");
        using (var app = TestApp.Start(new() { ["Storage:Path"] = elsewhere }))
            await File1(app, "There");
        var epoch = EpochOf(Database);
        EpochOf(Path.Combine(elsewhere, "alertdavao.db")).Should().Be(epoch);

        File.Copy(Path.Combine(elsewhere, "alertdavao.db"), Database, overwrite: true);
        using (Start())
            EpochOf(Database).Should().NotBe(epoch);
    }

    [Fact]
    [Trait("catalogue", "D11")]
    public async Task A_copy_of_the_seconds_before_a_crash_is_told_apart_though_the_file_is_behind()
    {
        var crashed = Path.Combine(_folder, "crashed");
        long epoch;
        using (var app = Start())
        {
            await File1(app, "In the copy");
            BackupDatabase.Copy(Database, Path.Combine(_folder, "copy.db"));
            await File1(app, "After the copy");
            epoch = EpochOf(Database);
            // What a process that is killed now leaves, with the copy in place of its database.
            CopyFolder(Storage, crashed, name => !name.StartsWith("alertdavao.db", StringComparison.Ordinal) && name != "running.lock");
        }

        File.Copy(Path.Combine(_folder, "copy.db"), Path.Combine(crashed, "alertdavao.db"));
        using (TestApp.Start(new() { ["Storage:Path"] = crashed }))
            EpochOf(Path.Combine(crashed, "alertdavao.db")).Should().NotBe(epoch);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"Epoch\":1,\"Logs\":[")]
    [InlineData("not json")]
    public void Where_the_file_is_gone_or_damaged_the_epoch_is_renewed_and_the_file_written_anew(string? content)
    {
        var epoch = EpochOf(Database);
        File.Delete(Level);
        if (content is not null)
            File.WriteAllText(Level, content);

        using (Start())
            EpochOf(Database).Should().NotBe(epoch);

        var renewed = EpochOf(Database);
        using (Start())
            EpochOf(Database).Should().Be(renewed, "now it is known again");
    }

    [Fact]
    public async Task While_the_program_runs_the_file_follows_within_seconds()
    {
        using var app = Start();
        await File1(app, "Followed");

        await Eventually.Holds(() => !File.Exists(Behind), "the file has caught up");

        using var db = app.Db();
        new HighWaterFile(Storage).Read().Should().Be(WaterLevel.Of(db));
    }

    [Fact]
    public void A_second_program_on_the_same_folder_is_refused()
    {
        using var app = Start();

        // In this process a start that is refused ends without a host, so the lock itself is asked.
        using var second = new FolderLock(app.Services.GetRequiredService<StorageOptions>());
        second.Invoking(other => other.TakeToServe()).Should().Throw<StartRefused>().WithMessage($"AlertDavao is already running on this folder: {Storage}");
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private TestApp Start() => TestApp.Start(new() { ["Storage:Path"] = Storage });

    private static async Task File1(TestApp app, string title)
    {
        using var client = app.Intake();
        await client.Accepted(A.Report(title));
        using var officer = await app.SignedIn("officer.ps1");
        await Eventually.Shows(officer, title);
    }

    private static async Task<string> CursorOf(TestApp app)
    {
        using var officer = await app.SignedIn("officer.ps1");
        return await officer.Now();
    }

    private static IEnumerable<string> Titles(IEnumerable<System.Text.Json.JsonElement> pages)
        => pages.Entries().Select(entry => entry.GetProperty("report").Text("title"));

    private static long EpochOf(string database)
    {
        using var db = BackupDatabase.Open(database, SqliteOpenMode.ReadWrite);
        return db.Marks.Single().Epoch;
    }

    private static void CopyFolder(string from, string to, Func<string, bool>? which = null)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(file => which?.Invoke(Path.GetFileName(file)) ?? true))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
