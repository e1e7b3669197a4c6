using System.Diagnostics;
using AlertDavao.Tests.Data;

namespace AlertDavao.Tests.Published;

/// <summary>The Release program as an installation gets it, published once for all who need it.</summary>
public sealed class Publication : IAsyncLifetime
{
    private static readonly TimeSpan ToPublish = TimeSpan.FromMinutes(4);

    private readonly string _folder = Directory.CreateTempSubdirectory("alertdavao-published-").FullName;

    public string Program => Path.Combine(_folder, "program");

    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AlertDavao.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet",
        [
            "publish", Path.Combine(Root(), "AlertDavao.Dashboard"), "-c", "Release", "-o", Program, "--no-restore", "--nologo",
            "-p:UseSharedCompilation=false", "-nodeReuse:false",
        ]);
        var ended = await BuiltProgram.Run(start, [], "", ToPublish);
        ended.ExitCode.Should().Be(0, ended.Output);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>Tests of the published program run one after the other: each has the machine to itself.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Published : ICollectionFixture<Publication>
{
    public const string Name = "published";
}
