using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using AlertDavao.Bench.Commands;
using AlertDavao.Bench.Measure;
using AlertDavao.Bench.Processes;

namespace AlertDavao.Bench.Intake;

/// <summary>As many durable reports as the server takes from so many clients, and that each 201 is in the right log, once.</summary>
internal sealed class IntakeRun
{
    private readonly IntakeRequest[] _requests;
    private readonly ConcurrentDictionary<string, int> _accepted = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<double> _times = [];
    private readonly ConcurrentBag<string> _failures = [];
    private readonly ServerProcess _server;
    private int _next = -1;
    private volatile bool _isCounting;
    private volatile bool _isOver;

    private IntakeRun(ServerProcess server, IntakeOptions options)
    {
        _server = server;
        var run = Guid.NewGuid().ToString("N")[..12];
        _requests = Array.ConvertAll(
            options.Incidents, incident => new IntakeRequest(incident, server.Site.Root.Authority, server.Key, run, options.WithEvidence));
    }

    /// <param name="server">Nothing else may write to it.</param>
    public static async Task<IntakeFigures> RunAsync(ServerProcess server, IntakeOptions options, CancellationToken stop)
    {
        var run = new IntakeRun(server, options);
        var before = await ServerFigures.LogsAsync(server.Site, stop);
        var clients = Enumerable.Range(0, options.Clients).Select(_ => run.ClientAsync(stop)).ToArray();

        await Task.Delay(options.WarmUp, TimeProvider.System, stop);
        var meter = new CpuMeter(server);
        run._isCounting = true;
        await Task.Delay(options.Length, TimeProvider.System, stop);
        run._isCounting = false;
        var cpu = meter.Read();
        run._isOver = true;
        await Task.WhenAll(clients);

        var times = new Percentiles(run._times);
        var logs = StationCheck.All(run._accepted, run._accepted, before, await ServerFigures.LogsAsync(server.Site, stop));
        return new(
            times.All.Count, run._accepted.Values.Sum(), times.All.Count / cpu.Wall.TotalSeconds, times, cpu,
            logs.Sum(log => log.Lost), logs.Sum(log => log.Gaps), logs.All(log => log.Ok), [.. run._failures]);
    }

    private async Task ClientAsync(CancellationToken stop)
    {
        try
        {
            using var connection = await IntakeConnection.OpenAsync(_server.Site, stop);
            var buffer = new byte[_requests.Max(request => request.Length)];
            while (!_isOver)
                await PostAsync(connection, buffer, stop);
        }
        catch (Exception broken) when (broken is SocketException or BenchException)
        {
            _failures.Add(broken.Message);
        }
    }

    private async ValueTask PostAsync(IntakeConnection connection, byte[] buffer, CancellationToken stop)
    {
        var number = Interlocked.Increment(ref _next);
        var request = _requests[number % _requests.Length];
        request.CopyTo(buffer, number);
        var sent = Stopwatch.GetTimestamp();
        var (status, body) = await connection.SendAsync(buffer.AsMemory(0, request.Length), stop);
        var took = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        if (status != 201)
        {
            _failures.Add($"A report was answered {status}.");
            return;
        }

        if (body.Span.IndexOf(request.Answer) < 0) _failures.Add($"A report of {request.Station} went elsewhere.");
        _accepted.AddOrUpdate(request.Station, 1, static (_, count) => count + 1);
        if (_isCounting) _times.Add(took);
    }
}
