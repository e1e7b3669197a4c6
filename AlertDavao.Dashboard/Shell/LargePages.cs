using System.Globalization;
using System.Runtime.InteropServices;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// Has the system hand out what the managed heap grows by in pages of 2 MB instead of 4 KB (Linux, MADV_HUGEPAGE): one wait for
/// memory instead of five hundred, and as many fewer pages for processor and kernel to look after. The runtime reserves all of its
/// heap at once, makes it writable in small steps, and the system gives no large page to a step that is smaller: so what it has
/// reserved is made writable before it gets there. To the runtime nothing changes. Elsewhere, where large pages are switched off,
/// and where it refuses, nothing happens.
/// </summary>
internal static class LargePages
{
    private const int ReadWrite = 3;
    private const int HugePage = 14;
    private const int Dump = 17;
    private const long Size = 2 << 20;

    /// <summary>Asks for large pages in the heap, as far as it may grow.</summary>
    /// <param name="most">Bytes that the heap may grow to.</param>
    public static void Ask(long most)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var here = GCHandle.Alloc(new byte[1], GCHandleType.Pinned);
        try
        {
            if (Range(File.ReadLines("/proc/self/maps"), here.AddrOfPinnedObject(), most) is not var (from, to))
                return;
            var (start, length) = ((nint)from, (nuint)(to - from));
            // What the runtime would say of each step too: what differs in it is a mapping of its own, and too small again.
            if (Protect(start, length, ReadWrite) == 0 && Advise(start, length, Dump) == 0)
                _ = Advise(start, length, HugePage);
        }
        finally
        {
            here.Free();
        }
    }

    /// <summary>
    /// From the mapping that holds an address upwards, over those that follow it without a gap and are private and no file's: at most
    /// so many bytes, and never the upper half, whose end is the runtime's own or not its own at all. In whole large pages.
    /// </summary>
    /// <param name="map">The lines of a process's map, in their order.</param>
    /// <param name="address">Of an object: the runtime uses what it has reserved from the bottom.</param>
    internal static (long From, long To)? Range(IEnumerable<string> map, long address, long most)
    {
        (long From, long To)? reserved = null;
        foreach (var line in map)
        {
            var next = Private(line);
            if (reserved is null)
                reserved = next?.From <= address && address < next?.To ? next : null;
            else if (next?.From == reserved.Value.To)
                reserved = (reserved.Value.From, next.Value.To);
            else
                break;
        }

        if (reserved is not var (bottom, top))
            return null;
        var from = (bottom + Size - 1) / Size * Size;
        var to = (bottom + Math.Min(most, (top - bottom) / 2)) / Size * Size;
        return from < to ? (from, to) : null;
    }

    // from-to rwxp offset device inode path
    private static (long From, long To)? Private(string line)
        => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [{ } range, "rw-p" or "---p", _, _, "0"] && range.Split('-') is [{ } first, { } last]
            && long.TryParse(first, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var from)
            && long.TryParse(last, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var to)
                ? (from, to)
                : null;

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint address, nuint length, int advice);

    [DllImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Protect(nint address, nuint length, int protection);
}
