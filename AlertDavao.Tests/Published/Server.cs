using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using AlertDavao.Tests.Data;

namespace AlertDavao.Tests.Published;

/// <summary>A program that serves, until it is asked to stop as an operator's service manager asks.</summary>
internal sealed partial class Server : IDisposable
{
    // It seeds a new database, on a machine that may be busy with other tests.
    private static readonly TimeSpan ToStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ToStop = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private Server(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    public int ProcessId => _process.Id;

    /// <summary>What it had said when it was ready.</summary>
    public string Greeting { get; private set; } = "";

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static async Task<Server> Start(ProcessStartInfo start, Dictionary<string, string> settings)
    {
        BuiltProgram.Prepare(start, settings);
        var server = new Server(Process.Start(start)!);
        server.Greeting = await Eventually.Reads(() => Task.FromResult(server.Output),
            said => (Running().IsMatch(said) && HowToGoOn().IsMatch(said)) || server._process.HasExited, "the program says where it runs and how to go on", ToStart);
        server.Address = new Uri(Running().Match(server.Output).Groups["address"].Value);
        return server;
    }

    /// <summary>Asks it to end (SIGTERM).</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        using var patience = new CancellationTokenSource(ToStop, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it as a power cut would (SIGKILL): nothing of it runs any more when this returns.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Append(string? line)
    {
        lock (_output)
            _output.Append(line).Append('\n');
    }

    [GeneratedRegex(@"AlertDavao is running at (?<address>http://\S+)\n")]
    private static partial Regex Running();

    // The greeting's last line, without a demo and with one.
    [GeneratedRegex(@"standard input\)|Ctrl\+C stops it")]
    private static partial Regex HowToGoOn();
}
