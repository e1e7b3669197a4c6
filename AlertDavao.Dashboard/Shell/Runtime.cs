using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// Two settings of the runtime that thousands of screens need exist as environment variables alone, and are read before any
/// code of ours runs: how much may be allocated before a collection stops everything, and how many arrays the shared pool
/// keeps. A process that was started without them takes its own place once more, with them: same process, same output.
/// What is set already stands. Linux only; elsewhere an operator sets them (docs/operations.md).
/// </summary>
internal static class Runtime
{
    private const string Budget = "DOTNET_GCgen0size";
    private const string ArraysKept = "DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION";

    // Of the memory that is there, for each of the heaps, of which there is one a core.
    private const int ShareOfMemory = 8;
    private const long SmallestBudget = 64L << 20;
    private const long LargestBudget = 3L << 30;

    /// <summary>Bytes that may be allocated, by all heaps together, before a collection; null where nobody has set it.</summary>
    public static long? YoungBudget
        => long.TryParse(Environment.GetEnvironmentVariable(Budget), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var heap)
            ? heap * Environment.ProcessorCount
            : null;

    public static void Prepare(bool isServer)
    {
        if (!isServer || !OperatingSystem.IsLinux() || Debugger.IsAttached || Assembly.GetEntryAssembly() != typeof(Runtime).Assembly
            || Environment.GetEnvironmentVariable(Budget) is not null)
            return;

        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(one => (string)one.Key, one => (string?)one.Value);
        environment[Budget] = BudgetOfAHeap().ToString("x", CultureInfo.InvariantCulture);
        environment.TryAdd(ArraysKept, "2048");
        // It does not return; when it does, it was refused, and all goes on as it would have without.
        _ = Execute("/proc/self/exe", [.. Arguments(), null], [.. environment.Select(one => $"{one.Key}={one.Value}"), null]);
    }

    private static long BudgetOfAHeap()
        => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory, SmallestBudget, LargestBudget) / Environment.ProcessorCount;

    private static string[] Arguments() => File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0');

    [DllImport("libc", EntryPoint = "execve", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(string path, string?[] arguments, string?[] environment);
}
