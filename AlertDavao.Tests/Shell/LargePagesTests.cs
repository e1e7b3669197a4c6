using AlertDavao.Dashboard.Shell;

namespace AlertDavao.Tests.Shell;

public sealed class LargePagesTests
{
    [Theory]
    [InlineData("00200000-00800000 rw-p 00000000 00:00 0", 0x200000L, 0x800000L)]
    [InlineData("00201000-00801000 rw-p 00000000 00:00 0 [heap]", 0x400000L, 0x800000L)]
    public void Writable_memory_of_no_file_is_asked_for_in_whole_large_pages(string line, long from, long to)
        => LargePages.Ranges([line]).Should().Equal((from, to));

    [Theory]
    [InlineData("00200000-00800000 rw-p 00000000 08:01 4711 /usr/lib/some.so")]
    [InlineData("00200000-00800000 r-xp 00000000 00:00 0")]
    [InlineData("00200000-00800000 rw-s 00000000 00:00 0")]
    [InlineData("00201000-00401000 rw-p 00000000 00:00 0")]
    [InlineData("no line of a map")]
    public void Nothing_else_is(string line) => LargePages.Ranges([line]).Should().BeEmpty();
}
