using System.Globalization;
using System.Runtime.InteropServices;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// Asks the system to keep the process's own memory in pages of 2 MB instead of 4 KB (Linux 6.1 and newer, MADV_COLLAPSE): what is
/// in them stays as it is, and the kernel has five hundred times fewer of them to look after. Elsewhere, and where it refuses, nothing happens.
/// </summary>
internal static class LargePages
{
    private const int Collapse = 25;
    private const long Size = 2 << 20;

    /// <summary>Pages that are large now; zero where the system has none.</summary>
    public static int Ask()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var large = 0;
        foreach (var (from, to) in Ranges(File.ReadLines("/proc/self/maps").ToList()))
        {
            for (var at = from; at + Size <= to; at += Size)
            {
                if (Advise((nint)at, (nuint)Size, Collapse) == 0)
                    large++;
            }
        }

        return large;
    }

    /// <summary>Of the lines of a process's map those that are writable and no file's, from one large page's beginning to another's end.</summary>
    internal static IEnumerable<(long From, long To)> Ranges(IEnumerable<string> map)
    {
        foreach (var line in map)
        {
            // from-to rwxp offset device inode path
            var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            if (fields is not [{ } range, ['r', 'w', '-', 'p'], _, _, "0", ..] || range.Split('-') is not [{ } first, { } last])
                continue;
            if (!long.TryParse(first, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var from)
                || !long.TryParse(last, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var to))
                continue;
            from = (from + Size - 1) / Size * Size;
            if (from + Size <= to)
                yield return (from, to / Size * Size);
        }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint address, nuint length, int advice);
}
