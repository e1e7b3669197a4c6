using System.Globalization;
using System.Text;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Processes;
using AlertDavao.Bench.Table;

namespace AlertDavao.Bench.Commands;

/// <summary>Measures everything that is promised and writes it where it is read.</summary>
internal static class TableCommand
{
    private const string From = "<!-- table: written by bench table -->";
    private const string To = "<!-- end of the table -->";

    public static async Task<int> RunAsync(CommandLine line, CancellationToken stop)
    {
        var circuits = line.Number("count", 10_000, 100, 12_000);
        var rounds = line.Number("rounds", 3, 1, 9);
        var incidents = await Incident.ReadAsync(line.Optional("file") ?? Tree.Incidents, int.MaxValue, stop);
        var run = new Rounds(line.Optional("server"), incidents);
        for (var round = 1; round <= rounds; round++)
        {
            Say.Line($"---- round {round} of {rounds}");
            await run.RunAsync(circuits, stop);
        }

        var text = Text(run, circuits, rounds);
        Say.Line($"{text}");
        foreach (var failure in run.Failures) Say.Line($"FAILED: {failure}");
        if (line.Optional("write") is { } file) await WriteAsync(file, text, stop);
        return run.Failures.Count == 0 && Promised.All.All(figure => figure.Holds(run.Median(figure))) ? 0 : 1;
    }

    private static string Text(Rounds run, int circuits, int rounds)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores and {memory:F0} GiB, shared by server and load; {circuits:N0} circuits where it says 10,000; median of {rounds}.");
        text.AppendLine().AppendLine("| figure | measured | at least | aim | |").AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var figure in Promised.All)
        {
            var value = run.Median(figure);
            var word = figure.Reaches(value) ? "aim reached" : figure.Holds(value) ? "holds" : "**missed**";
            text.AppendLine($"| {figure.Name} | {Figure.Text(value)} {figure.Unit} | {Figure.Text(figure.Must)} | {Figure.Text(figure.Aim)} | {word} |");
        }

        return text.ToString();
    }

    private static async Task WriteAsync(string file, string table, CancellationToken stop)
    {
        var page = await File.ReadAllTextAsync(file, stop);
        var (from, to) = (page.IndexOf(From, StringComparison.Ordinal), page.IndexOf(To, StringComparison.Ordinal));
        if (from < 0 || to < from) throw new BenchException($"'{file}' has no place for the table: {From} ... {To}");
        await File.WriteAllTextAsync(file, $"{page[..from]}{From}\n{table}{page[to..]}", stop);
    }
}
