using System.ComponentModel;
using System.Diagnostics;

namespace AlertDavao.Tests.Intake;

/// <summary>A test on a disk of its own, made of memory; where nobody may make one it is skipped, visibly.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsAllowed = new(() => OperatingSystem.IsLinux() && CanMount());

    public SmallDiskFactAttribute()
    {
        if (!IsAllowed.Value)
            Skip = "This system lets nobody mount a disk in a namespace of their own (unshare --user --mount).";
    }

    /// <summary>Starts a program that sees a small disk at a folder; nobody else sees it, and it ends with the program.</summary>
    internal static ProcessStartInfo On(string folder, int megabytes, params string[] program)
        => new("unshare",
        [
            "--user", "--map-root-user", "--mount",
            "sh", "-c", "mount -t tmpfs -o \"size=$1m\" tmpfs \"$0\" && shift && exec \"$@\"", folder, $"{megabytes}", .. program,
        ]);

    private static bool CanMount()
    {
        try
        {
            using var process = Process.Start(On(Path.GetTempPath(), 1, "true"));
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }
}
