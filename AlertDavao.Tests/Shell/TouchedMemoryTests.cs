using AlertDavao.Dashboard.Shell;

namespace AlertDavao.Tests.Shell;

public sealed class TouchedMemoryTests
{
    private const long Budget = 16 << 20;

    private static long Allocated(long budget, Func<int> collections, CancellationToken stop = default)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        TouchedMemory.Use(budget, collections, stop);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public void All_of_the_budget_is_used_up_once()
        => Allocated(Budget, () => 0).Should().BeInRange(Budget, Budget + (Budget / 2));

    [Fact]
    public void A_collection_before_half_of_it_begins_it_anew()
    {
        var asked = 0;

        Allocated(Budget, () => ++asked > Budget / (64 << 10) / 4 ? 1 : 0).Should().BeInRange(Budget + (Budget / 8), Budget * 2);
    }

    [Fact]
    public void Among_collections_without_end_it_gives_up()
    {
        var asked = 0;

        Allocated(Budget, () => asked++).Should().BeLessThan(Budget / 2);
    }

    [Fact]
    public void A_program_that_stops_is_not_waited_for()
        => Allocated(long.MaxValue, () => 0, new CancellationToken(canceled: true)).Should().BeLessThan(Budget);
}
