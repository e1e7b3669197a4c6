using System.Net;
using System.Net.Http.Headers;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Tests.Data;
using AlertDavao.Tests.Published;
using Xunit.Abstractions;

namespace AlertDavao.Tests.Intake;

/// <summary>Database and evidence on one disk that is really full: the kernel says so, nobody pretends.</summary>
[Collection(ProcessTests.Name)]
public sealed class FullDiskTests(ITestOutputHelper output) : IDisposable
{
    private const int DiskMegabytes = 64;
    private const int ReserveMegabytes = 8;
    private const int Megabyte = 1024 * 1024;
    private const int Refusals = 10;
    private const int MostWithoutRoom = 1000;

    private readonly string _storage = Directory.CreateTempSubdirectory("alertdavao-full-").FullName;

    [SmallDiskFact]
    [Trait("catalogue", "D4, D5")]
    public async Task On_a_full_disk_files_are_a_503_and_leave_nothing_and_reports_without_them_go_on()
    {
        using var server = await Server.Start(SmallDiskFactAttribute.On(_storage, DiskMegabytes, "dotnet", BuiltProgram.Library), new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Storage__Path"] = _storage,
            ["Demo__ReplayPerMinute"] = "0",
            // The memory that a server has ready is not what this is about.
            ["DOTNET_GCgen0size"] = "4000000",
            ["Limits__EvidenceFreeBytes"] = $"{ReserveMegabytes * Megabyte}",
        });
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", DemoOptions.DefaultIntakeKey);
        // The disk as the program sees it.
        var disk = $"/proc/{server.ProcessId}/root{_storage}";

        // Above the floor when it begins, the disk is full before it ends.
        Leave(disk, ReserveMegabytes + 1);
        var stored = FilesOn(disk);
        using (var answer = await client.Post(Form.Of("Too large for the disk", Files.Video(20 * Megabyte)).Content()))
        {
            await answer.ShouldBeProblem(503);
            answer.Headers.RetryAfter.Should().NotBeNull();
        }

        FilesOn(disk).Should().Equal(stored, "what came of it is gone");
        server.Output.Should().Contain("The evidence store does not take files: IOException");
        (await client.GetStringAsync("/health/ready")).Should().Be("Healthy");

        // Below the floor only reports without files are taken, and there is room for many.
        Leave(disk, ReserveMegabytes - 1);
        (await client.GetStringAsync("/health/ready")).Should().Be("Degraded");
        using (var answer = await client.Post(Form.Of("Below the floor", Files.Picture()).Content()))
            await answer.ShouldBeProblem(503);
        for (var at = 0; at < 200; at++)
            await client.Accepted(A.Report($"Within the reserve {at}"));
        output.WriteLine($"{Free(disk):N0} bytes free after 200 reports within the reserve");

        // Not one byte is left. What the database's log has taken before is still written to; then nothing is promised that is not stored.
        var full = Fill(disk);
        Free(disk).Should().Be(0);
        var (taken, refused) = (new List<string>(), 0);
        while (refused < Refusals && taken.Count < MostWithoutRoom)
        {
            using var answer = await client.Post(A.Report($"Without room {taken.Count}"));
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                taken.Add((await answer.Body()).GetProperty("data").GetProperty("report_id").GetString()!);
                continue;
            }

            await answer.ShouldBeProblem(503);
            refused++;
        }

        output.WriteLine($"with no byte free: {taken.Count} reports taken, {refused} answered 503");
        refused.Should().Be(Refusals);
        (await client.GetStringAsync("/health/ready")).Should().Be("Degraded");

        // Room again, and everything goes on without a restart.
        File.Delete(full);
        Leave(disk, DiskMegabytes);
        await client.Accepted(Form.Of("Room again", Files.Picture()).Content());
        (await client.GetStringAsync("/health/ready")).Should().Be("Healthy");
        foreach (var id in taken)
            (await client.GetAsync($"{Changes.Reports}/{id}")).StatusCode.Should().Be(HttpStatusCode.OK, "it was answered 201");
        (await server.Stop()).Should().Be(0);
    }

    public void Dispose() => Directory.Delete(_storage, recursive: true);

    /// <summary>Makes a disk have so much room, with a file of somebody else's.</summary>
    private static void Leave(string disk, int megabytes)
    {
        var path = Path.Combine(disk, "foreign");
        File.Delete(path);
        var bytes = Free(disk) - (megabytes * (long)Megabyte);
        if (bytes > 0)
            File.WriteAllBytes(path, new byte[bytes]);
    }

    /// <summary>Takes the last byte.</summary>
    private static string Fill(string disk)
    {
        var path = Path.Combine(disk, "last");
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        while (Free(disk) > 0)
            file.Write(new byte[Math.Min(Free(disk), Megabyte)]);
        return path;
    }

    private static long Free(string disk) => new DriveInfo(disk).AvailableFreeSpace;

    private static List<string> FilesOn(string disk)
        => [.. Directory.GetFiles(Path.Combine(disk, "evidence"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
