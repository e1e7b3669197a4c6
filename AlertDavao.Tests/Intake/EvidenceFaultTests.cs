using System.Net;
using AlertDavao.Dashboard.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Intake;

/// <summary>What is left of files when something fails around them: nothing without a row, no row without its file.</summary>
[Collection(EvidenceTests.Name)]
public sealed class EvidenceFaultTests(EvidenceApp app)
{
    [Fact]
    [Trait("catalogue", "D2")]
    public async Task What_a_dead_process_left_is_removed_when_it_is_old_and_reports_keep_their_files()
    {
        await app.Client.Accepted(Form.Of("Keeps its files", Files.Picture()).Content());
        var kept = app.FilesOf("Keeps its files").Single();
        var (old, young) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var id in new[] { old, young })
        {
            foreach (var path in new[] { app.Store.Original(id), app.Store.View(id), Path.Combine(app.Store.Incoming, id.ToString("N")) })
                Leave(path);
        }

        var before = app.AllFiles().Count;
        Age(app.Store.Original(kept.Id), app.Store.View(kept.Id), app.Store.Original(old), app.Store.View(old), Path.Combine(app.Store.Incoming, old.ToString("N")));
        Age(OrphanSweep.OldAfter - TimeSpan.FromMinutes(1), app.Store.Original(young));

        var removed = app.App.Services.GetRequiredService<OrphanSweep>().Sweep();

        removed.Should().Be(3);
        app.AllFiles().Should().HaveCount(before - 3).And.Contain(app.Store.Original(kept.Id)).And.Contain(app.Store.View(kept.Id))
            .And.Contain(app.Store.Original(young));
        Age(app.Store.Original(young), app.Store.View(young), Path.Combine(app.Store.Incoming, young.ToString("N")));
        app.App.Services.GetRequiredService<OrphanSweep>().Sweep().Should().Be(3);
        app.ShouldBeWhole();
    }

    [Fact]
    [Trait("catalogue", "D2")]
    public async Task The_sweep_runs_when_the_program_starts()
    {
        using var other = new TestApp();
        var orphan = Path.Combine(other.Storage, "evidence", "ab", "ab" + new string('0', 30));
        Leave(orphan);
        Age(orphan);

        other.UseKestrel();
        other.StartServer();

        await Eventually.Holds(() => !File.Exists(orphan), "the sweep has removed it");
    }

    [Fact]
    [Trait("catalogue", "D4")]
    public async Task A_store_that_cannot_be_written_is_a_503_and_reports_without_files_go_on()
    {
        using var own = new EvidenceApp();
        var (incoming, aside) = (own.Store.Incoming, own.Store.Incoming + "-aside");
        Directory.Move(incoming, aside);
        File.WriteAllText(incoming, "in the way");
        try
        {
            using var answer = await own.Client.Post(Form.Of("Nowhere to write", Files.Picture()).Content());
            await answer.ShouldBeProblem(503);
            answer.Headers.RetryAfter.Should().NotBeNull();

            await own.Client.Accepted(Form.Of("A form without files").Content());
            await own.Client.Accepted(A.Report("JSON meanwhile"));
        }
        finally
        {
            File.Delete(incoming);
            Directory.Move(aside, incoming);
        }

        await own.Client.Accepted(Form.Of("Without a restart", Files.Picture()).Content());
        own.ShouldBeWhole();
    }

    [Fact]
    [Trait("catalogue", "D4")]
    public async Task Below_the_floor_of_free_room_files_are_a_503_and_reports_without_them_go_on()
    {
        using var full = TestApp.Start(new() { [EvidenceOptions.FreeBytesKey] = $"{long.MaxValue}" });
        using var client = full.Intake();

        using var answer = await client.Post(Form.Of("No room", Files.Picture()).Content());

        await answer.ShouldBeProblem(503);
        answer.Headers.RetryAfter.Should().NotBeNull();
        await client.Accepted(A.Report("JSON"));
        await client.Accepted(Form.Of("A form").File([], "", "application/octet-stream").Content());
        (await client.GetStringAsync("/health/ready")).Should().Be("Degraded");
        Directory.GetFiles(Path.Combine(full.Storage, "evidence"), "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    [Trait("catalogue", "F5")]
    public async Task A_key_that_has_filled_its_day_is_a_507_and_another_is_not()
    {
        using var filling = app.App.Intake(app.KeyToFill);
        using var other = app.App.Intake(app.OtherKey);
        var half = Files.Video(EvidenceApp.BytesPerKey / 2);

        await filling.Accepted(Form.Of("Half", half).Content());
        // What is not stored in the end takes nothing of the day.
        await app.ShouldRefuse(Form.Of(A.Report("Bad").With("title", "")).File(Files.Video(EvidenceApp.BytesPerKey / 3)).Content(), 422, "title", filling);
        await app.ShouldRefuse(Form.Of("The other half", half).Content(), 507, field: null, client: filling);
        await filling.Accepted(Form.Of("A little more", Files.Video(EvidenceApp.BytesPerKey / 3)).Content());
        await filling.Accepted(A.Report("Without a file"));

        await other.Accepted(Form.Of("Of another", half).Content());
        await app.Client.Accepted(Form.Of("Of the demo", Files.Video(2 * EvidenceApp.BytesPerKey)).Content());
        app.ShouldBeWhole();
    }

    [Fact]
    [Trait("catalogue", "F5")]
    public async Task What_was_stored_before_a_restart_counts()
    {
        using var client = app.App.Intake(app.OtherKey);
        await client.Accepted(Form.Of("Before a restart", Files.Video(1000)).Content());
        using var db = app.App.Db();
        var other = db.IntakeClients.Single(c => c.Name == "other");
        var stored = db.Reports.Where(report => report.IntakeClientId == other.Id).SelectMany(report => report.Evidence).Sum(file => file.Bytes);
        var factory = app.App.Services.GetRequiredService<IDbContextFactory<Dashboard.Data.AlertDavaoDb>>();
        var anew = new EvidenceQuota(new EvidenceOptions(0, stored + 10), factory, TimeProvider.System);

        using var allowance = anew.Open(other);

        allowance.Invoking(a => a.Take(11)).Should().Throw<IntakeRefused>().Which.Status.Should().Be(507);
        allowance.Invoking(a => a.Take(10)).Should().NotThrow();
    }

    [Fact]
    [Trait("catalogue", "A16")]
    public async Task A_key_that_is_revoked_while_its_files_come_in_leaves_none()
    {
        using var client = app.App.Intake(app.KeyToRevoke);
        await client.Accepted(Form.Of("Before", Files.Picture()).Content());
        var before = app.Counts();
        using var gate = await Data.Gate.Close(app.App.Writer());
        var hash = IntakeKeys.Hash(app.KeyToRevoke);
        var revocation = app.App.Writer().Run(unit => unit.Db.IntakeClients.Where(c => c.KeyHash == hash)
            .ExecuteUpdate(set => set.SetProperty(c => c.RevokedAt, (DateTimeOffset?)unit.Now)));
        var post = client.Post(Form.Of("Behind", Files.Picture()).Content());
        await Eventually.Holds(() => app.App.Writer().Waiting == 2, "the report waits behind the revocation");
        gate.Open();
        (await revocation).Should().Be(1);

        using var answer = await post;

        await answer.ShouldBeProblem(401);
        app.Counts().Should().Be(before);
        app.ShouldBeWhole();
    }

    [Fact]
    public async Task A_client_that_goes_away_in_the_middle_of_a_file_leaves_nothing()
    {
        var before = app.Counts();
        var form = Form.Of("Gone", Files.Picture(width: 600, height: 600, change: image => image.AddNoise(ImageMagick.NoiseType.Random))).Ended();
        using (var socket = new System.Net.Sockets.TcpClient())
        {
            await socket.ConnectAsync(app.App.Address.Host, app.App.Address.Port);
            await using var stream = socket.GetStream();
            await stream.WriteAsync((byte[])[.. Form.Head($"Content-Length: {form.Length}"), .. form[..^200]]);
            await Eventually.Holds(() => app.AllFiles().Count == before.Files + 1, "the file is coming in");
        }

        await Eventually.Holds(() => app.AllFiles().Count == before.Files, "what came is gone");
        app.Counts().Should().Be(before);
        app.Log.Errors.Should().BeEmpty();
    }

    [Fact]
    [Trait("catalogue", "D3")]
    public async Task Whichever_database_operation_fails_every_row_has_its_file_and_every_file_its_row()
    {
        var database = new FaultyDatabase();
        using var faulty = LoggedApp.With(database.AddTo);
        var form = Form.Of("Faults", Files.Picture(), Files.Mp4).Ended();
        for (var operation = 1; operation < 60; operation++)
        {
            database.BreakAt(operation);
            using var answer = await faulty.Client.Post(Form.Content(form));
            database.Mend();
            var files = Directory.GetFiles(Path.Combine(faulty.App.Storage, "evidence"), "*", SearchOption.AllDirectories).Select(Path.GetFileName);
            using var db = faulty.App.Db();
            files.Should().BeEquivalentTo(db.Evidence.AsEnumerable().SelectMany(file => file.IsVideo ? [$"{file.Id:N}"] : (string[])[$"{file.Id:N}", $"{file.Id:N}.view"]));
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                operation.Should().BeGreaterThan(8, "operations before it failed");
                return;
            }

            await answer.ShouldBeProblem(503);
            files.Should().BeEmpty(database.Broken);
        }

        Assert.Fail("A request ends.");
    }

    private static void Leave(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, [1]);
    }

    private static void Age(params string[] paths) => Age(OrphanSweep.OldAfter + TimeSpan.FromMinutes(1), paths);

    private static void Age(TimeSpan by, params string[] paths)
    {
        foreach (var path in paths)
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime - by);
    }
}
