using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Shell;

/// <summary>A page that has just called is not pinged; one that was quiet is, with every beat.</summary>
public sealed class QuietBeatsTests : IConnectionHeartbeatFeature
{
    private readonly FakeTimeProvider _time = new();
    private readonly CallRate _calls;
    private Action _beat = () => { };
    private int _pings;

    public QuietBeatsTests()
    {
        _calls = new(_time);
        new QuietBeats(this, _calls).OnHeartbeat(state => ((QuietBeatsTests)state)._pings++, this);
    }

    [Fact]
    public void Who_calls_again_and_again_is_never_pinged()
    {
        for (var second = 0; second < 60; second++)
        {
            Beat();
            if (second % 3 == 0)
                _calls.TryCall();
        }

        _pings.Should().Be(0);
    }

    [Fact]
    public void Who_stopped_calling_is_pinged_from_the_fifth_second_on()
    {
        _calls.TryCall();
        for (var second = 1; second <= 10; second++)
            Beat();

        _pings.Should().Be(7, "of the seconds 4 to 10; the framework itself thins them out to its interval");
    }

    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state) => _beat = () => action(state);

    private void Beat()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _beat();
    }
}
