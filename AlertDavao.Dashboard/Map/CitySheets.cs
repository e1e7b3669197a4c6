using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Map;

/// <summary>The sheet of the boundaries in force: drawn when the first map asks, and anew when others are published.</summary>
internal sealed class CitySheets(CityBook city)
{
    private readonly Lock _lock = new();
    private volatile Drawn? _drawn;

    /// <summary>The sheet in force. Drawing it takes a fraction of a second; one draws, others wait.</summary>
    public CitySheet Now
    {
        get
        {
            var now = city.Now;
            if (_drawn is { } drawn && drawn.City == now)
                return drawn.Sheet;
            lock (_lock)
            {
                if (_drawn is not { } other || other.City != now)
                    _drawn = new Drawn(now, new CitySheet(now));
                return _drawn.Sheet;
            }
        }
    }

    private sealed record Drawn(CityPicture City, CitySheet Sheet);
}
