namespace AlertDavao.Bench.Processes;

/// <summary>The replaced design in Node, with SQLite's <c>synchronous</c> as asked for.</summary>
internal sealed class PeerServer : ServerProcess
{
    private const string Secret = "peer-key-0123456789abcdef";

    private readonly string _synchronous;

    private PeerServer(string synchronous) => _synchronous = synchronous;

    public override string Key => Secret;

    public static async Task<PeerServer> StartAsync(string synchronous, CancellationToken stop)
    {
        await InstallAsync(stop);
        return await StartedAsync(new PeerServer(synchronous), stop);
    }

    protected override ChildProcess Start() => new("node", ["server.js"], Tree.Peer, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["NODE_ENV"] = "production",
        ["PORT"] = Number(Port),
        ["KEY"] = Secret,
        ["DATABASE"] = Path.Combine(Store, "peer.db"),
        ["SYNCHRONOUS"] = _synchronous,
    });

    private static async Task InstallAsync(CancellationToken stop)
    {
        if (Directory.Exists(Path.Combine(Tree.Peer, "node_modules"))) return;

        await using var npm = new ChildProcess("npm", ["ci", "--omit=dev"], Tree.Peer, []);
        if (await npm.ExitAsync(stop) != 0) throw new BenchException($"npm ci failed:{Environment.NewLine}{npm.Output}");
    }
}
