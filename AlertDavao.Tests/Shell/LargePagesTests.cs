using AlertDavao.Dashboard.Shell;

namespace AlertDavao.Tests.Shell;

public sealed class LargePagesTests
{
    private const long Object = 0x4_1000;
    private const long Most = long.MaxValue;

    // A heap as the runtime lays it out: some of it writable in small steps, the rest reserved.
    private static readonly string[] Heap =
    [
        "00010000-00020000 r-xp 00000000 08:01 4711 /usr/lib/some.so",
        "00040000-00050000 rw-p 00000000 00:00 0",
        "00050000-00060000 ---p 00000000 00:00 0",
        "00060000-00070000 rw-p 00000000 00:00 0",
        "00070000-40040000 ---p 00000000 00:00 0",
        "40050000-80050000 rw-p 00000000 00:00 0 [stack]",
    ];

    [Fact]
    public void The_lower_half_of_what_is_reserved_is_asked_for_in_whole_large_pages()
        => LargePages.Range(Heap, Object, Most).Should().Be((0x20_0000L, 0x2000_0000L));

    [Fact]
    public void No_more_than_the_heap_may_grow_to_is()
        => LargePages.Range(Heap, Object, 16 << 20).Should().Be((0x20_0000L, 0x100_0000L));

    [Theory]
    [InlineData("00050000-40050000 rw-p 00000000 08:01 4711 /usr/lib/some.so")]
    [InlineData("00050000-40050000 r-xp 00000000 00:00 0")]
    [InlineData("00050000-40050000 rw-s 00000000 00:00 0")]
    [InlineData("00050000-40050000 rw-p 00000000 00:00 0 [heap]")]
    [InlineData("00060000-40050000 rw-p 00000000 00:00 0")]
    [InlineData("no line of a map")]
    public void It_ends_where_something_else_begins(string next)
        => LargePages.Range([Heap[1], next, Heap[4]], Object, Most).Should().BeNull("what is left is smaller than a large page");

    [Fact]
    public void An_object_that_lies_in_no_such_mapping_has_none()
        => LargePages.Range(Heap, 0x1_1000, Most).Should().BeNull();

    [LinuxFact]
    public void The_system_has_been_asked_for_them_and_the_heap_goes_on()
    {
        LargePages.Ask(256 << 20);

        if (Directory.Exists("/sys/kernel/mm/transparent_hugepage"))
            File.ReadLines("/proc/self/smaps").Should().Contain(line => line.StartsWith("VmFlags:") && line.Contains(" hg"));
        new byte[32 << 20].Should().OnlyContain(one => one == 0);
    }
}
