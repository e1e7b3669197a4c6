using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AlertDavao.Bench.Processes;

/// <summary>A process that ends with its owner, or at the latest with this program.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int LinesKept = 40;
    private const int Terminate = 15;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly ConcurrentDictionary<ChildProcess, bool> Running = new();

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var (child, _) in Running) child.Kill();
    };

    public ChildProcess(string program, string[] arguments, string folder, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = Process.Start(start) ?? throw new BenchException($"{program} does not start.");
        Running[this] = true;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it wrote last, for who has to say why it failed.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    public TimeSpan CpuTime() => Now().TotalProcessorTime;

    public long ResidentBytes() => Now().WorkingSet64;

    public async Task<int> ExitAsync(CancellationToken stop)
    {
        await _process.WaitForExitAsync(stop);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _ = Signal(_process.Id, Terminate);
        using var limit = new CancellationTokenSource(Grace, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        Running.TryRemove(this, out _);
        _process.Dispose();
    }

    private Process Now()
    {
        if (_process.HasExited) throw new BenchException($"The server has ended. Its last words:{Environment.NewLine}{Output}");
        _process.Refresh();
        return _process;
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
            return;
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        while (_output.Count > LinesKept) _output.TryDequeue(out _);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
