using System.Diagnostics;

namespace AlertDavao.Tests.Data;

/// <summary>The built program as a process of its own, as an operator starts it.</summary>
internal static class BuiltProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>What <c>dotnet</c> is given to run it.</summary>
    public static string Library { get; } = Path.Combine(AppContext.BaseDirectory, "AlertDavao.Dashboard.dll");

    internal sealed record Ended(int ExitCode, string Output, string Errors);

    /// <summary>Starts the program, gives it its input and waits for its end.</summary>
    public static async Task<Ended> Run(Dictionary<string, string> settings, string input = "", params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Library, .. arguments]);
        return await Run(start, settings, input, Patience);
    }

    public static async Task<Ended> Run(ProcessStartInfo start, Dictionary<string, string> settings, string input, TimeSpan patience)
    {
        Prepare(start, settings);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(patience, TimeProvider.System);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            // A grandchild may hold the pipes open longer than the program lives: they are bounded too.
            await Task.WhenAll(process.WaitForExitAsync(limit.Token), output, errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new Ended(process.ExitCode, await output, await errors);
    }

    public static void Prepare(ProcessStartInfo start, Dictionary<string, string> settings)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.WorkingDirectory = Path.GetTempPath();
        // What the test run itself was started with is none of the program's business.
        start.Environment.Remove("ASPNETCORE_URLS");
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
    }
}
