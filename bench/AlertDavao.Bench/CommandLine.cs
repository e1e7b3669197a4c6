using System.Globalization;

namespace AlertDavao.Bench;

/// <summary>A wrong command line: answered with the usage text.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The run cannot produce a figure.</summary>
internal sealed class BenchException(string message) : Exception(message);

/// <summary><c>command --name value ...</c>; a name that no command knows is refused, so that a typing error is no silent default.</summary>
internal sealed class CommandLine
{
    public const string Usage = """

        AlertDavao.Bench circuits --url http://localhost:5080 --count 300
            [--rows 1]            rows a circuit's batch must draw before it counts as open
            [--rate 0]            reports a second past the screens, over all stations; needs --key and --file
            [--warm-up 10]        seconds of reports before those that count
            [--seconds 30]        of those that count
            [--limit-ms ...]      p99 from POST to received above which the run fails
            [--limit-kib 200]     managed KiB per circuit above which the run fails
            [--password ...]      of the demo accounts
            [--per-account 5]     circuits an account opens at most
            [--parallel 8]        circuits being opened at once
            [--hold-seconds 12]   the circuits must still be alive after it
            [--page /]            the page with the interactive island
            [--anonymous]         do not sign in
            [--no-memory]         do not ask the server for its memory

        AlertDavao.Bench route --url http://localhost:5080 --key <intake key> --file <incidents.tsv>
            [--in-flight 64]      requests under way at once
            [--take n]            only the first n incidents
            [--per-station n]     only the first n incidents of each station

        AlertDavao.Bench painted --url http://localhost:5080 --key <intake key> --file <incidents.tsv> --chromium <program>
            [--station PS1]       whose board is open and whose incidents are posted
            [--count 60]          reports, one a second; 20 to 100
            [--limit-ms 50]       the strip's p95 at or above which the run fails
            [--password ...]      of the demo accounts

        AlertDavao.Bench table
            [--rounds 3]          of each scenario, on a fresh server each
            [--count 10000]       circuits of the largest one
            [--write docs/performance.md]

        AlertDavao.Bench gate
            [--server ...]        the program, or its folder; else the Release build of this tree

        AlertDavao.Bench storm
            [--count 1000]        circuits that drop at once and come back
            [--rate 16]           reports a second meanwhile

        AlertDavao.Bench restart
            [--count 300]         circuits open while the server ends and starts anew
            [--rate 16]           reports a second meanwhile

        AlertDavao.Bench burst
            [--count 500]         circuits open meanwhile
            [--rate 1000]         reports a second, evenly over the stations
            [--seconds 60]        how long

        AlertDavao.Bench soak
            [--count 1000]        circuits
            [--rate 8]            reports a second
            [--minutes 10]        how long
            [--drops 2]           connections that drop every second, at random
            [--fill-seconds 90]   at 100 reports a second before it begins, until every board is at its bounds

        AlertDavao.Bench floods --url http://localhost:5080
            [--rate 500]          requests a second of the device that floods
            [--seconds 10]        how long it does, 5 to 20
            [--count 500]         slow connections
            [--addresses 10000]   different callers

        AlertDavao.Bench history --url http://localhost:5080 --file <incidents.tsv>
            [--count 100000]      reports the database is filled up to before anything is measured
            [--samples 60]        requests a page
            [--limit-ms 1000]     the p95 of the slowest page at or above which the run fails
            [--password ...]      of the demo accounts

        AlertDavao.Bench intake
            [--clients 64]        connections, each with one report at a time
            [--seconds 10]        how long it counts, after [--warm-up-seconds 15]
            [--evidence]          each report with a photo

        AlertDavao.Bench feed
            [--count 10000]       subscribers of /api/feed, evenly over the stations
            [--rate 16]           reports a second, evenly over the stations
            [--seconds 30]        how long it counts, after [--warm-up-seconds 5]
            [--limit-ms n]        the p99 from the post to a subscriber at or above which the run fails

        AlertDavao.Bench peer
            [--rounds 3]          of product and peer, one after the other
            [--clients 64] [--count 10000] [--rate 16] [--seconds 10] [--warm-up-seconds 15 (live: 5)]

        intake, feed and peer start servers of their own:
            [--server ...]        the product's Release build, AlertDavao.Dashboard.dll or its folder; by default this tree's
            [--file ...]          incidents.tsv; by default this tree's

        All: [--max-seconds 900]. Only loopback addresses are accepted. Exit code 0 = every check held.
        """;

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "url", "count", "rows", "limit-kib", "password", "per-account", "parallel", "hold-seconds", "page", "anonymous",
        "no-memory", "key", "file", "in-flight", "take", "per-station", "max-seconds",
        "chromium", "station", "limit-ms", "rate", "seconds", "addresses", "samples",
        "minutes", "drops", "fill-seconds", "write", "server", "clients", "warm-up", "warm-up-seconds", "evidence", "rounds",
    };

    private static readonly HashSet<string> Switches = new(StringComparer.Ordinal) { "anonymous", "no-memory", "evidence" };

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private CommandLine(string command) => Command = command;

    public string Command { get; }

    public TimeSpan MaxTime => TimeSpan.FromSeconds(Number("max-seconds", 900, 1, 7200));

    public static CommandLine Parse(string[] args)
    {
        if (args.Length == 0) throw new UsageException("A command is missing.");

        var line = new CommandLine(args[0]);
        for (var i = 1; i < args.Length; i++)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (!Known.Contains(name)) throw new UsageException($"Unknown option '{args[i]}'.");

            if (Switches.Contains(name))
                line._values[name] = "true";
            else if (i + 1 < args.Length)
                line._values[name] = args[++i];
            else
                throw new UsageException($"--{name} needs a value.");
        }

        return line;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string Text(string name, string fallback) => _values.GetValueOrDefault(name, fallback);

    public string? Optional(string name) => _values.GetValueOrDefault(name);

    public string Required(string name) =>
        _values.TryGetValue(name, out var value) ? value : throw new UsageException($"--{name} is required.");

    public int Number(string name, int fallback, int min, int max)
    {
        if (!_values.TryGetValue(name, out var text)) return fallback;

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw new UsageException($"--{name} must be a number from {min} to {max}.");
    }
}
