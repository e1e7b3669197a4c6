using AlertDavao.Dashboard.Meters;

namespace AlertDavao.Tests.Meters;

public sealed class LatencyBucketTests
{
    [Fact]
    public void The_bounds_rise_and_hold_5_ms_to_10_s()
        => LatencyBuckets.Bounds.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems().And.Contain([5, 10_000]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1.5, 1)]
    [InlineData(5, 2)]
    [InlineData(10_000, 18)]
    [InlineData(10_001, 19)]
    [InlineData(3_600_000, 19)]
    public void A_duration_belongs_to_the_first_bound_it_does_not_exceed(double milliseconds, int bucket)
        => LatencyBuckets.Of(TimeSpan.FromMilliseconds(milliseconds)).Should().Be(bucket);

    [Fact]
    public void What_a_count_stands_for_lies_in_its_own_bucket()
    {
        for (var bucket = 0; bucket < LatencyBuckets.Count; bucket++)
            LatencyBuckets.Of(LatencyBuckets.Middle(bucket)).Should().Be(bucket);
    }
}
