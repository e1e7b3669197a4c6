using AlertDavao.Dashboard.Live;

namespace AlertDavao.Tests.Live;

/// <summary>Who has a connection now.</summary>
public sealed class OfficersPresentTests
{
    private readonly OfficersPresent _present = new();
    private readonly Guid _officer = Guid.NewGuid();

    [Fact]
    public void An_officer_is_there_until_the_last_connection_is_over()
    {
        _present.Has(_officer).Should().BeFalse();
        var first = _present.Enter(_officer);
        var second = _present.Enter(_officer);

        first.Dispose();
        _present.Has(_officer).Should().BeTrue();
        second.Dispose();

        _present.Has(_officer).Should().BeFalse();
    }

    [Fact]
    public void A_connection_is_over_once()
    {
        var first = _present.Enter(_officer);
        using var second = _present.Enter(_officer);

        first.Dispose();
        first.Dispose();

        _present.Has(_officer).Should().BeTrue();
    }

    [Fact]
    public void One_officers_connections_say_nothing_of_another()
    {
        using var connection = _present.Enter(Guid.NewGuid());

        _present.Has(_officer).Should().BeFalse();
    }

    [Fact]
    public async Task Ten_thousand_connections_that_come_and_go_at_once_leave_nobody_there()
    {
        using var kept = _present.Enter(_officer);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var at = 0; at < 1250; at++)
            {
                using var connection = _present.Enter(_officer);
                _present.Has(_officer).Should().BeTrue();
            }
        })));

        _present.Has(_officer).Should().BeTrue();
        kept.Dispose();
        _present.Has(_officer).Should().BeFalse();
    }
}
