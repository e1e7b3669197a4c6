using System.Runtime.InteropServices;
using AlertDavao.Bench;
using AlertDavao.Bench.Commands;

try
{
    var arguments = CommandLine.Parse(args);
    using var stop = new CancellationTokenSource(arguments.MaxTime, TimeProvider.System);
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        stop.Cancel();
    };

    // Asked to end, it ends its servers and their stores first.
    using var ending = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
    {
        signal.Cancel = true;
        stop.Cancel();
    });

    return arguments.Command switch
    {
        "burst" => await BurstCommand.RunAsync(arguments, stop.Token),
        "circuits" => await CircuitsCommand.RunAsync(arguments, stop.Token),
        "feed" => await FeedCommand.RunAsync(arguments, stop.Token),
        "floods" => await FloodsCommand.RunAsync(arguments, stop.Token),
        "gate" => await GateCommand.RunAsync(arguments, stop.Token),
        "history" => await HistoryCommand.RunAsync(arguments, stop.Token),
        "intake" => await IntakeCommand.RunAsync(arguments, stop.Token),
        "painted" => await PaintedCommand.RunAsync(arguments, stop.Token),
        "peer" => await PeerCommand.RunAsync(arguments, stop.Token),
        "restart" => await RestartCommand.RunAsync(arguments, stop.Token),
        "soak" => await SoakCommand.RunAsync(arguments, stop.Token),
        "table" => await TableCommand.RunAsync(arguments, stop.Token),
        "storm" => await StormCommand.RunAsync(arguments, stop.Token),
        "route" => await RouteCommand.RunAsync(arguments, stop.Token),
        _ => throw new UsageException($"Unknown command '{arguments.Command}'."),
    };
}
catch (UsageException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    await Console.Error.WriteLineAsync(CommandLine.Usage);
    return 2;
}
catch (BenchException failed)
{
    await Console.Error.WriteLineAsync($"FAILED: {failed.Message}");
    return 1;
}
catch (HttpRequestException unreachable)
{
    await Console.Error.WriteLineAsync($"FAILED: the server does not answer: {unreachable.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("FAILED: stopped before the end (--max-seconds, or Ctrl+C).");
    return 1;
}
