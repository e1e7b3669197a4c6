using System.Diagnostics;
using AlertDavao.Bench.Measure;

namespace AlertDavao.Bench.Processes;

/// <summary>The product, as a Release build runs it, with the demo's accounts and without its replay.</summary>
internal sealed class ProductServer : ServerProcess
{
    private const string Program = "AlertDavao.Dashboard.dll";
    private static readonly TimeSpan MemoryLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan MemoryAskedEvery = TimeSpan.FromMilliseconds(250);

    private readonly string _program;
    private readonly IReadOnlyDictionary<string, string> _settings;

    private ProductServer(string program, IReadOnlyDictionary<string, string> settings) => (_program, _settings) = (program, settings);

    public override string Key => "demo-intake-key-0123456789abcdef";

    /// <param name="server">The program or its folder; null for the Release build of this tree.</param>
    /// <param name="settings">What the scenario needs beyond what every one does.</param>
    public static Task<ProductServer> StartAsync(string? server, IReadOnlyDictionary<string, string> settings, CancellationToken stop)
    {
        var program = server ?? Tree.Product;
        if (Directory.Exists(program)) program = Path.Combine(program, Program);
        return File.Exists(program)
            ? StartedAsync(new ProductServer(Path.GetFullPath(program), settings), stop)
            : throw new UsageException($"'{program}' is not there: build AlertDavao.Dashboard in Release, or give --server.");
    }

    protected override ChildProcess Start()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Bench__Enabled"] = "true",
            ["Demo__ReplayPerMinute"] = "0",
            ["Limits__SignInsPerAddressPerMinute"] = "0",
            ["Limits__IntakePerAddressPerMinute"] = "0",
            // Nobody acknowledges here; what is told again would be deliveries that no figure counts.
            ["Escalation__CriticalSeconds__0"] = "0",
            ["Escalation__HighSeconds__0"] = "0",
            ["Escalation__MediumSeconds__0"] = "0",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Storage__Path"] = Store,
        };
        foreach (var (name, value) in _settings) environment[name] = value;
        return new ChildProcess("dotnet", [_program, "--urls", Url], Path.GetDirectoryName(_program)!, environment);
    }

    protected override async Task CheckAsync(CancellationToken stop)
    {
        var facts = await ReadyFactsAsync(stop);
        if (!facts.Release) throw new BenchException($"'{_program}' is a Debug build: its figures are none.");
        // Somebody else may have taken the port in the moment it was free.
        if (facts.ProcessId != Pid) throw new BenchException($"Another server answers at {Url}.");
    }

    // Its memory first: a server in service has had it for long.
    private async Task<ServerFacts> ReadyFactsAsync(CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var facts = await ServerFigures.FactsAsync(Site, stop);
            if (facts.MemoryTouched) return facts;
            if (Stopwatch.GetElapsedTime(since) > MemoryLimit) throw new BenchException($"The server at {Url} has not had its memory after {MemoryLimit.TotalSeconds} s.");
            await Task.Delay(MemoryAskedEvery, TimeProvider.System, stop);
        }
    }
}
