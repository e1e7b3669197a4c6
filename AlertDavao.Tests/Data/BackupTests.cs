using System.Collections.Concurrent;
using System.Security.Cryptography;
using AlertDavao.Dashboard.Audit;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Data.Backups;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Data;

/// <summary>P4: what is backed up can be put back, and what cannot is said before anything is touched.</summary>
[Collection(ProcessTests.Name)]
public sealed class BackupTests : IDisposable
{
    private const int Clients = 4;

    private readonly Drill _drill = new();

    [Fact]
    [Trait("catalogue", "P4, D11")]
    public async Task A_backup_made_while_reports_come_in_has_all_that_were_acknowledged_and_comes_back_whole()
    {
        var stored = new ConcurrentDictionary<string, Guid>();
        string[] before;
        string cursor;
        long epoch;
        using (var app = _drill.Start())
        using (var officer = await app.SignedIn("officer.ps1"))
        {
            using var stop = new CancellationTokenSource();
            var filing = Enumerable.Range(0, Clients).Select(client => FileUntil(app, client, stored, stop.Token)).ToArray();
            await Eventually.Holds(() => stored.Count > 20, "reports are being filed");
            before = [.. stored.Keys];

            var made = await _drill.Verb("backup", "--to", _drill.Backup);

            made.ExitCode.Should().Be(0, made.Errors);
            made.Output.Should().MatchRegex(@"Backed up to \S+: [\d,]+ reports, [\d,]+ evidence files, [\d,]+ bytes\.");
            var during = stored.Count;
            await Eventually.Holds(() => stored.Count > during + 10, "filing goes on");
            await stop.CancelAsync();
            await Task.WhenAll(filing);
            cursor = await officer.Now();
            epoch = app.Services.GetRequiredService<CityBook>().Epoch;

            var refused = await _drill.Verb("restore", "--from", _drill.Backup);
            refused.ExitCode.Should().Be(1);
            refused.Errors.Trim().Should().Be($"AlertDavao is already running on this folder: {_drill.Storage}");
            (await _drill.Verb("check-backup", "--from", _drill.Backup)).ExitCode.Should().Be(0, "that does no harm");
        }

        var restored = await _drill.Verb("restore", "--from", _drill.Backup);
        restored.ExitCode.Should().Be(0, restored.Errors);
        restored.Output.Should().Contain("Restored the backup of").And.Contain($"is kept in {_drill.Asides.Single()}");
        Directory.GetFiles(_drill.Asides.Single(), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Should()
            .Contain("alertdavao.db").And.Contain("high-water.json").And.Contain(name => name!.EndsWith(".view", StringComparison.Ordinal));

        using var again = _drill.Start();
        using var device = await again.SignedIn("officer.ps1");
        again.Services.GetRequiredService<CityBook>().Epoch.Should().NotBe(epoch);
        (await device.Poll(cursor)).IsReset().Should().BeTrue("the cursor is of what was there before");
        ShouldHoldOnce(before, stored);
        _drill.ShouldHaveNoGap();
        ShouldHaveItsFiles(again);
        var audit = again.Services.GetRequiredService<VerifyAudit>().Run();
        (audit.Holds, audit.Count > 0).Should().Be((true, true));
        using var intake = again.Intake();
        await intake.Accepted(A.Report("After the restore"));
    }

    [Fact]
    public async Task On_another_machine_what_was_sealed_opens_again()
    {
        var report = A.Report("Sealed").With("reporter_name", "Maria Clara").With("reporter_phone", "0917 555 0100");
        using (var app = _drill.Start())
        {
            using var client = app.Intake();
            await client.Accepted(report);
            _drill.NewBackUp().Run(_drill.Backup);
        }

        Directory.Delete(_drill.Storage, recursive: true);
        _drill.Restore().Aside.Should().BeNull("there was nothing");

        Directory.EnumerateFiles(Path.Combine(_drill.Storage, "keys"), "key-*.xml").Should().NotBeEmpty();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(_drill.Storage, "keys")).Should().Be(StorageOptions.OwnersAlone);
        using var again = _drill.Start();
        using var db = again.Db();
        var stored = db.Reports.AsNoTracking().Single(one => one.Title == "Sealed").SealedReporter!;
        again.Services.GetRequiredService<ReporterSeal>().TryOpen(stored, out var reporter).Should().BeTrue();
        reporter!.Name.Should().Be("Maria Clara");
    }

    [Theory]
    [InlineData("alertdavao.db", false)]
    [InlineData("alertdavao.db", true)]
    [InlineData("evidence/", false)]
    [InlineData("evidence/", true)]
    [InlineData("keys/", false)]
    [InlineData("keys/", true)]
    public async Task A_file_that_is_changed_or_missing_is_named_and_nothing_is_touched(string which, bool isMissing)
    {
        await BackUpWithPicture();
        var name = BackupManifest.Read(_drill.Backup).Files.First(file => file.Path.StartsWith(which, StringComparison.Ordinal)).Path;
        var path = Path.Combine(_drill.Backup, name);
        var bytes = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        bytes[bytes.Length / 2] ^= 1;
        if (!isMissing)
            await File.WriteAllBytesAsync(path, bytes);
        var there = Everything(_drill.Storage);

        _drill.NewCheck().Invoking(check => check.Run(_drill.Backup)).Should().Throw<BackupRefused>().WithMessage($"*{name}*");
        _drill.Invoking(drill => drill.Restore()).Should().Throw<BackupRefused>().WithMessage($"*{name}*");

        Everything(_drill.Storage).Should().Equal(there);
    }

    [Theory]
    [InlineData(null, "*it has no manifest.json.")]
    [InlineData("", "*manifest.json cannot be read.")]
    [InlineData("{ \"Files\": [] }", "*manifest.json cannot be read.")]
    public void What_is_no_backup_is_refused(string? manifest, string why)
    {
        Directory.CreateDirectory(_drill.Backup);
        if (manifest is not null)
            File.WriteAllText(Path.Combine(_drill.Backup, BackupManifest.FileName), manifest);

        _drill.Invoking(drill => drill.Restore()).Should().Throw<BackupRefused>().WithMessage(why);
    }

    [Fact]
    public async Task A_backup_whose_manifest_names_files_elsewhere_or_a_newer_version_is_refused()
    {
        await BackUpWithPicture();
        var manifest = Path.Combine(_drill.Backup, BackupManifest.FileName);
        var text = await File.ReadAllTextAsync(manifest);

        await File.WriteAllTextAsync(manifest, text.Replace("\"keys/", "\"../keys/", StringComparison.Ordinal));
        _drill.Invoking(drill => drill.Restore()).Should().Throw<BackupRefused>().WithMessage("*a file outside of itself: ../keys/*");

        await File.WriteAllTextAsync(manifest, text.Replace(BackupManifest.Read(_drill.Backup).Schema, "29991231235959_Later", StringComparison.Ordinal));
        _drill.Invoking(drill => drill.Restore()).Should().Throw<BackupRefused>().WithMessage("*newer AlertDavao*");
    }

    [Fact]
    public async Task Where_a_reports_file_is_missing_or_another_no_backup_is_made_and_nothing_is_left_of_it()
    {
        string original;
        using (var app = _drill.Start())
        {
            await FilePicture(app);
            using var db = app.Db();
            original = app.Services.GetRequiredService<EvidenceStore>().Original(db.Evidence.Single().Id);
        }

        var bytes = await File.ReadAllBytesAsync(original);
        File.Delete(original);
        _drill.NewBackUp().Invoking(backUp => backUp.Run(_drill.Backup)).Should().Throw<BackupRefused>()
            .WithMessage($"*is missing: evidence/*{Path.GetFileName(original)}");
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(original, bytes);
        _drill.NewBackUp().Invoking(backUp => backUp.Run(_drill.Backup)).Should().Throw<BackupRefused>()
            .WithMessage($"*its hash is another*{Path.GetFileName(original)}");
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(_drill.Backup)!).Should().BeEmpty();
    }

    [Fact]
    public async Task A_folder_that_has_something_is_not_written_to_and_an_empty_one_is()
    {
        Directory.CreateDirectory(_drill.Backup);
        _drill.NewBackUp().Run(_drill.Backup).Reports.Should().Be(800);
        var made = Everything(_drill.Backup);

        _drill.NewBackUp().Invoking(backUp => backUp.Run(_drill.Backup)).Should().Throw<BackupRefused>().WithMessage("This folder is not empty: *");

        Everything(_drill.Backup).Should().Equal(made);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_drill.Backup).Should().Be(StorageOptions.OwnersAlone);
        BackupVerbs.Run(["backup"], null!).Should().Be(2);
        (await _drill.Verb("restore")).Should().Match<BuiltProgram.Ended>(ended => ended.ExitCode == 2 && ended.Errors.Contains("Usage: restore --from <folder>"));
    }

    [Fact]
    public void A_restore_that_was_stopped_half_way_is_not_started_on_and_the_same_command_ends_it()
    {
        _drill.NewBackUp().Run(_drill.Backup);
        // As it is when the process dies between two names: the old database aside, the new one not there yet.
        File.WriteAllText(Path.Combine(_drill.Storage, FolderLock.Unfinished), "");
        File.Delete(_drill.Database);
        Directory.CreateDirectory(Path.Combine(_drill.Storage, "restore.staged", "evidence"));
        using (var server = new FolderLock(_drill.Options()))
            server.Invoking(folder => folder.TakeToServe()).Should().Throw<StartRefused>().WithMessage("A restore was not finished in * Run it again: *restore --from*");

        _drill.Restore();

        using (var server = new FolderLock(_drill.Options()))
            server.TakeToServe();
        Directory.Exists(Path.Combine(_drill.Storage, "restore.staged")).Should().BeFalse();
        using var db = _drill.Db();
        db.Reports.Count().Should().Be(800);
    }

    [Fact]
    public void Two_restores_keep_both_that_were_there()
    {
        _drill.NewBackUp().Run(_drill.Backup);

        _drill.Restore();
        _drill.Restore();

        _drill.Asides.Should().HaveCount(2).And.OnlyContain(aside => File.Exists(Path.Combine(aside, "alertdavao.db")));
    }

    public void Dispose() => _drill.Dispose();

    private static async Task FileUntil(TestApp app, int client, ConcurrentDictionary<string, Guid> stored, CancellationToken stop)
    {
        using var intake = app.Intake();
        for (var at = 0; !stop.IsCancellationRequested; at++)
        {
            var title = $"Filed by {client} as {at}";
            var answer = at % 5 == 0
                ? await intake.Accepted(Form.Of(title, Files.Picture()).Content())
                : await intake.Accepted(A.ReportFor(app, at % 2 == 0 ? "PS1" : "CYBER", title));
            stored[title] = answer.GetProperty("report_id").GetGuid();
        }
    }

    private async Task BackUpWithPicture()
    {
        using (var app = _drill.Start())
        {
            await FilePicture(app);
            app.Services.GetRequiredService<BackUp>().Run(_drill.Backup).EvidenceFiles.Should().Be(1);
        }

        await _drill.IsClosed();
    }

    private static async Task FilePicture(TestApp app)
    {
        using var intake = app.Intake();
        await intake.Accepted(Form.Of("With a picture", Files.Picture()).Content());
    }

    private void ShouldHoldOnce(string[] acknowledged, ConcurrentDictionary<string, Guid> sent)
    {
        using var db = _drill.Db();
        var held = db.Reports.Where(report => report.Title.StartsWith("Filed by")).Select(report => new { report.Title, report.Id }).ToList();
        held.Select(report => report.Title).Should().OnlyHaveUniqueItems().And.Contain(acknowledged);
        held.Should().OnlyContain(report => sent[report.Title] == report.Id);
        held.Count.Should().BeLessThan(sent.Count, "what was filed after it is not in it");
    }

    private static void ShouldHaveItsFiles(TestApp app)
    {
        var store = app.Services.GetRequiredService<EvidenceStore>();
        using var db = app.Db();
        var rows = db.Evidence.AsNoTracking().ToList();
        rows.Should().NotBeEmpty();
        rows.Should().OnlyContain(row => SHA256.HashData(File.ReadAllBytes(store.Original(row.Id))).SequenceEqual(row.Sha256));
        store.Files().Should().BeEquivalentTo(rows.SelectMany(row => new[] { store.Original(row.Id), store.View(row.Id) }));
    }

    private static List<(string, string)> Everything(string folder)
        => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (file, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))))];
}
