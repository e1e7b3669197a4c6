using AlertDavao.Dashboard.Live;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Live;

public sealed class DrawGateTests
{
    private readonly FakeTimeProvider _time = new();

    /// <summary>When draws happened (ms), when the next is asked for, and how long it has to wait.</summary>
    public static TheoryData<int[], int, int> Table() => new()
    {
        { [], 0, 0 },
        { [0], 0, 0 },
        { [0, 0, 0, 0], 0, 0 },
        { [0, 0, 0, 0, 0], 0, 50 },
        { [0, 0, 0, 0, 0], 1, 49 },
        { [0, 0, 0, 0, 0], 49, 1 },
        { [0, 0, 0, 0, 0], 50, 0 },
        { [0, 0, 0, 0, 0, 50], 50, 50 },
        { [0, 0, 0, 0, 0, 50], 99, 1 },
        { [0, 0, 0, 0, 0, 50], 100, 0 },
        { [0, 0, 0, 0, 0, 50, 100], 120, 30 },
        { [0, 60, 120, 180, 240], 249, 41 },
        { [0, 60, 120, 180, 240], 250, 0 },
        { [0, 60, 120, 180, 240, 250], 251, 49 },
        { [0, 0, 0, 0, 0], 250, 0 },
        { [0, 0, 0, 0, 0, 250], 250, 0 },
        { [0, 0, 0, 0, 0, 250, 250, 250, 250], 250, 0 },
        { [0, 0, 0, 0, 0, 250, 250, 250, 250, 250], 250, 50 },
        { [0, 0, 0, 0, 0, 50, 100, 150, 200, 250], 300, 0 },
        { [0, 0, 0, 0, 0, 50, 100, 150, 200, 250], 260, 40 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Five_draws_at_once_then_one_every_fifty_milliseconds(int[] draws, int asked, int wait)
    {
        var gate = new DrawGate();
        var now = 0;
        foreach (var draw in draws)
        {
            _time.Advance(TimeSpan.FromMilliseconds(draw - now));
            gate.Drew(_time);
            now = draw;
        }

        _time.Advance(TimeSpan.FromMilliseconds(asked - now));

        gate.Wait(_time).Should().Be(TimeSpan.FromMilliseconds(wait));
    }

    [Fact]
    public void A_minute_of_asking_without_end_draws_twenty_times_a_second()
    {
        var gate = new DrawGate();
        var draws = 0;
        for (var millisecond = 0; millisecond < 60_000; millisecond++)
        {
            while (gate.Wait(_time) == TimeSpan.Zero)
            {
                gate.Drew(_time);
                draws++;
            }

            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        draws.Should().BeInRange(60 * 20, 60 * 20 + DrawGate.Free);
    }
}
